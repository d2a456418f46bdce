"""Transfers: who sent what to whom, and how far it has come."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Transaction
from portal.errors import NotFound, NotPermitted
from portal.people.rules import Action, Person, may


def _words(kind: type[StrEnum], length: int) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, length=length, values_callable=lambda e: [m.value for m in e])


class TransferKind(StrEnum):
    """What is sent, in the words people use."""

    LEAVER = "CME 1 leaver form"
    CTF = "common transfer file"
    RECORD = "record"


class TransferState(StrEnum):
    """How far it has come."""

    WAITING = "waiting"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"


class Draft(Base):
    """What somebody has begun to send. Kept sealed, so that nothing typed is lost; its id becomes the transfer's."""

    __tablename__ = "draft"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    person: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[TransferKind] = mapped_column(_words(TransferKind, 40))
    answers: Mapped[bytes] = mapped_column(sa.LargeBinary)
    changed: Mapped[datetime]


class Transfer(Base):
    """Something sent from one organisation to another. Its files lie in the folder of the same id."""

    __tablename__ = "transfer"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(sa.String(20), unique=True)
    kind: Mapped[TransferKind] = mapped_column(_words(TransferKind, 40))
    state: Mapped[TransferState] = mapped_column(_words(TransferState, 20), default=TransferState.WAITING)
    sender: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    sent_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    recipient: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    sent: Mapped[datetime]
    sent_event: Mapped[UUID]
    opened: Mapped[datetime | None]
    acknowledged: Mapped[datetime | None]
    # What was read from the file or said about it, as sealed JSON.
    summary: Mapped[bytes] = mapped_column(sa.LargeBinary)

    @property
    def parties(self) -> frozenset[UUID]:
        return frozenset({self.sender, self.recipient, self.sent_by})


sa.Index("ix_transfer_inbox", Transfer.recipient, Transfer.sent.desc(), Transfer.id)
sa.Index("ix_transfer_sent", Transfer.sender, Transfer.sent.desc(), Transfer.id)


def get(tx: Transaction, which: UUID, *, by: Person, to: Action) -> Transfer:
    """The transfer, if *by* may do *to* with it. There is no other way to one."""
    found = tx.get(Transfer, which)
    if found is None or not may(by, Action.READ_TRANSFER, found.parties):
        raise NotFound("transfer")
    # To open or acknowledge is the recipient's; the sender keeps its own copy and only reads how far it has come.
    parties = found.parties if to is Action.READ_TRANSFER else frozenset({found.recipient})
    if not may(by, to, parties):
        raise NotPermitted("Only the organisation it was sent to can do this")
    return found


def draft(tx: Transaction, which: UUID, *, by: Person) -> Draft:
    """What this person has begun; nobody else sees it."""
    found = tx.get(Draft, which)
    if found is None or found.person != by.id:
        raise NotFound("draft")
    return found


def drafts(tx: Transaction, *, by: Person) -> list[Draft]:
    return list(tx.scalars(sa.select(Draft).where(Draft.person == by.id).order_by(Draft.changed.desc())))
