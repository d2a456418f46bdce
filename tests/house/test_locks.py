"""What is installed is what was chosen: every pin of pyproject.toml is locked, with hashes and without a host."""

import re
import tomllib

import pytest

LOCKS = {"requirements.txt": None, "requirements-dev.txt": "dev", "requirements-build.txt": "build"}
NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text):
    """Name to (version, number of hashes)."""
    found = {}
    for entry in re.split(r"\n(?=[a-z0-9])", text):
        pin, _, rest = entry.partition(" ")
        name, _, version = pin.partition("==")
        found[normal(name.partition("[")[0])] = (version, rest.count("--hash=sha256:"))
    return found


def chosen(settings, group):
    """Name to version, of the pins that are named in pyproject.toml."""
    lines = list(settings["project"]["dependencies"]) if group != "build" else []
    for wanted in settings["dependency-groups"].get(group, []):
        if isinstance(wanted, str):
            lines.append(wanted)
        else:
            lines += settings["dependency-groups"][wanted["include-group"]]
    return {normal(NAME.match(line)[0]): line.partition("==")[2].partition(";")[0].strip() for line in lines}


@pytest.fixture(scope="module")
def settings(root):
    return tomllib.loads((root / "pyproject.toml").read_text())


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_locked_at_its_version(root, settings, lock):
    here = locked((root / lock).read_text())
    pins = chosen(settings, LOCKS[lock])
    assert {name: here.get(name, ("absent", 0))[0] for name in pins} == pins


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(root, lock):
    here = locked((root / lock).read_text())
    assert here
    assert [name for name, (version, hashes) in here.items() if not version or not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place(root, lock):
    assert not re.search(r"://|file:|--index|--find-links|--trusted", (root / lock).read_text())


def test_the_locks_agree_where_they_overlap(root):
    widest = locked((root / "requirements-dev.txt").read_text())
    for lock in LOCKS:
        for name, (version, _) in locked((root / lock).read_text()).items():
            assert widest[name][0] == version, (lock, name)
