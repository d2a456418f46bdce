"""Where the files that come with the portal lie: in the checkout, or inside the installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent


def _folder(name: str) -> Path:
    beside = _CHECKOUT / name
    return beside if (_CHECKOUT / "wsgi.py").exists() and beside.is_dir() else _PACKAGE / "_data" / name


TEMPLATES = _folder("templates")
LETTER_TEMPLATES = _folder("letter_templates")
STATIC = _PACKAGE / "web" / "static"
