"""The code base itself: what the tests of the house read."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {"__pycache__", "instance", "node_modules", "dist", "build"}


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def our_files():
    """Every file that is, or is about to be, in the repository: as git says, or as the folder says."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0 and listed.stdout:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not _left_out(path)]


def _left_out(path):
    folders = path.relative_to(ROOT).parts[:-1]
    return any(part in NOT_OURS or (part[0] == "." and part != ".ci") for part in folders)


@pytest.fixture
def copy(tmp_path, our_files):
    """A copy of the whole tree, to break or to build."""
    for path in our_files:
        place = tmp_path / "copy" / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    return tmp_path / "copy"


def pytest_terminal_summary(terminalreporter):
    """How many tests were skipped, and why: the line before pytest's own last one."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    terminalreporter.write_line("")
    terminalreporter.write_line(f"Skipped: {reasons.total() or 'none'}")
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"  {count} × {reason}")


def _reason(report):
    told = report.longrepr
    return (told[2] if isinstance(told, tuple) else str(told)).removeprefix("Skipped: ")
