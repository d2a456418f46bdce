"""What procedure says about penalty notices; statute itself lies in `law.penalty_notice`. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Self

from portal.errors import Reason
from portal.law import penalty_notice
from portal.law.calendar import SchoolDays
from portal.law.codes import COUNTED, Mark
from portal.law.penalty_notice import Amount, Deadlines, IssueDecision, Previous, Proposal, School, Threshold
from portal.law.rows import Reason as LawReason

PENCE = 100
GROUNDS = {
    "ought-not": "It ought not to have been issued",
    "wrong-person": "It ought not to have been issued to this person",
    "material-errors": "It contains material errors",
    "unpaid": "It was not paid in time, and no proceedings are begun or considered",
}


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """What the officer gave: the register, the school's calendar, notices by others, and the answer to warnings."""

    marks: tuple[Mark, ...]
    terms: tuple[tuple[date, date], ...]
    closed: frozenset[date]
    offence_from: date
    offence_to: date
    previous_elsewhere: tuple[Previous, ...] = ()
    asked_elsewhere: str = ""
    why: str = ""
    proceedings: bool = False

    @property
    def school_days(self) -> SchoolDays:
        return SchoolDays(self.terms, self.closed)

    @property
    def sessions(self) -> tuple[Mark, ...]:
        """The unauthorised sessions of the offence period: what the notice is for."""
        inside = (mark for mark in self.marks if self.offence_from <= mark.day <= self.offence_to)
        return tuple(sorted(mark for mark in inside if mark.code in COUNTED))

    def proposal(
        self,
        counted: Threshold,
        *,
        school_type: str | None,
        born: date,
        issued: date,
        posting: date,
        previous: Sequence[Previous],
    ) -> Proposal:
        """These facts as the law asks for them. A school of no known type is not a relevant school."""
        return Proposal(
            school=School(school_type or School.INDEPENDENT),
            born=born,
            offence_from=self.offence_from,
            offence_to=self.offence_to,
            issued=issued,
            posted=posting,
            previous=tuple(previous),
            threshold=counted,
            proceedings=self.proceedings,
        )

    def to_json(self) -> str:
        """One text for the same facts, whatever order they came in."""
        return json.dumps(
            {
                "marks": [[mark.day.isoformat(), mark.session, mark.code] for mark in sorted(self.marks)],
                "terms": sorted([first.isoformat(), last.isoformat()] for first, last in self.terms),
                "closed": sorted(day.isoformat() for day in self.closed),
                "offence": [self.offence_from.isoformat(), self.offence_to.isoformat()],
                "previous": [_previous_out(one) for one in self.previous_elsewhere],
                "asked": self.asked_elsewhere,
                "why": self.why,
                "proceedings": self.proceedings,
            },
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The facts again."""
        held = json.loads(text)
        day = date.fromisoformat
        return cls(
            marks=tuple(Mark(day(on), session, code) for on, session, code in held["marks"]),
            terms=tuple((day(first), day(last)) for first, last in held["terms"]),
            closed=frozenset(map(day, held["closed"])),
            offence_from=day(held["offence"][0]),
            offence_to=day(held["offence"][1]),
            previous_elsewhere=tuple(_previous_in(one) for one in held["previous"]),
            asked_elsewhere=held["asked"],
            why=held["why"],
            proceedings=held["proceedings"],
        )


def _previous_out(one: Previous) -> dict[str, str | None]:
    days = {
        "issued": one.issued,
        "offence_from": one.offence_from,
        "withdrawn": one.withdrawn,
        "acquitted": one.acquitted,
    }
    return {name: on.isoformat() if on else None for name, on in days.items()}


def _previous_in(held: dict[str, Any]) -> Previous:
    return Previous(**{name: date.fromisoformat(on) if on else None for name, on in held.items()})  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Considered:
    """What the law and procedure say of these facts on this day, and the digest of all of it."""

    threshold: Threshold
    decision: IssueDecision
    amount: Amount
    deadlines: Deadlines
    previous: tuple[Previous, ...]
    # Nothing helps against these; each names its section.
    against: tuple[Reason, ...]
    # These stop the notice for now: somebody has to do something first.
    stops: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    unconfirmed: tuple[Reason, ...]
    posting: date
    digest: str
    number: str | None = None


def consider(
    facts: NoticeFacts,
    *,
    school_type: str | None,
    born: date,
    issued: date,
    posting: date,
    previous: Sequence[Previous],
    address_withheld: bool,
    printed: Iterable[str],
) -> Considered:
    """Ask the law about the facts. *printed* is everything else the letter says: names, addresses, the template.

    Raises LawError where a fact is missing or contradicts another.
    """
    counted = penalty_notice.threshold(marks=facts.marks, school_days=facts.school_days)
    decision = penalty_notice.may_issue(
        facts.proposal(counted, school_type=school_type, born=born, issued=issued, posting=posting, previous=previous)
    )
    amount = decision.amount or penalty_notice.Amount(reduced=None, full=None, ladder=None, because=())
    days = decision.deadlines or deadlines(facts.offence_from, posting)
    warnings = _told(decision.warnings)
    return Considered(
        threshold=counted,
        decision=decision,
        amount=amount,
        deadlines=days,
        previous=tuple(previous),
        against=(*_told(decision.against), *_no_sessions(facts)),
        stops=tuple(_stops(facts, warnings, address_withheld=address_withheld)),
        warnings=tuple(warnings),
        unconfirmed=tuple(_told((*decision.unconfirmed, *counted.unconfirmed))),
        posting=posting,
        digest=_digest(facts, amount, days, previous, printed),
    )


def _told(reasons: Iterable[LawReason]) -> list[Reason]:
    return [Reason(reason.rule, reason.source) for reason in dict.fromkeys(reasons)]


def _no_sessions(facts: NoticeFacts) -> list[Reason]:
    if facts.sessions:
        return []
    return [
        Reason(
            "The register shows no session with code G, N, O or U in the offence period", "Education Act 1996 s.444(1)"
        )
    ]


def _stops(facts: NoticeFacts, warnings: Sequence[Reason], *, address_withheld: bool) -> Iterable[Reason]:
    if address_withheld:
        yield Reason(
            "The child’s address is withheld from this parent. A legal officer, with a second person, has to record how "
            "the notice gives it all the same",
            "SI 2007/1867 reg 3(b)",
        )
    if warnings and not facts.why.strip():
        yield Reason(
            "Each warning needs your answer: record why the notice is right all the same", "SI 2007/1867 regs 14 to 16"
        )


def _digest(
    facts: NoticeFacts, amount: Amount, days: Deadlines, previous: Sequence[Previous], printed: Iterable[str]
) -> str:
    """Of everything that is approved. The days are left out: they follow the day of approval; the sums do not."""
    parts = [facts.to_json(), json.dumps([amount.reduced, amount.full, amount.ladder])]
    parts += [json.dumps([_previous_out(one) for one in previous]), days.charge_by.isoformat(), *printed]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def deadlines(offence_from: date, posted: date, *, reduced: bool = True) -> Deadlines:
    """The days that follow from posting first class on that day."""
    return penalty_notice.deadlines(offence_from=offence_from, posted=posted, reduced=reduced)


def is_paid(
    payments: Sequence[tuple[date, int]], *, reduced: int | None, full: int, reduced_until: date | None, pay_until: date
) -> bool:
    """Whether the reduced sum came by its last day, or the whole by the last day to pay. Payments as day and pence."""
    in_time = [(on, pence) for on, pence in payments if on <= pay_until]
    early = sum(pence for on, pence in in_time if reduced_until and on <= reduced_until)
    if reduced and early >= reduced * PENCE:
        return True
    return sum(pence for _, pence in in_time) >= full * PENCE


def against_withdrawal(ground: str, today: date, *, pay_until: date | None, paid: bool) -> list[Reason]:
    """Why it cannot be withdrawn on this ground today; empty if it can."""
    if ground != "unpaid":
        return []
    if paid:
        return [Reason("It was paid in full", "SI 2007/1867 reg 9")]
    if pay_until is None or today <= pay_until:
        return [Reason("The time to pay has not ended", "SI 2007/1867 reg 9")]
    return []
