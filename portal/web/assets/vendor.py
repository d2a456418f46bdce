# ruff: noqa: INP001 -- a script for developers, no part of the package
"""Make the pages' stylesheet and bring in the script, from the published npm package.

    python portal/web/assets/vendor.py            builds anew (needs node 20 and npm)
    python portal/web/assets/vendor.py --check    proves what lies in static/ (needs nothing)

npm itself verifies each download against the sha512 in package-lock.json. The script is copied
unaltered; the manifest beside it names version, sha512 and the digest of every file made.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "static"
PACKAGE = "govuk-frontend"
VENDORED = STATIC / "vendor" / PACKAGE
MANIFEST = STATIC / "vendor" / "manifest.json"
SASS = (
    "sass.js",
    "--style=compressed",
    "--no-source-map",
    "--quiet-deps",
    "--load-path=node_modules",
)


def main() -> int:
    """0: all is as the manifest says; 1: names each file that is not."""
    if "--check" not in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder))
        MANIFEST.write_text(json.dumps(manifest(), indent=2) + "\n")
    wrong = altered()
    for name in wrong:
        sys.stderr.write(f"{name} is not the file the manifest names; run make assets\n")
    return 1 if wrong else 0


def build(folder: Path) -> None:
    """Install the pinned packages into *folder*, compile the Sass, copy the script."""
    for source in (*HERE.glob("*.scss"), *HERE.glob("package*.json")):
        shutil.copy(source, folder)
    npm, node = _tool("npm"), _tool("node")
    _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    sass, *flags = SASS
    _run(node, f"node_modules/sass/{sass}", *flags, "portal.scss", "portal.css", cwd=folder)
    shutil.copy(folder / "portal.css", STATIC)
    released = folder / "node_modules" / PACKAGE / "dist" / "govuk"
    shutil.copy(released / f"{PACKAGE}.min.js", VENDORED)


def manifest() -> dict[str, object]:
    """What was vendored: name, version, npm's sha512, and the SHA-256 of each file served."""
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    package = locked[f"node_modules/{PACKAGE}"]
    return {
        "name": PACKAGE,
        "version": package["version"],
        "integrity": package["integrity"],
        "licence": "MIT",
        "files": digests(),
    }


def digests() -> dict[str, str]:
    """The SHA-256 of the stylesheet and of every vendored file, by its path under static/."""
    files = [STATIC / "portal.css", *sorted(VENDORED.iterdir())]
    return {file.relative_to(STATIC).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def altered() -> list[str]:
    """Names of files that are missing, added or changed since the manifest was written."""
    named, found = json.loads(MANIFEST.read_text())["files"], digests()
    return sorted(name for name in named.keys() | found.keys() if named.get(name) != found.get(name))


def _tool(name: str) -> str:
    if found := shutil.which(name):
        return found
    sys.exit(f"{name} is needed to rebuild the assets; install Node.js 20 or later")


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
