"""The task that reads a common transfer file: header and pupils, as texts, with the line each stands on."""

import codecs
from typing import IO, Any

from lxml import etree

MOST_PUPILS = 5000
_LONGEST = 200
_PUPIL = {"UPN": "upn", "Surname": "surname", "Forename": "forename", "DOB": "born", "Sex": "sex", "Gender": "sex"}
_HEADER = ("DocumentName", "CTFversion", "DateTime", "DocumentQualifier", "SupplierID")


def prepare(head: bytes) -> None:  # noqa: ARG001  there is one kind of file
    """Load what decoding needs while files can still be opened."""
    for codec in ("utf-16-le", "utf-16-be"):
        codecs.lookup(codec)
    etree.fromstring(b"<?xml version='1.0' encoding='windows-1252'?><a/>")


def read(file: IO[bytes]) -> dict[str, Any]:
    """`root`, `header`, `source`, `destination`, `pupils`, `count`, `wrapped`; or `problem` in words."""
    body = file.read()
    if b"<!DOCTYPE" in body or "<!DOCTYPE".encode("utf-16-le") in body or "<!DOCTYPE".encode("utf-16-be") in body:
        return {"problem": "The file has a document type declaration, which transfer files never have"}
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        line = getattr(wrong, "lineno", None)
        return {
            "problem": f"The file is not whole XML: it breaks off or is wrong at line {line}"
            if line
            else "The file is not XML"
        }
    return _read(root)


def _read(root: Any) -> dict[str, Any]:  # noqa: ANN401  lxml's element
    pupils = [one for one in root.iter() if _name(one) == "Pupil"]
    head = next((one for one in root if _name(one) == "Header"), None)
    return {
        "root": _name(root),
        "header": _children(head, _HEADER),
        "source": _place(head, "SourceSchool"),
        "destination": _place(head, "DestSchool"),
        "wrapped": any(_name(one.getparent()) == "Pupils" for one in pupils[:1]),
        "count": len(pupils),
        "pupils": [_pupil(one) for one in pupils[:MOST_PUPILS]],
    }


def _name(element: Any) -> str:  # noqa: ANN401
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def _children(element: Any, wanted: tuple[str, ...]) -> dict[str, str]:  # noqa: ANN401
    if element is None:
        return {}
    return {_name(one): _text(one) for one in element if _name(one) in wanted}


def _place(head: Any, wanted: str) -> dict[str, str]:  # noqa: ANN401
    place = next((one for one in head if _name(one) == wanted), None) if head is not None else None
    return _children(place, ("LEA", "Estab", "URN", "SchoolName", "AcademicYear"))


def _pupil(element: Any) -> dict[str, Any]:  # noqa: ANN401
    known = {_PUPIL[_name(one)]: _text(one) for one in element if _name(one) in _PUPIL}
    return known | {"line": element.sourceline or 0}


def _text(element: Any) -> str:  # noqa: ANN401
    return " ".join((element.text or "").split())[:_LONGEST]
