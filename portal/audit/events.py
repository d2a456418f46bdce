"""The closed vocabulary of what can happen. A name is `noun.past_participle` and never changes. Pure.

An entry is the RFC 8785 JSON of one event: strings and whole numbers only, at most 65 535 bytes, and of personal
values only a commitment, so that the proofs stay whole when the value is erased.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Literal
from uuid import UUID

import rfc8785

LARGEST = 65_535
SALT = 32


class Name(StrEnum):
    """Everything the trail can say."""

    PORTAL_INITIALISED = "portal.initialised"
    PORTAL_DEMONSTRATED = "portal.demonstrated"
    ORGANISATION_ADDED = "organisation.added"
    ORGANISATION_CHANGED = "organisation.changed"
    PERSON_INVITED = "person.invited"
    PERSON_JOINED = "person.joined"
    PERSON_CHANGED = "person.changed"
    PERSON_DISABLED = "person.disabled"
    PERSON_ENABLED = "person.enabled"
    PERSON_SIGNED_IN = "person.signed_in"
    PERSON_SIGNED_OUT = "person.signed_out"
    PERSON_SIGN_IN_REFUSED = "person.sign_in_refused"
    PERSON_LOCKED_OUT = "person.locked_out"
    PERSON_PASSWORD_CHANGED = "person.password_changed"  # noqa: S105  a name, no secret
    PERSON_CODES_RENEWED = "person.codes_renewed"
    INVITATION_CANCELLED = "invitation.cancelled"
    DEVICE_ENDED = "device.ended"
    TRANSFER_SENT = "transfer.sent"
    TRANSFER_OPENED = "transfer.opened"
    TRANSFER_ACKNOWLEDGED = "transfer.acknowledged"
    DOCUMENT_RECEIVED = "document.received"
    DOCUMENT_REFUSED = "document.refused"
    DOCUMENT_RELEASED = "document.released"
    DOCUMENT_OPENED = "document.opened"
    PUPIL_ADDED = "pupil.added"
    PUPIL_OPENED = "pupil.opened"
    ADDRESS_WITHHELD = "address.withheld"
    ADDRESS_RESOLVED = "address.resolved"
    NOTICE_PROPOSED = "notice.proposed"
    NOTICE_CHANGED = "notice.changed"
    NOTICE_SENT_FOR_APPROVAL = "notice.sent_for_approval"
    NOTICE_RETURNED = "notice.returned"
    NOTICE_APPROVED = "notice.approved"
    NOTICE_ISSUED = "notice.issued"
    NOTICE_POSTED = "notice.posted"
    NOTICE_SPOILED = "notice.spoiled"
    NOTICE_PAID = "notice.paid"
    NOTICE_WITHDRAWN = "notice.withdrawn"
    NOTICE_REFUSED = "notice.refused"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, told once and never edited. *personal* values never enter the entry."""

    name: Name
    actor: UUID | None
    acting: UUID | None
    objects: Mapping[str, UUID | str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str | int] = field(default_factory=dict)
    personal: Mapping[str, str] = field(default_factory=dict)
    outcome: Literal["done", "refused", "failed"] = "done"
    request: str | None = None


class EntryTooLarge(ValueError):
    """The event says too much for one entry."""


def commitment(salt: bytes, value: str) -> str:
    """What an entry says of a personal value: nothing, without the salt."""
    return hmac.digest(salt, value.encode(), sha256).hex()


def entry(which: UUID, at: datetime, event: Event, salts: Mapping[str, bytes]) -> bytes:
    """The canonical bytes of an event. They are stored, hashed and verified as they are."""
    body = {
        "id": str(which),
        "time": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "name": event.name.value,
        "actor": str(event.actor or ""),
        "acting": str(event.acting or ""),
        "objects": {kind: str(one) for kind, one in event.objects.items()},
        "digests": dict(event.digests),
        "facts": dict(event.facts),
        "personal": {name: commitment(salts[name], value) for name, value in event.personal.items()},
        "outcome": event.outcome,
        "request": event.request or "",
    }
    made = rfc8785.dumps(body)
    if len(made) > LARGEST:
        raise EntryTooLarge("an entry of the trail holds at most 65,535 bytes")
    return made
