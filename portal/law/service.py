"""When the law treats a document as served. Education Act 1996 s.572, SI 2007/1867 reg 22."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.law.calendar import add_working_days, is_working_day, take_working_days
from portal.law.errors import FactMissing, FactWrong
from portal.law.rows import Answer, Row, reasons, rule

Method = Literal["hand", "left", "first-class", "other-post", "electronic"]
Kind = Literal["penalty-notice", "s572"]


@dataclass(frozen=True, kw_only=True)
class Service(Answer):
    """The day served, or why it cannot be said to be served."""

    served: date | None
    why_not: str | None


def deemed(
    *,
    method: Method,
    on: date,
    kind: Kind,
    consent: bool | None = None,
    returned: bool = False,
    actual: date | None = None,
) -> Service:
    """The day of service of a document handed over, left, posted or sent on *on*.

    *actual* is the proved day of receipt, which displaces what is presumed. *consent* is the parent's recorded
    written consent, needed for electronic service and for nothing else.
    """
    _consistent(method, on, returned=returned, actual=actual)
    way = rule(_row_of(method, kind), on)
    if method == "electronic" and consent is None:
        raise FactMissing("consent")
    if method == "electronic" and not consent:
        return _not_served(way, "no recorded written consent to electronic service (s.572(2))")
    if returned:
        return _not_served(rule("service.returned", on), "it came back undelivered")
    if actual is not None:
        proof = rule("service.actual", on)
        return Service(served=actual, why_not=None, because=reasons(way, proof))
    if method == "other-post":
        return _not_served(way, "only first class post is presumed to arrive: show the day of receipt")
    served = first_class(on, way) if method == "first-class" else on
    return Service(served=served, why_not=None, because=reasons(way))


def first_class(posted: date, presumption: Row) -> date:
    """The day on which first class post is presumed to arrive, by that presumption's working days."""
    return add_working_days(posted, presumption.number("working_days"))


def last_posting_day(*, received_by: date) -> date:
    """The last working day on which a penalty notice posted first class is deemed served by *received_by*."""
    days = rule("service.first-class-penalty-notice", received_by).number("working_days")
    arrives = received_by if is_working_day(received_by) else take_working_days(received_by, 1)
    return take_working_days(arrives, days)


def _row_of(method: Method, kind: Kind) -> str:
    return f"service.first-class-{kind}" if method == "first-class" else f"service.{method}"


def _not_served(row: Row, why: str) -> Service:
    return Service(served=None, why_not=why, because=reasons(row))


def _consistent(method: Method, on: date, *, returned: bool, actual: date | None) -> None:
    if returned and method in {"hand", "left"}:
        raise FactWrong("returned", "what was handed over or left cannot come back as post does")
    if returned and actual is not None:
        raise FactWrong("returned", "it cannot have both come back and been received")
    if actual is not None and actual < on:
        raise FactWrong("actual", f"it cannot be received on {actual}, before {on}")
