"""What stands between a newcomer's machine and the portal asks before it changes anything."""

import os
import pty
import subprocess
import sys

import pytest

SYSTEM = ".ci/system"


@pytest.fixture
def machine(tmp_path):
    """A bare machine: stand-ins for what would change it, each writing down how it was called."""

    def make(*, user, packages=""):
        for name, answers in {
            "apt-get": f'echo "apt-get $*" >> {tmp_path}/told',
            "sudo": f'echo "sudo" >> {tmp_path}/told; exec "$@"',
            "id": f"echo {user}",
            "dpkg-query": f"printf '{packages}'",
        }.items():
            (tmp_path / name).write_text(f"#!/bin/bash\n{answers}\n")
            (tmp_path / name).chmod(0o755)
        return {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)}

    return make


def told(tmp_path):
    book = tmp_path / "told"
    lines = book.read_text().splitlines() if book.exists() else []
    return [line for line in lines if "--simulate" not in line]


def call(root, env, *arguments, stdin=subprocess.DEVNULL):
    return subprocess.run(
        ["bash", SYSTEM, *arguments],
        cwd=root, env=env, stdin=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_build_server_is_not_asked(root, machine, tmp_path):
    answer = call(root, machine(user=0) | {"CI": "true"})
    assert answer.returncode == 0, answer.stderr
    assert "chromium" in answer.stdout
    assert any("install --yes" in line and "libreoffice-writer-nogui" in line for line in told(tmp_path))


@pytest.mark.parametrize(("arguments", "code"), [((), 1), (("--where-it-may",), 0)])
def test_who_is_not_root_is_told_the_command(root, machine, tmp_path, arguments, code):
    answer = call(root, machine(user=1000), *arguments)
    assert answer.returncode == code
    assert "sudo apt-get install" in answer.stderr
    assert told(tmp_path) == []


@pytest.mark.parametrize(("typed", "changes"), [("n\n", False), ("\n", False), ("y\n", True)])
@pytest.mark.parametrize("user", [0, 1000])
def test_a_person_at_a_terminal_is_asked_first(root, machine, tmp_path, typed, changes, user):
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    answer = call(root, machine(user=user), "--where-it-may", stdin=theirs)
    assert answer.returncode == 0, answer.stderr
    assert bool(told(tmp_path)) == changes
    assert ("sudo" in told(tmp_path)) == (changes and user != 0)


def test_a_package_under_a_newer_name_counts(root, machine):
    newer = r"installed libmagic1t64, libmagic1 (= 5.46)\n"
    answer = call(root, machine(user=1000, packages=newer))
    assert "libmagic1 " not in answer.stdout
    assert "strace " in answer.stdout


def test_an_old_python_is_named_and_the_cure_too(root, tmp_path):
    (tmp_path / "python3").write_text("#!/bin/bash\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    answer = subprocess.run(
        ["/bin/bash", ".ci/venv"],
        cwd=root, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "3.11" in answer.stderr
    assert "apt-get install" in answer.stderr


def test_a_python_without_environments_is_named_and_the_cure_too(root, tmp_path):
    """Debian's python3 without python3-venv cannot import ensurepip."""
    (tmp_path / "python3").write_text(f'#!/bin/bash\n[[ "$*" == *ensurepip* ]] && exit 1\nexec {sys.executable} "$@"\n')
    (tmp_path / "python3").chmod(0o755)
    answer = subprocess.run(
        ["/bin/bash", ".ci/venv"],
        cwd=root, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "python3-venv" in answer.stderr


@pytest.mark.parametrize("script", ["run", "system", "venv", "lock"])
def test_every_script_can_be_run_and_read(root, script):
    path = root / ".ci" / script
    assert os.access(path, os.X_OK)
    subprocess.run(["bash", "-n", path], check=True)
