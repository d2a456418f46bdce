"""Who may import whom: the contracts hold, and each one breaks when it is broken."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

LINT = Path(sys.executable).with_name("lint-imports")
# Contract, file, the line that must not stand in it.
BREACHES = [
    ("rooms", "portal/documents/breach.py", "import portal.web"),
    ("rooms", "portal/law/breach.py", "import portal.config"),
    ("rooms", "portal/audit/breach.py", "import portal.people.rules"),
    ("rooms", "portal/attic.py", "'A room that stands on no floor.'"),
    ("store", "storage/breach.py", "import portal.errors"),
    ("web", "portal/notices/breach.py", "from flask import request"),
    ("web", "portal/people/rules.py", "import flask_login"),
    ("still", "portal/law/breach.py", "import time"),
    ("pure", "portal/pupils/rules.py", "from portal import database"),
    ("still", "portal/notices/letters.py", "import random"),
    ("pure", "portal/law/breach.py", "from portal import database"),
    ("actions", "portal/notices/actions.py", "from portal.exchange import actions as theirs"),
    ("cipher", "portal/documents/breach.py", "from cryptography.fernet import Fernet"),
    ("cloud", "storage/breach.py", "import boto3"),
    ("cloud", "portal/documents/breach.py", "import botocore.session"),
]


def lint(folder, *arguments):
    return subprocess.run(
        [LINT, "--no-cache", "--no-logo", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def contracts(root):
    settings = tomllib.loads((root / "pyproject.toml").read_text())
    return {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_contract_holds(root):
    answer = lint(root)
    assert answer.returncode == 0, answer.stdout


def test_every_contract_has_a_breach_that_proves_it(root):
    assert {contract for contract, _, _ in BREACHES} == contracts(root)


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "file", "line"), BREACHES)
def test_a_forbidden_import_breaks_its_contract(copy, contract, file, line):
    for also_named in ("portal/exchange/actions.py", file):
        with (copy / also_named).open("a") as source:
            source.write(f"\n{line if also_named == file else ''}\n")
    answer = lint(copy, "--contract", contract)
    assert answer.returncode == 1, answer.stdout
    assert "BROKEN" in answer.stdout
    assert file.removesuffix(".py").replace("/", ".") in answer.stdout or "attic" in answer.stdout
