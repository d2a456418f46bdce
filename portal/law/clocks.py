"""Clocks that start with something learnt or done: a breach, an exclusion."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.law.calendar import SchoolDays
from portal.law.errors import FactWrong
from portal.law.rows import Answer, reasons, rule


@dataclass(frozen=True, kw_only=True)
class BreachClock(Answer):
    """When a personal data breach is to be reported at the latest."""

    report_by: datetime


@dataclass(frozen=True, kw_only=True)
class SixthDay(Answer):
    """The first day on which an excluded pupil must have full-time education."""

    provision_from: date


def breach(*, aware: datetime) -> BreachClock:
    """72 clock hours after becoming aware. UK GDPR art 33, DPA 2018 s.67."""
    if aware.tzinfo is None:
        raise FactWrong("aware", "a time needs its offset, as in 2026-11-20T16:30:00+00:00")
    row = rule("breach.clock", aware.date())
    return BreachClock(report_by=aware + timedelta(hours=row.number("hours")), because=reasons(row))


def sixth_day(*, first_day: date, school_days: SchoolDays) -> SixthDay:
    """The sixth consecutive school day of an exclusion, its first day counted. SI 2007/1870."""
    row = rule("exclusion.sixth-day", first_day)
    return SixthDay(
        provision_from=school_days.beginning_with(first_day, row.number("school_day")),
        because=reasons(row),
    )
