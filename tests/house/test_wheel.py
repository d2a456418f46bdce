"""The wheel carries all it needs and runs when it is installed somewhere else."""

import site
import subprocess
import sys
import venv
import zipfile

import pytest

pytestmark = pytest.mark.slow

WHERE = "from portal import resources as r; print(r.TEMPLATES, r.LETTER_TEMPLATES, r.STATIC, sep='\\n')"


def run(*command, cwd):
    answer = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, root, our_files):
    """Built from a copy, so that building leaves nothing behind."""
    place = tmp_path_factory.mktemp("wheel")
    for path in our_files:
        target = place / "tree" / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", place, cwd=place / "tree")
    return next(place.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory, wheel):
    """A new environment with the wheel; the other libraries are borrowed, not installed again."""
    place = tmp_path_factory.mktemp("elsewhere")
    venv.create(place / "env", with_pip=False)
    python = place / "env" / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=place,
    )
    borrowed = next((place / "env" / "lib").glob("python*/site-packages")) / "borrowed.pth"
    borrowed.write_text("\n".join(site.getsitepackages()))
    return place


def test_the_wheel_carries_pages_letters_and_law(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (".html", ".docx", ".toml", ".csv", ".css"):
        assert [name for name in names if name.endswith(wanted)], wanted
    assert not [name for name in names if name.startswith("tests")]


def test_the_installed_portal_finds_its_own_files(elsewhere):
    folders = run(elsewhere / "env" / "bin" / "python", "-c", WHERE, cwd=elsewhere).splitlines()
    assert all(folder.startswith(str(elsewhere)) for folder in folders), folders
    run("ls", *folders, cwd=elsewhere)


@pytest.mark.parametrize("words", [("--help",), ("letter", "list"), ("law", "list")])
def test_the_installed_command_answers(elsewhere, words):
    assert run(elsewhere / "env" / "bin" / "portal", *words, cwd=elsewhere)
