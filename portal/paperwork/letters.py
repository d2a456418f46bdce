"""A letter is a declaration and, for each law in force, a Word template; the two must agree."""

import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from portal import resources
from portal.errors import NotFound, PortalError
from portal.paperwork import docx

KINDS: Mapping[str, type] = {"text": str, "date": str, "lines": list, "rows": list, "number": int, "yes or no": bool}


class LetterWrong(PortalError):
    """A field is missing, unknown, or of another kind."""


@dataclass(frozen=True)
class Particular:
    """What the law says a letter must contain, and the fields by which it does."""

    letter: str
    says: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it is declared."""

    name: str
    title: str
    statute: str
    signed_by: str
    approved_by: str
    service: tuple[str, ...]
    copies: tuple[str, ...]
    solicitor: str
    fields: Mapping[str, str]
    may_be_empty: tuple[str, ...]
    particulars: tuple[Particular, ...]
    folder: Path

    @property
    def is_draft(self) -> bool:
        """Whether no solicitor has approved it yet."""
        return not self.solicitor

    def file_on(self, on: date) -> Path:
        """The newest template in force on that day."""
        dated = sorted((date.fromisoformat(path.stem), path) for path in self.folder.glob("????-??-??.docx"))
        found = [path for first, path in dated if first <= on]
        if not found:
            raise LetterWrong(f"there is no {self.title} for {on}: the first is in force from {dated[0][0]}")
        return found[-1]

    def template_on(self, on: date) -> bytes:
        return self.file_on(on).read_bytes()

    def version_on(self, on: date) -> str:
        """The digest of template and declaration: what is approved is what is printed."""
        return sha256(self.template_on(on) + (self.folder / "letter.toml").read_bytes()).hexdigest()


def names() -> list[str]:
    """Every letter there is."""
    return sorted(path.parent.name for path in resources.LETTER_TEMPLATES.glob("*/letter.toml"))


def load(name: str) -> Letter:
    """The letter of this name. Raises NotFound."""
    if name not in names():
        raise NotFound(f"letter {name}; there are: {', '.join(names())}")
    folder = resources.LETTER_TEMPLATES / name
    held = tomllib.loads((folder / "letter.toml").read_text(encoding="utf-8"))
    plain = ("title", "statute", "signed_by", "approved_by", "solicitor")
    return Letter(
        name=name,
        folder=folder,
        **{key: held[key] for key in plain},
        service=tuple(held["service"]),
        copies=tuple(held["copies"]),
        fields=held["fields"],
        may_be_empty=tuple(held["may_be_empty"]),
        particulars=tuple(Particular(one["letter"], one["says"], tuple(one["fields"])) for one in held["particular"]),
    )


def check(letter: Letter, given: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with the fields, at once, in words; nothing if they fit."""
    wrong = [f"{name} is missing" for name in letter.fields if name not in given]
    wrong += [f"{name} is not a field of this letter" for name in given if name not in letter.fields]
    for name, kind in letter.fields.items():
        value = given.get(name)
        if name in given and (not isinstance(value, KINDS[kind]) or (kind == "number" and isinstance(value, bool))):
            wrong.append(f"{name} must be {kind}")
        elif name in given and kind != "yes or no" and value in ("", [], None) and name not in letter.may_be_empty:
            wrong.append(f"{name} is empty")
    return wrong


def lint(template: bytes, letter: Letter) -> list[str]:
    """What is wrong with a template: fields that are not declared, fields that are never used, and what does not run."""
    from docxtpl import DocxTemplate

    try:
        docx.compiled(template)
        used = DocxTemplate(io.BytesIO(template)).get_undeclared_template_variables(docx.environment())
    except (docx.TemplateWrong, ValueError, KeyError) as wrong:
        return [str(wrong)]
    problems = [f"{name} is not declared in letter.toml" for name in sorted(used - set(letter.fields))]
    return problems + [f"{name} is never printed" for name in sorted(set(letter.fields) - used - {"title"})]
