"""A date asked for as day, month and year (U18), and what to say when it is wrong (U29, U31)."""

from collections.abc import Callable
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.utils import unset_value
from wtforms.validators import StopValidation, ValidationError

from portal.web import widgets
from portal.web.fields import Validators, month_number, real_date
from portal.web.widgets import Value

Typed = MultiDict[str, str] | None

PARTS = ("day", "month", "year")
YEAR_DIGITS = 4


class DatePartsField(Field):  # type: ignore[misc]  # WTForms carries no types
    """Three inputs, `NAME-day`, `NAME-month`, `NAME-year`; `data` is a date or None.

    `subject` begins its messages: "Date of birth must be a real date". `wrong_parts` names the
    inputs to mark, and the first of them is where the error summary leads.
    """

    widget = staticmethod(widgets.date_parts)
    data: Value  # a date, once the form validates

    def __init__(
        self,
        label: str,
        validators: Validators = (),
        *,
        subject: str,
        own_birth_date: bool = False,
        **given: Value,
    ) -> None:
        super().__init__(label, validators, **given)
        self.subject = subject
        self.own_birth_date = own_birth_date
        self.typed = dict.fromkeys(PARTS, "")
        self.wrong_parts: tuple[str, ...] = PARTS
        self._fault = ""

    def process(self, formdata: Typed, data: Value = unset_value, extra_filters: Value = None) -> None:
        """Gather the three inputs into one answer."""
        if formdata is not None:
            typed = [formdata.get(f"{self.name}-{part}", "").strip() for part in PARTS]
            formdata = MultiDict([(self.name, value) for value in typed if any(typed)])
        super().process(formdata, data, extra_filters)

    def process_data(self, value: date | None) -> None:
        """Show a date that is already known."""
        self.data = value
        if value is not None:
            self.typed = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, whatever it is, and read it."""
        self.typed = dict(zip(PARTS, valuelist or ("", "", ""), strict=True))
        self.data = None
        if valuelist:
            self._read(*valuelist)

    def pre_validate(self, form: Form) -> None:
        """Say what is wrong with the typing before anything is said about the date."""
        del form
        if self._fault:
            raise StopValidation(f"{self.subject} {self._fault}")

    def _read(self, day: str, month: str, year: str) -> None:
        missing = tuple(part for part in PARTS if not self.typed[part])
        number = month_number(month)
        digits = {
            "day": day.isascii() and day.isdecimal(),
            "year": year.isascii() and year.isdecimal(),
        }
        if missing:
            self._wrong(missing, f"must include a {' and '.join(missing)}")
        elif digits["year"] and len(year) != YEAR_DIGITS:
            self._wrong(("year",), "must have a year with 4 numbers, like 2026")
        elif not all(digits.values()) or number is None:
            fine = {**digits, "month": number is not None}
            self._wrong(tuple(part for part in PARTS if not fine[part]), "must be a real date")
        else:
            self.data = real_date(int(day), number, int(year))
            if self.data is None:
                self._wrong(PARTS, "must be a real date")

    def _wrong(self, parts: tuple[str, ...], fault: str) -> None:
        self.wrong_parts, self._fault = parts, fault


class TodayOrBefore:
    """Refuses a date that has not come yet. *today* is asked when an answer is checked."""

    def __init__(self, today: Callable[[], date]) -> None:
        self.today = today

    def __call__(self, form: Form, field: DatePartsField) -> None:
        """Raise ValidationError for a day after today."""
        del form
        if field.data is not None and field.data > self.today():
            raise ValidationError(f"{field.subject} must be today or in the past")
