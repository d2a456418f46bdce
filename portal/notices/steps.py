"""Single acts on a penalty notice, each inside a transaction that its caller opened."""

from datetime import datetime
from uuid import UUID

from portal.audit.events import Name
from portal.database import Transaction
from portal.errors import Conflict
from portal.notices.records import NoticeState, PenaltyNotice
from portal.people import telling
from portal.people.rules import Person


def tell(  # one event about one notice
    tx: Transaction,
    now: datetime,
    person: Person | None,
    name: Name,
    notice: PenaltyNotice,
    *,
    digests: dict[str, str] | None = None,
    facts: dict[str, str | int] | None = None,
    personal: dict[str, str] | None = None,
) -> UUID:
    """Write one event about this notice; its number is a fact once it has one."""
    said = {"number": notice.number} if notice.number else {}
    objects: dict[str, UUID | str] = {"notice": notice.id, "pupil": notice.pupil, "parent": notice.parent}
    return telling.tell(
        tx, now, person, name, objects=objects, digests=digests, facts=said | (facts or {}), personal=personal
    )


def expect(notice: PenaltyNotice, *states: NoticeState) -> None:
    """Raise Conflict where the notice has moved on since the page was shown."""
    if notice.state not in states:
        raise Conflict(f"This notice is {notice.state} now. Look at its page again")
