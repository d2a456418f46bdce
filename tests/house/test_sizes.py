"""Small pieces: the budget binds the tail, where bad code shows."""

import ast

import pytest

FUNCTION, MODULE, TEST_MODULE = 40, 300, 400


@pytest.fixture(scope="module")
def sources(root, our_files):
    """Every Python file of ours but the migrations, which only list columns."""
    versions = root / "portal" / "migrations" / "versions"
    return [path for path in our_files if path.suffix == ".py" and versions not in path.parents]


def limit(root, path):
    return TEST_MODULE if root / "tests" in path.parents else MODULE


def test_no_module_is_too_long_to_read_at_once(root, sources):
    lengths = {path: path.read_text().count("\n") for path in sources}
    long = {str(path.relative_to(root)): n for path, n in lengths.items() if n > limit(root, path)}
    assert long == {}


def test_no_function_is_longer_than_a_screen(root, sources):
    long = {}
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION:
                    long[f"{path.relative_to(root)}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_nothing_is_a_drawer_for_everything(root, sources):
    drawers = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py", "base.py"}
    assert [str(path.relative_to(root)) for path in sources if path.name in drawers] == []
