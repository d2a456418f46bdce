"""The task that says what a file is: by content and by structure, never by its name alone.

Gives `kind` (docx, xlsx, ods, pdf, xml, csv, jpeg, png, zip, other, empty) and `found`, a list of what is active,
hidden, broken or too much: macros, embedded, external, encrypted, script, attachment, doctype, bomb, damaged, binary.
"""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MOST_ENTRIES, _MOST_BYTES, _MOST_RATIO = 5000, 512 * 1024 * 1024, 200
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']')
_TYPE = re.compile(rb'Type\s*=\s*["\']([^"\']+)["\']')


def prepare(head: bytes) -> None:
    """Load what this kind of file needs, codecs too: later nothing can be opened."""
    for codec in ("cp437", "cp1252", "utf-16-le", "utf-8"):
        codecs.lookup(codec)
    if head.lstrip()[:5] == b"%PDF-" or b"%PDF-" in head[:1024]:
        import pikepdf

        pikepdf.new().save(io.BytesIO())


def read(file: IO[bytes]) -> dict[str, Any]:
    """The kind, and what was found in it."""
    head = file.read(4096)
    file.seek(0)
    if not head:
        return {"kind": "empty", "found": []}
    for start, judge in (
        (b"PK\x03\x04", _zip),
        (b"%PDF-", _pdf),
        (OLE, _ole),
        (b"\xff\xd8\xff", _picture),
        (b"\x89PNG\r\n\x1a\n", _picture),
    ):
        if head.startswith(start):
            return judge(file)
    if b"%PDF-" in head[:1024]:
        return {"kind": "other", "found": ["damaged"]}
    return _xml(file) if _looks_like_xml(head) else _text(file)


def _ole(file: IO[bytes]) -> dict[str, Any]:
    # An encrypted Office file of today is one of these too, and says so inside.
    body = file.read(1024 * 1024)
    encrypted = "EncryptedPackage".encode("utf-16-le") in body
    return {"kind": "other", "found": ["encrypted"] if encrypted else ["old"]}


def _picture(file: IO[bytes]) -> dict[str, Any]:
    return {"kind": "jpeg" if file.read(2) == b"\xff\xd8" else "png", "found": []}


def _zip(file: IO[bytes]) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            found = sorted(set(_too_much(entries)))
            if found:
                return {"kind": "zip", "found": found}
            names = {entry.filename for entry in entries}
            if "[Content_Types].xml" in names:
                return _office(package, names)
            if "mimetype" in names and package.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet":
                macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
                return {"kind": "ods", "found": ["macros"] if macros else []}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return {"kind": "zip", "found": ["damaged"]}
    return {"kind": "zip", "found": []}


def _too_much(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > _MOST_ENTRIES or total > _MOST_BYTES or total / packed > _MOST_RATIO:
        yield "bomb"
    if any(entry.flag_bits & 1 for entry in entries):
        yield "encrypted"
    if len({entry.filename for entry in entries}) != len(entries):
        yield "damaged"
    if any(".." in entry.filename.split("/") or entry.filename.startswith(("/", "\\")) for entry in entries):
        yield "damaged"


def _office(package: zipfile.ZipFile, names: set[str]) -> dict[str, Any]:
    types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    kind = "docx" if _WORD in types else "xlsx" if _SHEET in types else "zip"
    found = set()
    if "macroEnabled" in types or any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        found.add("macros")
    if any("/embeddings/" in name or "/activeX/" in name for name in names):
        found.add("embedded")
    for name in names:
        if name.endswith(".rels") and _reaches_out(package.read(name)):
            found.add("external")
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(name)[:4096]:
            found.add("doctype")
    if kind == "docx" and _runs_fields(package, names):
        found.add("external")
    if any("afchunk" in name.lower() for name in names) or "aFChunk" in types:
        found.add("embedded")
    return {"kind": kind, "found": sorted(found)}


def _reaches_out(relations: bytes) -> bool:
    """Whether a part would be fetched from elsewhere. A hyperlink is only followed by a person."""
    for relation in re.findall(rb"<[^>]*Relationship[^>]*>", relations):
        kind = _TYPE.search(relation)
        if _EXTERNAL.search(relation) and not (kind and kind.group(1).endswith(b"/hyperlink")):
            return True
    return False


def _runs_fields(package: zipfile.ZipFile, names: set[str]) -> bool:
    parts = (name for name in names if name.startswith("word/") and name.endswith(".xml"))
    return any(re.search(rb"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE)\b", package.read(name)) for name in parts)


def _pdf(file: Any) -> dict[str, Any]:  # noqa: ANN401  pikepdf wants more than IO
    import pikepdf

    try:
        with pikepdf.open(file) as pdf:
            pages = len(pdf.pages)
            found = {"encrypted"} if pdf.is_encrypted and not pdf.allow.extract else set()
            found |= {what for thing in pdf.objects for what in _active(thing)}
    except pikepdf.PasswordError:
        return {"kind": "pdf", "found": ["encrypted"]}
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return {"kind": "pdf", "found": ["damaged"]}
    return {"kind": "pdf", "found": sorted(found) if pages else ["damaged"]}


def _active(thing: Any) -> Iterator[str]:  # noqa: ANN401  whatever a PDF holds
    import pikepdf

    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    held = thing if isinstance(thing, pikepdf.Dictionary) else thing.stream_dict
    if "/JS" in held or held.get("/S") == "/JavaScript" or "/XFA" in held:
        yield "script"
    if held.get("/S") in ("/Launch", "/GoToE", "/ImportData", "/SubmitForm"):
        yield "script"
    if "/EmbeddedFiles" in held or (held.get("/Type") == "/Filespec" and "/EF" in held):
        yield "attachment"


def _looks_like_xml(head: bytes) -> bool:
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return text.startswith((b"<?xml", b"<\x00?\x00")) or bool(re.match(rb"<[A-Za-z_][\w.:-]*[\s>/]", text))


def _xml(file: IO[bytes]) -> dict[str, Any]:
    body = file.read()
    if b"<!DOCTYPE" in body or "<!DOCTYPE".encode("utf-16-le") in body:
        return {"kind": "xml", "found": ["doctype"]}
    try:
        etree.fromstring(
            body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        )
    except (etree.XMLSyntaxError, ValueError):
        return {"kind": "xml", "found": ["damaged"]}
    return {"kind": "xml", "found": []}


def _text(file: IO[bytes]) -> dict[str, Any]:
    body = file.read()
    if b"\0" in body:
        return {"kind": "other", "found": ["binary"]}
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        body.decode("cp1252", "replace")
    lines = [line for line in body.splitlines()[:50] if line.strip()]
    looks = bool(lines) and all(
        mark in line for line in lines for mark in [next((m for m in (b",", b";", b"\t") if m in lines[0]), b"\0")]
    )
    return {"kind": "csv" if looks else "other", "found": []}
