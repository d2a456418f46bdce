"""What the officer typed, read into facts; and what the law finds wrong with them, in words."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.errors import AnswersWrong
from portal.law.errors import FactMissing, FactWrong, LawError
from portal.law.penalty_notice import Previous
from portal.notices import extract, register
from portal.notices.rules import NoticeFacts
from portal.parts import Parts


def facts(parts: Parts, typed: Mapping[str, Any], upload: Any) -> NoticeFacts:
    """The facts of a proposal. Raises AnswersWrong naming the field and the line."""
    rows = extract.rows(parts, upload) if upload else register.rows_of(typed["marks"] or "")
    if typed["offence_to"] < typed["offence_from"]:
        raise AnswersWrong({"offence_to": "The last day must not be before the first day"})
    return NoticeFacts(
        marks=register.marks(rows),
        terms=register.terms(typed["terms"] or ""),
        closed=register.closed(typed["closed"] or ""),
        offence_from=typed["offence_from"],
        offence_to=typed["offence_to"],
        previous_elsewhere=_previous(typed["elsewhere"] or ""),
        asked_elsewhere=typed["asked"],
        why=typed["why"] or "",
        proceedings=typed["proceedings"],
    )


def _previous(text: str) -> tuple[Previous, ...]:
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, _, last = line.partition(",")
        issued, offence_from = register.day(first), register.day(last)
        if issued is None or offence_from is None:
            raise AnswersWrong({"elsewhere": f"“{line}” must be two dates, such as 3 March 2026, 12 January 2026"})
        found.append(Previous(issued=issued, offence_from=offence_from))
    return tuple(found)


def pence(typed: str | None) -> int:
    """Pounds as typed, in pence; 0 for what is no sum."""
    try:
        value = Decimal((typed or "").strip().lstrip("£").replace(",", "")) * 100
    except InvalidOperation:
        return 0
    return int(value) if value > 0 and value == value.to_integral_value() else 0


def in_words(fault: LawError) -> str:
    """What the law cannot answer, and what to do about it."""
    if isinstance(fault, FactMissing):
        return f"The register is not whole: {', '.join(fault.names)}. Add them, or the closed days"
    if isinstance(fault, FactWrong):
        return f"Check the register and the calendar: {fault.why}"
    return f"The dates cannot be reckoned: {fault}"
