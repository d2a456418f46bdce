"""One event about what somebody did, in the transaction in which it is done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from portal.audit import records as audit
from portal.audit.events import Event, Name
from portal.database import Transaction
from portal.logs import request_id
from portal.people.rules import Person

Outcome = Literal["done", "refused", "failed"]
Objects = Mapping[str, UUID | str]


def tell(  # what an event is, all of it at once
    tx: Transaction,
    now: datetime,
    person: Person | None,
    name: Name,
    *,
    objects: Objects,
    digests: Mapping[str, str] | None = None,
    facts: Mapping[str, str | int] | None = None,
    personal: Mapping[str, str] | None = None,
    outcome: Outcome = "done",
) -> UUID:
    """Write the event; with no *person*, the portal itself did it. *personal* values enter only as commitments."""
    event = Event(
        name=name,
        actor=person.id if person else None,
        acting=person.organisation if person else None,
        objects=objects,
        digests=digests or {},
        facts=facts or {},
        personal=personal or {},
        outcome=outcome,
        request=request_id.get(),
    )
    return audit.append(tx, event, now)
