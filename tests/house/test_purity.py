"""What imports cannot show: a clock read by a method, dice, the environment read in a corner."""

import ast

import pytest

PURE = {"rules.py", "letters.py", "forms.py", "events.py", "tree.py"}
CLOCK_AND_DICE = {"now", "utcnow", "today", "uuid1", "uuid4", "token_bytes", "token_hex", "urandom"}
FILES = {"open", "print", "input", "write_text", "write_bytes", "mkdir", "unlink"}


def called(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node.lineno, getattr(node.func, "attr", getattr(node.func, "id", ""))


def impure(source):
    """Lines that ask a clock, roll dice or touch a file."""
    return [(line, name) for line, name in called(source) if name in CLOCK_AND_DICE | FILES]


def reads_environment(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}:
            yield node.lineno


@pytest.fixture
def modules(root, our_files):
    return [path for path in our_files if path.suffix == ".py" and (root / "portal") in path.parents]


def test_law_and_rules_ask_no_clock_and_roll_no_dice(root, modules):
    pure = [path for path in modules if path.name in PURE or root / "portal" / "law" in path.parents]
    assert pure
    found = {str(path.relative_to(root)): impure(path.read_text()) for path in pure}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_only_the_settings_read_the_environment(root, modules):
    found = {
        str(path.relative_to(root)): list(reads_environment(path.read_text()))
        for path in modules
        if path != root / "portal" / "config.py"
    }
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("line", ["date.today()", "datetime.now(UTC)", "uuid4()", "open('law.toml')"])
def test_the_check_sees_what_it_looks_for(line):
    assert impure(line)


def test_the_check_sees_the_environment():
    assert list(reads_environment("import os\nos.environ['HOME']"))
