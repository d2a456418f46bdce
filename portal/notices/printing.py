"""What a penalty notice prints: the matter, the reckoning and the settings, as the letter's fields."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from portal.config import Config
from portal.law import codes
from portal.law.codes import Mark
from portal.notices.records import PenaltyNotice
from portal.notices.rules import Considered, NoticeFacts
from portal.paperwork import letters
from portal.paperwork.docx import render
from portal.paperwork.letters import Letter
from portal.parts import Parts

if TYPE_CHECKING:
    from portal.notices.considering import Matter

NAME = "penalty-notice"
OFFICE = "Authorised officer of the local authority"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@lru_cache
def letter() -> Letter:
    """The letter, as it came with the portal."""
    return letters.load(NAME)


def version(on: date) -> str:
    """Which template and which declaration are in force that day."""
    return letter().version_on(on)


def is_draft(on: date) -> bool:
    """Whether no solicitor has approved the letter yet."""
    del on
    return letter().is_draft


def docx(
    parts: Parts,
    notice: PenaltyNotice,
    found: "Matter",
    considered: Considered,
    *,
    facts: NoticeFacts,
    officer: str,
    preview: bool,
) -> bytes:
    """The letter as a Word document. Raises LetterWrong naming every field that is missing or off."""
    issued = notice.issued or parts.today()
    fields: dict[str, object] = {
        **_ours(parts.config, notice.number or "To be given"),
        **_people(parts, found),
        **_offence(notice, facts),
        **_sums(considered),
        "issued": said(issued),
        "planned_posting": said(notice.planned_posting),
        "officer_name": officer,
        "officer_office": OFFICE,
        "draft_mark": _mark(preview=preview),
    }
    if wrong := letters.check(letter(), fields):
        raise letters.LetterWrong("; ".join(wrong))
    return render(letter().template_on(issued), fields)


def _ours(config: Config, number: str) -> dict[str, object]:
    return {
        "authority_name": config.authority_name,
        "authority_address": lines(config.authority_address),
        "contact_phone": config.contact_phone,
        "contact_email": config.contact_email,
        "payment_methods": config.payment_methods,
        "title": f"Penalty notice {number}",
        "reference": number,
        "number": number,
    }


def _people(parts: Parts, found: "Matter") -> dict[str, object]:
    from portal.notices.considering import opened

    people = opened(parts, found)
    return {
        "parent_name": people.parent_name,
        "parent_address": lines(people.parent_address),
        "child_name": people.child_name,
        "child_address": lines(people.child_address),
        "school_name": people.school_name,
    }


def _offence(notice: PenaltyNotice, facts: NoticeFacts) -> dict[str, object]:
    return {
        "offence_from": said(notice.offence_from),
        "offence_to": said(notice.offence_to),
        "sessions": [_session(mark) for mark in facts.sessions],
        "session_count": len(facts.sessions),
    }


def _sums(considered: Considered) -> dict[str, object]:
    sums, days = considered.amount, considered.deadlines
    return {
        "is_first": sums.reduced is not None,
        "reduced": f"£{sums.reduced}" if sums.reduced else "",
        "full": f"£{sums.full}",
        "reduced_until": said(days.reduced_until) if days.reduced_until and sums.reduced else "",
        "received": said(days.received),
        "pay_until": said(days.pay_until),
        "proceedings_from": said(days.proceedings_from),
        "previous_count": len(sums.counted),
    }


def _mark(*, preview: bool) -> str:
    if preview:
        return "Preview: not issued"
    return "Draft: not yet approved by a solicitor" if letter().is_draft else ""


def _session(mark: Mark) -> dict[str, str]:
    meaning = codes.attendance(mark.code, mark.day).meaning
    return {
        "day": said(mark.day),
        "session": {"am": "Morning", "pm": "Afternoon"}[mark.session],
        "code": mark.code,
        "meaning": meaning,
    }


def lines(address: str) -> list[str]:
    """An address as its lines, whether it was typed with commas or line by line."""
    return [line.strip() for line in address.replace("\n", ",").split(",") if line.strip()]


def said(day: date) -> str:
    """`23 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
