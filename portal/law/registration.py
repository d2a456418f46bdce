"""Returns to the authority and the settling of code N. SI 2024/208 regs 10, 13."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.law.calendar import SchoolDays
from portal.law.codes import CANCELLED, Mark, register
from portal.law.errors import FactMissing, FactWrong
from portal.law.periods import days_later
from portal.law.rows import Answer, reasons, rule

_SESSIONS: tuple[Literal["am", "pm"], ...] = ("am", "pm")


@dataclass(frozen=True, kw_only=True)
class NewPupilReturn(Answer):
    """The day by whose end the return is made."""

    due: date


@dataclass(frozen=True, kw_only=True)
class CodeN(Answer):
    """The day by which the reason is established, and the code it becomes otherwise."""

    settle_by: date
    then: str


@dataclass(frozen=True, kw_only=True)
class AttendanceReturn(Answer):
    """The first ten school days on which nothing but G, N, O and U is recorded, if there are any."""

    ten_day_run: bool
    first: date | None
    last: date | None
    regular_limb: str = "officer decides"


def new_pupil_return(*, entered: date) -> NewPupilReturn:
    """The end of the fifth day after the day the name is entered. Reg 13(1)."""
    row = rule("registration.new-pupil-return", entered)
    return NewPupilReturn(due=days_later(entered, row.number("days")), because=reasons(row))


def code_n(*, recorded: date, school_days: SchoolDays) -> CodeN:
    """Five school days after the session; FactWrong where the school does not meet on it. Reg 10(7)-(9)."""
    row = rule("registration.code-n", recorded)
    if not school_days.is_open(recorded):
        raise FactWrong("recorded", f"{recorded} is not a school day")
    settle_by = school_days.after(recorded, row.number("school_days"))
    return CodeN(settle_by=settle_by, then=str(row.value["then"]), because=reasons(row))


def attendance_return(*, marks: Iterable[Mark], school_days: SchoolDays) -> AttendanceReturn:
    """Whether a continuous ten school days are recorded only G, N, O, U; an authorised mark breaks the run."""
    ordered = register(marks)
    if not ordered:
        raise FactMissing("marks")
    row = rule("registration.attendance-return", ordered[-1].day)
    days = day_codes(ordered, school_days, ordered[0].day, ordered[-1].day)
    found = _first_run(days, frozenset(row.words("codes")), row.number("school_days"))
    return AttendanceReturn(
        ten_day_run=bool(found),
        first=found[0] if found else None,
        last=found[-1] if found else None,
        because=reasons(row, rule("registration.attendance-return-regular", ordered[-1].day)),
    )


def day_codes(marks: Sequence[Mark], school_days: SchoolDays, first: date, last: date) -> dict[date, set[str]]:
    """The codes of each school day from *first* to *last*, cancelled sessions aside.

    FactMissing names every session that is not recorded: a gap may hide an attendance. A day whose sessions were
    all cancelled is no school day.
    """
    given = {(mark.day, mark.session): mark.code for mark in marks}
    sessions = [(day, half) for day in school_days.between(first, last) for half in _SESSIONS]
    if unrecorded := [f"marks for {day} {half}" for day, half in sessions if (day, half) not in given]:
        raise FactMissing(*unrecorded)
    if stray := [mark for mark in marks if first <= mark.day <= last and _stray(mark, school_days)]:
        raise FactWrong("marks", f"{stray[0].code} on {stray[0].day}, which is not a school day")
    days: dict[date, set[str]] = {}
    for session in sessions:
        if given[session] not in CANCELLED:
            days.setdefault(session[0], set()).add(given[session])
    return days


def _stray(mark: Mark, school_days: SchoolDays) -> bool:
    return mark.code not in CANCELLED and not school_days.is_open(mark.day)


def _first_run(days: dict[date, set[str]], absent: frozenset[str], length: int) -> list[date]:
    run: list[date] = []
    for day, codes in days.items():
        run = [*run, day] if codes <= absent else []
        if len(run) == length:
            return run
    return []
