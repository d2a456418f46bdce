"""A form of the portal, and the list of what needs another look.

Everything a page needs to ask is named here: `from portal.web.forms import PortalForm, FullName, …`.
"""

from flask_wtf import FlaskForm
from wtforms import Field, Form
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from portal.web.dates import DatePartsField, TodayOrBefore
from portal.web.fields import (
    FILE_WORDS,
    CheckboxesField,
    CheckboxField,
    EmailField,
    FileField,
    FullName,
    PasswordField,
    Postcode,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from portal.web.widgets import Value

__all__ = [
    "FILE_WORDS", "CheckboxField", "CheckboxesField", "DataRequired", "DatePartsField", "EmailField",
    "FileField", "FullName", "Length", "Optional", "PasswordField", "PortalForm", "Postcode", "RadiosField",
    "SelectChoice", "SelectField", "TextAreaField", "TextField", "TodayOrBefore", "portal_errors",
]  # fmt: skip


class PortalForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Answers, with their faults in plain words. Drawn by `parts/form.html`, which adds `novalidate`."""

    def validate(self, extra_validators: Value = None) -> bool:
        """Whether every answer can be used; a chosen file is asked for again if not (U30)."""
        fine = bool(super().validate(extra_validators))
        for field in () if fine else self:
            if isinstance(field, FileField) and field.data and not field.errors:
                field.errors = [FILE_WORDS["again"].format(thing=field.thing)]
        return fine

    def refuse(self, name: str, message: str) -> None:
        """Say what an action found wrong with an answer, as if it had been found here."""
        field = self[name]
        field.errors = [*field.errors, message]


def portal_errors(form: Form) -> list[dict[str, str]]:
    """The error summary's lines in page order, each {text, href} with the words of the field (U28).

    An address leads to an input that exists (U29): the first wrong part of a date, the first
    of several radios or boxes. What concerns no field has no address.
    """
    lines = [{"text": str(error)} for error in form.form_errors]
    wrong = [field for field in form if field.errors]
    return lines + [{"text": str(f.errors[0]), "href": f"#{_first_input(f)}"} for f in wrong]


def _first_input(field: Field) -> str:
    if isinstance(field, DatePartsField):
        return f"{field.id}-{field.wrong_parts[0]}"
    return str(field.id)
