"""Whether a name may be deleted from the admission register. SI 2024/208 reg 9."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar, cast

from portal.law.calendar import SchoolDays
from portal.law.codes import GROUNDS, Mark, register
from portal.law.errors import FactMissing, FactWrong
from portal.law.registration import day_codes
from portal.law.rows import Answer, Reason, Row, reasons, rule

Found = Literal["not-found", "agreed-no-return"]
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class JointEfforts:
    """What each half reports of the joint efforts; None: has not reported."""

    school: Found | None
    authority: Found | None


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """The facts of a deletion proposed for *on*. What a ground does not ask for may stay None.

    *attendance_order*: an order naming the school is in force. *last_day*: of attendance, in the parent's notice.
    """

    ground: str
    on: date
    attendance_order: bool
    special_school_placed: bool
    authority_consents: bool | None = None
    written: bool | None = None
    last_day: date | None = None
    far: bool | None = None
    expected_back: bool | None = None
    leave_ended: date | None = None
    absent_from: date | None = None
    marks: tuple[Mark, ...] | None = None
    school_days: SchoolDays | None = None
    sickness_grounds: bool | None = None
    joint: JointEfforts | None = None
    review_ended: bool | None = None


@dataclass(frozen=True, kw_only=True)
class DeletionDecision(Answer):
    """True where nothing stands against it; every reason where something does."""

    may: bool
    against: tuple[Reason, ...]


def may_delete(facts: Deletion) -> DeletionDecision:
    """Whether the name may be deleted on that ground. FactMissing names what the ground asks for."""
    if facts.ground not in GROUNDS:
        raise FactWrong("ground", f"{facts.ground!r} is no letter of reg 9(1)")
    _complete(facts)
    against = (*_special(facts), *_CHECKS.get(facts.ground, _nothing)(facts))
    ground = GROUNDS[facts.ground]
    return DeletionDecision(
        may=not against,
        against=against,
        because=reasons(
            _row("deletion", facts),
            Reason(ground.title, ground.source, ground.mark),
            *(_row(name, facts) for name in _RULES.get(facts.ground, ())),
            *against,
        ),
    )


_NEEDED = {
    "f": ("written", "last_day"),
    "g": ("far", "expected_back"),
    "h": ("leave_ended", "school_days", "sickness_grounds", "joint"),
    "i": ("absent_from", "marks", "school_days", "sickness_grounds", "joint"),
    "o": ("review_ended",),
}
_RULES = {
    "a": ("deletion-order",),
    "e": ("deletion-revoked",),
    "f": ("deletion-educated-otherwise",),
    "g": ("deletion-far", "deletion-far-expected"),
    "h": ("deletion-leave", "deletion-sickness", "deletion-joint"),
    "i": ("deletion-absent", "deletion-sickness", "deletion-joint"),
    "o": ("deletion-excluded",),
}


def _complete(facts: Deletion) -> None:
    wanted = list(_NEEDED.get(facts.ground, ()))
    if _needs_consent(facts):
        wanted.append("authority_consents")
    if missing := [name for name in wanted if getattr(facts, name) is None]:
        raise FactMissing(*missing)


def _given(value: _T | None) -> _T:
    """A fact the ground asks for: `_complete` has refused before where it was not told."""
    return cast("_T", value)


def _row(name: str, facts: Deletion) -> Row:
    return rule(f"registration.{name}", facts.on)


def _needs_consent(facts: Deletion) -> bool:
    excepted = _row("deletion-special", facts).words("except")
    return facts.special_school_placed and facts.ground not in excepted


def _special(facts: Deletion) -> Iterator[Reason]:
    if _needs_consent(facts) and not facts.authority_consents:
        yield _row("deletion-special", facts).reason("The authority that placed the pupil has not consented")


def _nothing(_facts: Deletion) -> Iterator[Reason]:
    return iter(())


def _elsewhere(facts: Deletion) -> Iterator[Reason]:
    if facts.attendance_order:
        yield _row("deletion-order", facts).reason("A school attendance order names this school")


def _revoked(facts: Deletion) -> Iterator[Reason]:
    if facts.attendance_order:
        yield _row("deletion-revoked", facts).reason("The school attendance order is still in force")


def _educated_otherwise(facts: Deletion) -> Iterator[Reason]:
    row, last_day = _row("deletion-educated-otherwise", facts), _given(facts.last_day)
    if not facts.written:
        yield row.reason("The parent has not told the school in writing")
    if facts.on <= last_day:
        yield row.reason(f"The day in the parent's notice, {last_day}, has not passed")
    if facts.attendance_order:
        yield row.reason("A school attendance order naming the school is in force")


def _far(facts: Deletion) -> Iterator[Reason]:
    if not facts.far:
        yield _row("deletion-far", facts).reason("The pupil still lives a reasonable distance from the school")
    if facts.expected_back:
        yield _row("deletion-far-expected", facts).reason("The pupil is expected back")


def _after_leave(facts: Deletion) -> Iterator[Reason]:
    row, ended = _row("deletion-leave", facts), _given(facts.leave_ended)
    tenth = _given(facts.school_days).after(ended, row.number("school_days"))
    if facts.on < tenth:
        yield row.reason(f"The tenth school day after leave ended on {ended} is {tenth}")
    yield from _not_found(facts)


def _absent(facts: Deletion) -> Iterator[Reason]:
    row, start = _row("deletion-absent", facts), _given(facts.absent_from)
    school_days = _given(facts.school_days)
    if not school_days.is_open(start):
        raise FactWrong("absent_from", f"{start} is not a school day")
    marks = register(_given(facts.marks))
    days = day_codes(marks, school_days, start, facts.on)
    absent = frozenset(row.words("codes"))
    if len(days) < (needed := row.number("school_days")):
        yield row.reason(f"{len(days)} school days from {start} to {facts.on}, and {needed} are needed")
    for day in (day for day, codes in days.items() if not codes <= absent):
        yield row.reason(f"{', '.join(sorted(days[day] - absent))} on {day} breaks the absence")
    yield from _not_found(facts)


def _not_found(facts: Deletion) -> Iterator[Reason]:
    joint, row = _given(facts.joint), _row("deletion-joint", facts)
    if facts.sickness_grounds:
        yield _row("deletion-sickness", facts).reason("There are grounds to believe in sickness or unavoidable cause")
    silent = [half for half in ("school", "authority") if getattr(joint, half) is None]
    for half in silent:
        yield row.reason(f"The {half} has not reported its part of the joint efforts")
    if not silent and joint.school != joint.authority:
        yield row.reason("School and authority do not report the same result")


def _excluded(facts: Deletion) -> Iterator[Reason]:
    if not facts.review_ended:
        yield _row("deletion-excluded", facts).reason("Review rights are not exhausted, waived or out of time")


_CHECKS: dict[str, Callable[[Deletion], Iterator[Reason]]] = {
    "a": _elsewhere,
    "e": _revoked,
    "f": _educated_otherwise,
    "g": _far,
    "h": _after_leave,
    "i": _absent,
    "o": _excluded,
}
