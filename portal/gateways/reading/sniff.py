"""What a file is, told by its bytes: a task that proves the structure and notes what is in it.

Gives `{"size", "kind", "libmagic", "marks": [...]}`. The kind is empty where nothing was proved. A mark is one word
for something found on the way (`encrypted`, `macros`, `broken` ...); what each means for us, documents.rules says.
"""

from collections.abc import Callable
from importlib import import_module
from typing import IO, Any, Protocol

import magic

PDF, ZIP, OLE, JPEG, PNG = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_MOST_MARKS = 32


class Proof(Protocol):
    """One family of files: reads all of it and gives its kind, adding marks."""

    def __call__(self, file: IO[bytes], marks: set[str]) -> str: ...


_FAMILIES = {PDF: "pdf", ZIP: "archive", OLE: "ole", JPEG: "picture", PNG: "picture"}
_loaded: dict[str, Any] = {}


def prepare(head: bytes) -> None:
    """Load libmagic's table and the one parser that these first bytes ask for."""
    _loaded["magic"] = magic.Magic(mime=True)
    _loaded["proof"] = _proof(head)


def _proof(head: bytes) -> Proof:
    family = next((name for start, name in _FAMILIES.items() if head.startswith(start)), "text")
    prove: Proof = import_module(f"portal.gateways.reading.{family}").prove
    return prove


def read(file: IO[bytes]) -> dict[str, Any]:
    """What it is. Never raises for what a stranger wrote; a parser that gives up leaves the mark `broken`."""
    marks: set[str] = set()
    size = file.seek(0, 2)
    if size == 0:
        return {"size": 0, "kind": "", "libmagic": "", "marks": ["empty"]}
    named = _named(file)
    file.seek(0)
    kind = _proved(_loaded["proof"], file, marks)
    return {"size": size, "kind": kind, "libmagic": named, "marks": sorted(marks)[:_MOST_MARKS]}


def _proved(prove: Callable[[IO[bytes], set[str]], str], file: IO[bytes], marks: set[str]) -> str:
    try:
        return prove(file, marks)
    except MemoryError:
        raise
    # Whatever a parser raises, a panic of a Rust one included: the file is at fault, and the reason is not for display.
    except BaseException:  # noqa: BLE001
        marks.add("broken")
        return ""


def _named(file: IO[bytes]) -> str:
    # From a descriptor: from a buffer, some libmagics call every zip octet-stream.
    file.seek(0)
    try:
        return str(_loaded["magic"].from_descriptor(file.fileno(), mime=True) if False else _descriptor(file))
    except magic.MagicException:
        return ""
