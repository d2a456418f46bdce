"""Compulsory school age: when it starts and when it ends. Education Act 1996 s.8."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.law.periods import anniversary
from portal.law.rows import Answer, reasons, rule

_FEBRUARY, _JUNE, _SEPTEMBER, _FRIDAY = 2, 6, 9, 4
_LEAP_DAY = 29


@dataclass(frozen=True, kw_only=True)
class CompulsorySchoolAge(Answer):
    """The first and the last day of compulsory school age."""

    starts: date
    ends: date

    def covers(self, first: date, last: date) -> bool:
        """Whether every day from *first* to *last* falls within it."""
        return self.starts <= first and last <= self.ends


def compulsory_school_age(*, born: date) -> CompulsorySchoolAge:
    """When compulsory school age starts and ends, from the date of birth alone."""
    start, end = rule("ages.starts", born), rule("ages.ends", born)
    used = [start, end]
    if (born.month, born.day) == (_FEBRUARY, _LEAP_DAY):
        used.insert(1, rule("ages.starts-leap", born))
    return CompulsorySchoolAge(
        starts=_prescribed_day(anniversary(born, start.number("birthday")), start.words("prescribed")),
        ends=leaving_date(_school_year(anniversary(born, end.number("birthday")))),
        because=reasons(*used),
    )


def leaving_date(year: int) -> date:
    """The last Friday in June of that year."""
    last = date(year, _JUNE, 30)
    return last - timedelta(days=(last.weekday() - _FRIDAY) % 7)


def _prescribed_day(fifth: date, prescribed: tuple[str, ...]) -> date:
    """The prescribed day on or next after the fifth birthday."""
    days = (date.fromisoformat(f"{fifth.year}-{day}") for day in prescribed)
    return min(day for day in days if day >= fifth)


def _school_year(day: date) -> int:
    """The calendar year in which that day's school year ends. It begins on 1 September."""
    return day.year + (day.month >= _SEPTEMBER)
