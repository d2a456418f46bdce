"""Until when to pay, from when to prosecute, until when to post. SI 2007/1867 regs 4, 5, 7, 22."""

from dataclasses import dataclass
from datetime import date

from portal.law import prosecution, service
from portal.law.calendar import working_day_on_or_before
from portal.law.errors import FactMissing, FactWrong
from portal.law.penalty_notice._amount import Section
from portal.law.periods import days_later
from portal.law.rows import Answer, Reason, reasons, rule


@dataclass(frozen=True, kw_only=True)
class Deadlines(Answer):
    """The days of one notice. *reduced_until* None: there is no reduced sum.

    *enforceable*: proceedings may begin on or before *charge_by*, six months from the start of the offence period.
    """

    received: date
    reduced_until: date | None
    pay_until: date
    proceedings_from: date
    charge_by: date
    enforceable: bool


def deadlines(
    *,
    offence_from: date,
    posted: date | None = None,
    received: date | None = None,
    section: Section = "444A",
    reduced: bool = True,
) -> Deadlines:
    """Every day of the notice, from the day it was posted first class or the day it was received.

    *reduced* False for a second notice, which has no reduced sum. Both sections run on the same days.
    """
    arrived, presumed = _received(posted, received)
    if arrived < offence_from:
        raise FactWrong("offence_from", f"{offence_from} is after the notice was received on {arrived}")
    early, late, first = (
        rule(f"penalty-notice.{name}", offence_from) for name in ("reduced-until", "pay-until", "proceedings-from")
    )
    sums = rule(f"penalty-notice.amount-{section if reduced else 'second'}", offence_from)
    proceedings_from = days_later(arrived, first.number("days"))
    charge_by = prosecution.charge_by(offence_from)
    return Deadlines(
        received=arrived,
        reduced_until=days_later(arrived, early.number("days")) if reduced else None,
        pay_until=days_later(arrived, late.number("days")),
        proceedings_from=proceedings_from,
        charge_by=charge_by,
        enforceable=proceedings_from <= charge_by,
        because=reasons(
            *presumed,
            sums,
            *((early,) if reduced else ()),
            late,
            first,
            rule("prosecution.limit", offence_from),
        ),
    )


def last_safe_posting(*, offence_from: date) -> date:
    """The last working day to post first class and still charge, on a working day, in time for the first absence."""
    charge = working_day_on_or_before(prosecution.charge_by(offence_from))
    wait = rule("penalty-notice.proceedings-from", offence_from).number("days")
    return service.last_posting_day(received_by=days_later(charge, -wait))


def _received(posted: date | None, received: date | None) -> tuple[date, tuple[Reason, ...]]:
    if posted is not None and received is not None:
        raise FactWrong("received", "give the day of posting or the day of receipt, not both")
    if received is not None:
        return received, ()
    if posted is None:
        raise FactMissing("posted or received")
    presumption = rule("service.first-class-penalty-notice", posted)
    return service.first_class(posted, presumption), reasons(presumption)
