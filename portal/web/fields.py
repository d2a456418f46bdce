"""The kinds of answer a form asks for, read kindly and kept as typed.

Hints go in `description`, choices are a dict of value to label, or `SelectChoice` where an option has a hint.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

import wtforms
from flask_wtf.file import FileField as _FileField
from wtforms import BooleanField, Field, Form, RadioField, SelectMultipleField, StringField
from wtforms.validators import StopValidation

from portal.web import widgets
from portal.web.shown import MONTHS
from portal.web.widgets import Value

Validators = Sequence[Callable[[Form, Field], None]]
SHORTEST = len("jan")
POSTCODE = re.compile(r"(?:GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|BFPO\d{1,4})")


def tidy(value: str | None) -> str | None:
    """One form for what looks the same: composed letters, single spaces, none at the ends."""
    return None if value is None else " ".join(unicodedata.normalize("NFC", value).split())


class TextField(StringField):  # type: ignore[misc]  # WTForms carries no types
    """One line. `kind` is the input's type, `usual` what its input carries unless told otherwise."""

    kind = "text"
    usual: ClassVar[dict[str, Value]] = {}
    data: Value  # None until there is an answer; a form that validates has seen to it
    widget = staticmethod(widgets.text)

    def __init__(self, label: str, validators: Validators = (), **given: Value) -> None:
        super().__init__(label, validators, filters=[tidy, *given.pop("filters", ())], **given)


class FullName(TextField):
    """Somebody's name, with any characters it has; not checked for spelling (U19)."""

    usual: ClassVar[dict[str, Value]] = {"spellcheck": False}


class EmailField(TextField):
    """An address to write to."""

    kind = "email"
    usual: ClassVar[dict[str, Value]] = {"spellcheck": False, "autocomplete": "email"}


class Postcode(TextField):
    """A United Kingdom postcode in any case, spacing or punctuation; kept as `WM1 1AA`.

    ZZ99 3VZ (no fixed abode) and British Forces numbers are postcodes too.
    """

    usual: ClassVar[dict[str, Value]] = {"classes": "govuk-input--width-10", "spellcheck": False}

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.found = normal_postcode(self.data or "")

    def pre_validate(self, form: Form) -> None:
        """Refuse what is no postcode; what is one is kept in its usual form."""
        del form
        if not self.data:
            return
        if self.found is None:
            raise StopValidation("Enter a full UK postcode, like WM1 1AA")
        self.data = self.found


def normal_postcode(typed: str) -> str | None:
    """The postcode in its usual form, or None."""
    bare = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    if not POSTCODE.fullmatch(bare):
        return None
    tail = 4 if bare.startswith("BFPO") else len(bare) - 3
    return f"{bare[:tail]} {bare[tail:]}"


class TextAreaField(StringField):  # type: ignore[misc]
    """Several lines, kept as typed but for the ends."""

    widget = staticmethod(widgets.textarea)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.replace("\r\n", "\n").strip() for value in valuelist])


class PasswordField(wtforms.PasswordField):  # type: ignore[misc]
    widget = staticmethod(widgets.password)


class RadiosField(RadioField):  # type: ignore[misc]
    """One of a few. `missing` is what to say when nothing, or nothing of ours, was chosen."""

    widget = staticmethod(widgets.radios)

    def __init__(self, label: str, *, missing: str, **given: Value) -> None:
        super().__init__(label, invalid_choice_message=missing, **given)
        self.missing = missing

    def pre_validate(self, form: Form) -> None:
        """Refuse an empty choice in our own words, unless it may be left out."""
        if self.data in (None, "", "None"):
            if self.flags.optional:
                raise StopValidation
            raise StopValidation(self.missing)
        super().pre_validate(form)


class SelectField(wtforms.SelectField):  # type: ignore[misc]
    """One of many."""

    widget = staticmethod(widgets.select)


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]
    """Any of a few."""

    widget = staticmethod(widgets.checkboxes)


class CheckboxField(BooleanField):  # type: ignore[misc]
    """Yes, if ticked."""

    widget = staticmethod(widgets.checkbox)


class FileField(_FileField):  # type: ignore[misc]
    """One file. `thing` is what it is called in messages: "leaver form"."""

    widget = staticmethod(widgets.file)

    def __init__(self, label: str, *, thing: str, **given: Value) -> None:
        super().__init__(label, **given)
        self.thing = thing


FILE_WORDS = {
    "missing": "Select a {thing}",
    "again": "Select the {thing} again, because a file is not kept when other answers need another look",
    "kind": "The selected file must be a {kinds}",
    "size": "The selected file must be smaller than {limit}",
    "empty": "The selected file is empty",
    "virus": "The selected file contains a virus",
    "password": "The selected file is password protected",
    "failed": "The selected file could not be uploaded – try again",
    "count": "You can only select up to {count} files at the same time",
    "template": "The selected file must use the template",
}
"""What is said about a file (the design system's own sentences); fill with `.format(…)`."""


def month_number(typed: str) -> int | None:
    """1 to 12 for `1`, `01`, `jan`, `January`; None for anything else."""
    word = typed.strip().lower().rstrip(".")
    if word.isascii() and word.isdecimal():
        return int(word) if 1 <= int(word) <= len(MONTHS) else None
    names = [name.lower() for name in MONTHS]
    return next(
        (n for n, name in enumerate(names, 1) if len(word) >= SHORTEST and name.startswith(word)),
        None,
    )


def real_date(day: int, month: int, year: int) -> date | None:
    """The date, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
