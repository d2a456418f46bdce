"""Documented or failing: every setting, every target, every link."""

import re

import pytest

from portal.cli import cli
from portal.config import Config


@pytest.fixture(scope="module")
def documents(root):
    return [root / "README.md", *sorted((root / "docs").rglob("*.md"))]


def test_every_setting_is_in_the_administrators_table(root):
    table = re.findall(r"^\| `(PORTAL_\w+)` \|", (root / "docs" / "running.md").read_text(), re.MULTILINE)
    assert sorted(table) == sorted(f"PORTAL_{name}".upper() for name in Config.model_fields)


def test_every_default_in_the_table_is_the_real_one(root):
    rows = re.findall(r"^\| `PORTAL_(\w+)` \| (.*?) \|", (root / "docs" / "running.md").read_text(), re.MULTILINE)
    for name, told in rows:
        default = Config.model_fields[name.lower()].default
        expected = f"`{default}`" if default not in ("", None) else "empty"
        assert told == expected, name


def test_every_target_of_the_makefile_is_in_the_readme(root):
    targets = re.findall(r"^([a-z]+):.*## ", (root / "Makefile").read_text(), re.MULTILINE)
    readme = (root / "README.md").read_text()
    assert [target for target in targets if f"make {target}" not in readme] == []


def commands(text):
    """Every `portal word word` in code: quoted in a line, or standing in a block."""
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"```\n(.*?)```", text, re.DOTALL)
    return re.findall(r"(?:^|/)portal ([a-z]+)(?: ([a-z]+))?", "\n".join(code), re.MULTILINE)


def test_every_command_the_documents_name_exists(documents):
    for page in documents:
        for name, below in commands(page.read_text()):
            found = cli.get_command(None, name)
            assert found, f"{page.name}: portal {name}"
            if hasattr(found, "commands"):
                assert below in found.commands, f"{page.name}: portal {name} {below}"


def test_every_link_leads_somewhere(documents):
    for page in documents:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_room_on_the_map_exists(root):
    block = re.search(r"## The map of the house\n+```\n(.*?)```", (root / "README.md").read_text(), re.DOTALL)
    places = re.findall(r"^([\w./-]+)", block[1], re.MULTILINE)
    assert places
    assert [place for place in places if not (root / place).exists()] == []
