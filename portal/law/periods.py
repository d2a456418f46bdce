"""Counting along the calendar, as statute words it. Calendar days, months and years; no holidays."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = 12


def days_later(day: date, days: int) -> date:
    return day + timedelta(days=days)


def last_of(beginning: date, days: int) -> date:
    """The last of so many days *beginning with* that day: the day itself is the first."""
    return beginning + timedelta(days=days - 1)


def months_later(day: date, months: int) -> date:
    """The corresponding date; where that month has none, its last day. Months may be negative."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_ending(day: date, years: int) -> date:
    """The first day of the so many years that end with that day."""
    # On 29 February the year before has no such day: its eve is the 28th, and counting starts the day after.
    return months_later(day, -years * MONTHS) + timedelta(days=1)


def anniversary(day: date, years: int) -> date:
    """The same day so many years later. A 29 February has its anniversary on 1 March of a common year."""
    corresponding = months_later(day, years * MONTHS)
    return corresponding if corresponding.day == day.day else days_later(corresponding, 1)


def years_beginning(day: date, years: int) -> date:
    """The last day of the so many years that begin with that day."""
    return days_later(anniversary(day, years), -1)
