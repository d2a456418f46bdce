"""Fills a Word template: strict, escaped, sandboxed; the same facts give the same bytes.

docxtpl patches the XML that Word breaks up, once for each template; after that only Jinja runs and every other part
of the package is copied as it is.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from portal.errors import PortalError

# A zip keeps a date for every part; ours is always the first that the format knows.
EPOCH = (1980, 1, 1, 0, 0, 0)
FILLED = ("word/document", "word/header", "word/footer")
CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class TemplateWrong(PortalError):
    """The template cannot be filled, or what came out is no document."""


@dataclass(frozen=True)
class Compiled:
    """A template, ready: parts to fill, and parts to copy, in the package's own order."""

    order: tuple[str, ...]
    filled: Mapping[str, Template]
    copied: Mapping[str, bytes]


def environment() -> SandboxedEnvironment:
    """Strict, so that a gap is an error and never a blank; escaped, so that `A & <B>` prints as it is."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


@lru_cache(maxsize=32)
def compiled(template: bytes) -> Compiled:
    """Take the template apart, once."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(template))
    jinja = environment()
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            order = tuple(package.namelist())
            filled = {
                name: jinja.from_string(document.patch_xml(package.read(name).decode()))
                for name in order
                if name.startswith(FILLED) and name.endswith(".xml")
            }
            copied = {name: package.read(name) for name in order if name not in filled}
    except TemplateError as wrong:
        raise TemplateWrong(f"the template cannot be read: {wrong}") from None
    return Compiled(order, filled, copied)


def render(template: bytes, fields: Mapping[str, object]) -> bytes:
    """The filled document. Raises TemplateWrong for a field that is not given, or an expression that is not allowed."""
    parts = compiled(template)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name in parts.order:
            package.writestr(zipfile.ZipInfo(name, EPOCH), _part(parts, name, fields), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _part(parts: Compiled, name: str, fields: Mapping[str, object]) -> bytes:
    if name == CORE:
        return _titled(parts.copied[CORE], str(fields.get("title", "")))
    if name in parts.copied:
        return parts.copied[name]
    try:
        body = parts.filled[name].render(fields).encode()
        etree.fromstring(body)
    except (TemplateError, etree.XMLSyntaxError, TypeError) as wrong:
        raise TemplateWrong(f"the letter cannot be filled: {wrong}") from None
    return body


def _titled(core: bytes, title: str) -> bytes:
    """The document's own title, which PDF readers say aloud."""
    root = etree.fromstring(core)
    for element in root.iter(_TITLE):
        element.text = title
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
