"""What no file of ours may say: work left over, a path or a host of one machine."""

import re

import pytest

LEFT_OVER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X:|HA" r"CK:)")
# Whole paths of somebody's machine; a web address may contain the same words.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|farm|opt/pypi)/[\w.-]+")
HOST = re.compile(
    r"\bpypi\.(?:org|io)\b|\bpythonhosted\.org\b|\bregistry\.(?:npmjs|yarnpkg)\.|\w\.(?:internal|corp|lan)\b"
    r"|\b(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+\b"
)


def texts(root, our_files):
    for path in our_files:
        if "vendor" in path.parts or path.stat().st_size > 2_000_000:
            continue
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            yield path.relative_to(root), content.decode(errors="replace")


def lines_with(pattern, root, our_files):
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in texts(root, our_files)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_work_is_left_over_in_the_tree(root, our_files):
    assert lines_with(LEFT_OVER, root, our_files) == []


def test_no_file_names_a_path_of_one_machine(root, our_files):
    assert lines_with(MACHINE_PATH, root, our_files) == []


def test_no_file_names_a_registry_or_a_private_host(root, our_files):
    others = [path for path in our_files if path.name != "test_words.py" and "attacks" not in path.name]
    assert lines_with(HOST, root, others) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (LEFT_OVER, "# TO" + "DO later"),
        (MACHINE_PATH, "open('" + "/home" + "/anna/x')"),
        (HOST, "index-url = https://mirror" + ".internal/simple"),
    ],
)
def test_the_check_sees_what_it_looks_for(pattern, line):
    assert pattern.search(line)
