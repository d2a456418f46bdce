"""docs/vault.md tells a stranger how to open a sealed file; here a stranger follows it, to the letter."""

import re
import subprocess
import sys

import pytest

from storage import Vault

pytestmark = pytest.mark.slow

FOLDER = "0a1b2c3d-0000-4000-8000-00000000cafe"
LETTER = b"%PDF-1.7 a letter\n" * 40_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory, root):
    """What the stranger has: the page's scripts, the keys, and a file as the vault keeps it."""
    place = tmp_path_factory.mktemp("stranger")
    page = (root / "docs" / "vault.md").read_text()
    scripts = re.findall(r"`(\w+\.py)`:\n\n```python\n(.*?)```", page, re.DOTALL)
    for name, script in scripts:
        (place / name).write_text(script)
    vault = Vault.at(place / "vault", root_key=place / "root.key", keys=place / "keys.db")
    with vault.begin(FOLDER) as pending:
        pending.write(LETTER)
        receipt = pending.keep()
    sealed = next(path for path in (place / "vault").rglob("*") if path.is_file())
    (place / "sealed").write_bytes(sealed.read_bytes())
    follow(place, "folder_key.py", "keys.db", "root.key", FOLDER, "key")
    return place, receipt


def follow(place, script, *arguments):
    command = [sys.executable, script, *arguments]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


def test_a_stranger_with_the_keys_opens_the_file(desk):
    place, receipt = desk
    answer = follow(place, "open_sealed.py", "sealed", "key", FOLDER, "opened")
    assert answer.returncode == 0, answer.stderr
    assert (place / "opened").read_bytes() == LETTER
    assert answer.stdout.splitlines() == [f"folder {FOLDER}", f"name {receipt.name}"]


@pytest.mark.parametrize(
    ("sealed", "key"),
    [
        (lambda file: file, lambda key: key[::-1]),
        (lambda file: file[:-30] + bytes([file[-30] ^ 1]) + file[-29:], lambda key: key),
        (lambda file: file[:-200_000], lambda key: key),
    ],
    ids=["the wrong key", "one bit flipped", "the end cut off"],
)
def test_a_stranger_gets_nothing_that_is_not_as_it_was_sealed(desk, sealed, key):
    place, _ = desk
    (place / "spoilt").write_bytes(sealed((place / "sealed").read_bytes()))
    (place / "other-key").write_bytes(key((place / "key").read_bytes()))
    answer = follow(place, "open_sealed.py", "spoilt", "other-key", FOLDER, "nothing")
    assert answer.returncode != 0
    assert not (place / "nothing").exists()
