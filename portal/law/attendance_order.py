"""School attendance orders under the Education Act 1996 ss.437-441: the waiting periods and the gate to serving."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.law.errors import FactMissing, FactWrong
from portal.law.periods import days_later, last_of
from portal.law.rows import Answer, Reason, Row, reasons, rule

School = Literal["maintained", "academy", "independent", "special"]


@dataclass(frozen=True, kw_only=True)
class OrderDeadlines(Answer):
    """*order_from* None: *why_not_yet* says what has to happen first."""

    satisfy_until: date
    decide_from: date
    choose_until: date | None
    order_from: date | None
    why_not_yet: str | None


@dataclass(frozen=True, kw_only=True)
class OrderProposal:
    """The facts of an order proposed to be served on *on*. Dates None: that has not happened."""

    on: date
    notice_served: date
    satisfied: bool
    expedient: bool
    supervision_order: bool
    ehc_plan: bool
    school: School
    every_parent_served: bool
    plan_names_school: bool | None = None
    consulted: bool | None = None
    decision_received: date | None = None
    direction: bool = False
    agreed: bool | None = None
    over_number: bool | None = None
    infant_prejudice: bool | None = None
    excluded_from: bool | None = None
    choice_served: date | None = None
    choice_honoured: bool | None = None


@dataclass(frozen=True, kw_only=True)
class OrderDecision(Answer):
    """Whether the order may be served, and every reason why not."""

    may: bool
    against: tuple[Reason, ...]


def deadlines(
    *,
    notice_served: date,
    ehc_plan: bool,
    choice_served: date | None = None,
    school_notice_received: date | None = None,
) -> OrderDeadlines:
    """The windows of ss.437, 438 and 439, counted with the day of service (or receipt) as the first."""
    _not_before("choice_served", choice_served, notice_served)
    satisfy, choice, objection = (
        rule(f"attendance-order.{name}", notice_served) for name in ("satisfy", "choice", "objection")
    )
    ends = [_ends(satisfy, notice_served)]
    choose_until = None if ehc_plan or choice_served is None else _ends(choice, choice_served)
    used = [satisfy, rule("attendance-order.plan", notice_served) if ehc_plan else choice]
    if choose_until is not None:
        ends.append(choose_until)
    if school_notice_received is not None:
        ends.append(_ends(objection, school_notice_received))
        used.append(objection)
    waits = not ehc_plan and choice_served is None
    return OrderDeadlines(
        satisfy_until=ends[0],
        decide_from=days_later(ends[0], 1),
        choose_until=choose_until,
        order_from=None if waits else days_later(max(ends), 1),
        why_not_yet="The s.438 notice is not served: its 15 days come first" if waits else None,
        because=reasons(*used),
    )


def may_serve(facts: OrderProposal) -> OrderDecision:
    """Whether the order may be served that day. FactMissing names what the child's or school's kind asks for."""
    _complete(facts)
    against = (*_conditions(facts), *_naming(facts), *_SCHOOLS[facts.school](facts))
    used = [_row(name, facts) for name in ("satisfy", "not-satisfied", "expedient")]
    used.append(_row("plan" if facts.ehc_plan else "choice", facts))
    return OrderDecision(may=not against, against=against, because=reasons(*used, *against))


def _row(name: str, facts: OrderProposal) -> Row:
    return rule(f"attendance-order.{name}", facts.notice_served)


def _ends(row: Row, beginning: date) -> date:
    return last_of(beginning, row.number("days"))


def _not_before(name: str, day: date | None, notice_served: date) -> None:
    if day is not None and day < notice_served:
        raise FactWrong(name, f"{day} is before the s.437 notice was served on {notice_served}")


def _complete(facts: OrderProposal) -> None:
    _not_before("choice_served", facts.choice_served, facts.notice_served)
    wanted = ["plan_names_school"] if facts.ehc_plan else []
    if not facts.ehc_plan and facts.choice_served is not None:
        wanted.append("choice_honoured")
    if facts.school == "maintained":
        wanted += ["consulted", "over_number", "infant_prejudice", "excluded_from"]
    elif not facts.direction and not (facts.school != "academy" and facts.plan_names_school):
        wanted.append("agreed")
    if missing := [name for name in wanted if getattr(facts, name) is None]:
        raise FactMissing(*missing)


def _conditions(facts: OrderProposal) -> Iterator[Reason]:
    """What s.437 asks whatever the child and the school."""
    ends = _ends(_row("satisfy", facts), facts.notice_served)
    if facts.on <= ends:
        yield _row("satisfy", facts).reason(f"The parent has until {ends} to satisfy the authority")
    if facts.satisfied:
        yield _row("not-satisfied", facts).reason("The parent satisfied the authority")
    if not facts.expedient:
        yield _row("expedient", facts).reason("The authority is not of opinion that school attendance is expedient")
    if facts.supervision_order:
        yield _row("supervision", facts).reason("An education supervision order is in force")
    if not facts.every_parent_served:
        yield _row("every-parent", facts).reason("Not every parent was served")


def _naming(facts: OrderProposal) -> Iterator[Reason]:
    """How the school to be named is found: the plan's, or the parent's choice."""
    if facts.ehc_plan:
        if not facts.plan_names_school:
            yield _row("plan", facts).reason("The EHC plan names no school: it is amended first")
        return
    row = _row("choice", facts)
    if facts.choice_served is None:
        yield row.reason("The s.438 notice was not served")
        return
    if facts.on <= (ends := _ends(row, facts.choice_served)):
        yield row.reason(f"The parent has until {ends} to choose a school")
    if not facts.choice_honoured:
        yield _row("choice-honoured", facts).reason(
            "The order does not name the school that the parent's choice requires"
        )


def _maintained(facts: OrderProposal) -> Iterator[Reason]:
    if not facts.consulted:
        yield _row("consult", facts).reason("Governing body and admission authority were not consulted")
    yield from _decision(facts)
    for name, row in (
        ("over_number", "over-number"),
        ("infant_prejudice", "infant"),
        ("excluded_from", "excluded"),
    ):
        if getattr(facts, name):
            yield _row(row, facts).reason()


def _decision(facts: OrderProposal) -> Iterator[Reason]:
    """The school's 15 days to object; a direction of the Secretary of State ends the wait."""
    if facts.direction:
        return
    if facts.decision_received is None:
        yield _row("decision", facts).reason("The decision was not notified to governing body and head")
        return
    row = _row("objection", facts)
    if facts.on <= (ends := _ends(row, facts.decision_received)):
        yield row.reason(f"The school may apply for a direction until {ends}")


def _academy(facts: OrderProposal) -> Iterator[Reason]:
    if not (facts.agreed or facts.direction):
        yield _row("academy", facts).reason("Neither the trust's agreement nor a direction of the Secretary of State")


def _other(facts: OrderProposal) -> Iterator[Reason]:
    if not (facts.agreed or facts.direction or facts.plan_names_school):
        yield _row("other-school", facts).reason("The school has not agreed")


_SCHOOLS = {
    "maintained": _maintained,
    "academy": _academy,
    "independent": _other,
    "special": _other,
}
