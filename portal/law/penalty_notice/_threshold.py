"""Ten sessions in ten school weeks. SI 2007/1867 reg 9A.

A school week is seven days beginning with a Monday in which the school meets for at least one session; weeks
without one are skipped, so ten school weeks may span a holiday or two school years.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.law.calendar import SchoolDays, monday_of
from portal.law.codes import CANCELLED, COUNTED, NOT_ESTABLISHED, Mark, register, tally
from portal.law.errors import FactMissing, FactWrong
from portal.law.periods import last_of
from portal.law.rows import Answer, Reason, newest, reasons

_SESSIONS = ("am", "pm")
_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Threshold(Answer):
    """Whether it was reached, and the fullest ten school weeks.

    *on*: the day on which it was first reached. *dates*: the counted sessions of the fullest weeks (the earliest
    such, where several are as full); *counted* and *codes* count these. *weeks_from*, *weeks_to*: the Monday and
    the Sunday between which they lie.
    """

    met: bool
    on: date | None
    counted: int
    codes: dict[str, int]
    dates: tuple[Mark, ...]
    weeks_from: date | None
    weeks_to: date | None


def threshold(
    *,
    marks: Iterable[Mark],
    school_days: SchoolDays,
    weeks: int | None = None,
    sessions: int | None = None,
) -> Threshold:
    """Count G, N, O and U over every run of school weeks; *weeks* and *sessions* only to ask "what if".

    FactMissing where a school week between the first and the last mark has none; FactWrong where a session is
    marked on a day on which the school does not meet.
    """
    row = newest("penalty-notice.threshold")
    weeks, sessions = weeks or row.number("weeks"), sessions or row.number("sessions")
    ordered = register(marks)
    mondays = _school_weeks(ordered, school_days)
    counts = [mark for mark in ordered if mark.code in COUNTED and mark.day >= row.first]
    places = [mondays.index(monday_of(mark.day)) for mark in counts]
    fullest = max(_windows(places, weeks), key=lambda span: span[1] - span[0], default=(0, 0))
    held = tuple(counts[fullest[0] : fullest[1]])
    on = _reached(counts, places, weeks, sessions)
    return Threshold(
        met=on is not None,
        on=on,
        counted=len(held),
        codes=tally(held),
        dates=held,
        weeks_from=mondays[places[fullest[0]]] if held else None,
        weeks_to=_last_day(mondays, places[fullest[0]] + weeks) if held else None,
        because=_because(held),
    )


def _because(held: Sequence[Mark]) -> tuple[Reason, ...]:
    used = [newest("penalty-notice.threshold"), newest("penalty-notice.school-week")]
    if any(mark.code == NOT_ESTABLISHED for mark in held):
        used.append(newest("penalty-notice.not-established"))
    return reasons(*used)


def _windows(places: Sequence[int], weeks: int) -> Iterable[tuple[int, int]]:
    """For each counted session, the slice of sessions in the weeks that begin with its own."""
    end = 0
    for start, place in enumerate(places):
        while end < len(places) and places[end] < place + weeks:
            end += 1
        yield start, end


def _reached(counts: Sequence[Mark], places: Sequence[int], weeks: int, sessions: int) -> date | None:
    """The day of the first session that is the last of enough in one run of weeks."""
    for first, last in enumerate(range(sessions - 1, len(counts))):
        if places[last] - places[first] < weeks:
            return counts[last].day
    return None


def _last_day(mondays: Sequence[date], after: int) -> date:
    return last_of(mondays[min(after, len(mondays)) - 1], _WEEK)


def _school_weeks(marks: Sequence[Mark], school_days: SchoolDays) -> list[date]:
    """The Mondays of the school weeks from the first mark to the end of the calendar, in order."""
    if not marks:
        raise FactMissing("marks")
    cancelled = {(mark.day, mark.session) for mark in marks if mark.code in CANCELLED}
    for mark in marks:
        if mark.code not in CANCELLED and not school_days.is_open(mark.day):
            raise FactWrong("marks", f"{mark.code} on {mark.day}, which is not a school day")
    first, last = monday_of(marks[0].day), monday_of(marks[-1].day)
    mondays = sorted(
        {
            monday_of(day)
            for day in school_days.days
            if day >= first and any((day, session) not in cancelled for session in _SESSIONS)
        }
    )
    marked = {monday_of(mark.day) for mark in marks}
    if silent := [f"marks for the week of {day}" for day in mondays if day <= last and day not in marked]:
        raise FactMissing(*silent)
    return mondays
