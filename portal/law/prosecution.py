"""Until when an offence can be charged, and how. MCA 1980 s.127, CJA 2003 s.29."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.law.errors import FactWrong
from portal.law.periods import anniversary, months_later
from portal.law.rows import Answer, Reason, Row, reasons, rule

Offence = Literal["444(1)", "444(1A)", "443", "103(3)", "sch3-18"]
OrderRegime = Literal["1996", "2026"]

_NATURE = {
    "444(1)": "prosecution.summary-444-1",
    "444(1A)": "prosecution.imprisonable-444-1A",
    "443": "prosecution.summary-443",
    "103(3)": "prosecution.summary-103",
    "sch3-18": "prosecution.summary-sch3",
}


@dataclass(frozen=True, kw_only=True)
class Limit(Answer):
    """Which sessions can still be charged, and until when the earliest of them all could."""

    charge_by: date
    earliest_session: date
    in_time: tuple[date, ...]
    out_of_time: tuple[date, ...]


@dataclass(frozen=True, kw_only=True)
class SingleJustice(Answer):
    """Whether a single justice may try it on the papers, and every reason why not."""

    eligible: bool
    against: tuple[Reason, ...]


def charge_by(offence: date) -> date:
    """The last day for a charge: six months on, the corresponding date."""
    return months_later(offence, rule("prosecution.limit", offence).number("months"))


def limit(*, sessions: tuple[date, ...], on: date) -> Limit:
    """Which of the absences can still be charged on *on*."""
    if not sessions:
        raise FactWrong("sessions", "there is none")
    days = sorted(set(sessions))
    if on < days[-1]:
        raise FactWrong("on", f"it is before the session of {days[-1]}")
    return Limit(
        charge_by=charge_by(days[0]),
        earliest_session=days[0],
        in_time=tuple(day for day in days if on <= charge_by(day)),
        out_of_time=tuple(day for day in days if charge_by(day) < on),
        because=reasons(rule("prosecution.limit", days[0]), rule("prosecution.earliest-session", days[0])),
    )


def single_justice(
    *, offence: Offence, born: date | None, on: date, order_regime: OrderRegime = "1996"
) -> SingleJustice:
    """Whether the single justice procedure is open for a charge on *on*; an unknown birth date blocks it."""
    procedure = rule("prosecution.single-justice", on)
    bars = [_imprisonable(offence, order_regime, on), _too_young(procedure, born, on)]
    against = tuple(bar for bar in bars if bar is not None)
    return SingleJustice(
        eligible=not against,
        against=against,
        because=reasons(procedure, rule(_NATURE[offence], on), *against),
    )


def _imprisonable(offence: Offence, regime: OrderRegime, on: date) -> Reason | None:
    if offence == "444(1A)":
        return rule(_NATURE[offence], on).reason()
    if offence == "443" and regime == "2026":
        return rule("prosecution.order-2026", on).reason()
    return None


def _too_young(procedure: Row, born: date | None, on: date) -> Reason | None:
    age = procedure.number("age")
    if born is None:
        return procedure.reason("The defendant's date of birth is not known")
    if born > on:
        raise FactWrong("born", f"it is after {on}")
    if on < anniversary(born, age):
        return procedure.reason(f"The defendant is under {age}")
    return None
