"""Working days of England and Wales, and the school days and school weeks of one school.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday. Bank holidays are known
only for some years: beyond them we refuse rather than count.
"""

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files

from portal.law.errors import CalendarEnds, FactWrong

_DECEMBER, _SATURDAY = 12, 5
_DAY = timedelta(days=1)


def _bank_holidays() -> frozenset[date]:
    # The library's own list, read as data: its class would import a network client to be able to ask for a newer one.
    listed = json.loads((files("govuk_bank_holidays") / "bank-holidays.json").read_text("utf-8"))
    events = listed["england-and-wales"]["events"]
    return frozenset(date.fromisoformat(event["date"]) for event in events)


def _known_to(last: date) -> date:
    # A list that reaches Christmas holds the whole year; one cut earlier is known only so far.
    return last.replace(month=12, day=31) if last.month == _DECEMBER else last


BANK_HOLIDAYS = _bank_holidays()
FIRST_KNOWN = min(BANK_HOLIDAYS).replace(month=1, day=1)
LAST_KNOWN = _known_to(max(BANK_HOLIDAYS))


def is_working_day(day: date) -> bool:
    """Whether that is a working day. CalendarEnds where its bank holidays are not known."""
    if not FIRST_KNOWN <= day <= LAST_KNOWN:
        raise CalendarEnds(day, first=FIRST_KNOWN, last=LAST_KNOWN)
    return day.weekday() < _SATURDAY and day not in BANK_HOLIDAYS


def add_working_days(day: date, days: int) -> date:
    """The so-manieth working day after that day, which itself never counts."""
    return _step(day, days, _DAY)


def take_working_days(day: date, days: int) -> date:
    """The so-manieth working day before that day, which itself never counts."""
    return _step(day, days, -_DAY)


def working_day_on_or_before(day: date) -> date:
    """That day, or the last working day before it."""
    return day if is_working_day(day) else take_working_days(day, 1)


def _step(day: date, days: int, step: timedelta) -> date:
    is_working_day(day)  # a start outside the known years is refused too
    while days:
        day += step
        days -= is_working_day(day)
    return day


def monday_of(day: date) -> date:
    """The Monday of that day's week: school weeks begin with it."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class SchoolDays:
    """When one school meets: its terms (first and last day), less closed days, weekends and bank holidays."""

    terms: tuple[tuple[date, date], ...]
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.terms:
            raise FactWrong("school_days", "there is no term")
        last = date.min
        for first, until in sorted(self.terms):
            if until < first:
                raise FactWrong("school_days", f"a term ends on {until}, before it begins on {first}")
            if first <= last:
                raise FactWrong("school_days", f"two terms overlap on {first}")
            last = until

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every school day, in order."""
        return tuple(
            day
            for first, until in sorted(self.terms)
            for day in (first + timedelta(days=n) for n in range((until - first).days + 1))
            if is_working_day(day) and day not in self.closed
        )

    def is_open(self, day: date) -> bool:
        place = bisect_left(self.days, day)
        return place < len(self.days) and self.days[place] == day

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """The school days from *first* to *last*, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def after(self, day: date, days: int) -> date:
        """The so-manieth school day after that day. FactWrong where the calendar ends before it."""
        return self._nth(bisect_right(self.days, day) + days - 1, day, days)

    def beginning_with(self, day: date, days: int) -> date:
        """The so-manieth school day, counting that day itself as the first."""
        if not self.is_open(day):
            raise FactWrong("school_days", f"{day} is not a school day")
        return self._nth(bisect_left(self.days, day) + days - 1, day, days)

    def _nth(self, place: int, day: date, days: int) -> date:
        if place >= len(self.days):
            ends = f"they end on {self.days[-1]}" if self.days else "there are none"
            raise FactWrong("school_days", f"{ends}, before {days} school days from {day} have passed")
        return self.days[place]
