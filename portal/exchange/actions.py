"""What people do with transfers: begin, attach, send, look, open, acknowledge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from portal import jobs
from portal.audit import records as audit
from portal.audit.events import Name
from portal.documents import custody
from portal.documents import records as documents
from portal.documents.records import Document, ScanState
from portal.errors import Held, UploadRefused
from portal.exchange import records, steps
from portal.exchange.looking import HeldFile, begun, shown
from portal.exchange.records import Draft, Transfer, TransferKind, TransferState
from portal.exchange.sealing import Answers, seal, unseal
from portal.parts import Parts
from portal.people import records as people
from portal.people.account import Account
from portal.people.rules import Action, Person, may
from portal.people.telling import tell

PAGE = 50
Rows = Sequence[Any]


@dataclass(frozen=True)
class Seen:
    """A transfer as its parties see it."""

    id: UUID
    reference: str
    kind: TransferKind
    state: TransferState
    sender: str
    sender_number: str
    sent_by: str
    recipient: str
    sent: datetime
    opened: datetime | None
    acknowledged: datetime | None
    event: UUID
    index: int | None
    mine_to_answer: bool
    answers: Answers
    files: tuple[HeldFile, ...]


def begin(parts: Parts, person: Person, kind: TransferKind) -> UUID:
    """Start a form. Gives the id of its draft, which becomes the transfer's."""
    steps.ask(person, kind)
    which = uuid4()
    sealed = seal(parts, which, {})
    with parts.database.transaction() as tx:
        tx.add(Draft(id=which, person=person.id, kind=kind, answers=sealed, changed=parts.now()))
    return which


def drafts(parts: Parts, person: Person) -> list[Draft]:
    """What this person has begun and not sent, newest first."""
    with parts.database.reading() as tx:
        return records.drafts(tx, by=person)


def answer(parts: Parts, person: Person, which: UUID, answers: Answers) -> None:
    """Keep these answers beside those already given."""
    before = begun(parts, person, which)
    sealed = seal(parts, which, before.answers | answers)
    with parts.database.transaction() as tx:
        found = records.draft(tx, which, by=person)
        found.answers, found.changed = sealed, parts.now()


def attach(
    parts: Parts, person: Person, which: UUID, stream: IO[bytes], *, called: str, wanted: custody.Wanted
) -> Document:
    """Take the file of a form; it replaces one attached before. Raises UploadRefused and keeps nothing of it."""
    begun(parts, person, which)
    try:
        taken = custody.receive(parts, which, stream, called=called, wanted=wanted)
    except UploadRefused as refused:
        _tell_refused(parts, person, which, refused)
        raise
    with parts.database.transaction() as tx:
        records.draft(tx, which, by=person)
        before = documents.in_folder(tx, which)
        for old in before:
            tx.delete(old)
        tx.add(taken)
        objects = {"document": taken.id, "transfer": which}
        facts: dict[str, str | int] = {"kind": taken.kind, "size": taken.size, "scan": taken.scan.value}
        tell(
            tx,
            parts.now(),
            person,
            Name.DOCUMENT_RECEIVED,
            objects=objects,
            digests={"sha256": taken.sha256},
            facts=facts,
        )
    for old in before:
        parts.vault.destroy(old.name)
    return taken


def _tell_refused(parts: Parts, person: Person, which: UUID, refused: UploadRefused) -> None:
    with parts.database.transaction() as tx:
        facts = {"why": type(refused).__name__}
        tell(
            tx, parts.now(), person, Name.DOCUMENT_REFUSED, objects={"transfer": which}, facts=facts, outcome="refused"
        )


def send(parts: Parts, person: Person, which: UUID) -> UUID:
    """Send a draft that needs no more than its file, to the home authority. Twice sends once."""
    with parts.database.reading() as tx:
        there = tx.get(Transfer, which)
    if there is not None and there.sent_by == person.id:
        return which
    ready = begun(parts, person, which)
    sealed = seal(parts, which, ready.answers)
    with parts.database.transaction() as tx:
        home = people.home(tx)
        steps.send(tx, parts.now(), person, which, kind=ready.kind, recipient=home.id, summary=sealed)
    return which


def inbox(parts: Parts, person: Person, *, waiting: bool = False, before: datetime | None = None) -> Rows:
    """What was sent to this person's organisation, newest first, a page at a time."""
    if not may(person, Action.OPEN_TRANSFER):
        return []
    wanted = _rows().where(Transfer.recipient == person.organisation)
    if waiting:
        wanted = wanted.where(Transfer.state != TransferState.ACKNOWLEDGED)
    return _listed(parts, wanted, before)


def sent(parts: Parts, person: Person, before: datetime | None = None) -> Rows:
    """What this person's organisation has sent; for the Customer Resolution Centre, what this person has."""
    if not may(person, Action.READ_TRANSFER):
        return []
    mine = Transfer.sent_by == person.id
    if may(person, Action.OPEN_TRANSFER):
        mine = Transfer.sender == person.organisation
    return _listed(parts, _rows().where(mine), before)


def _rows() -> Any:
    sender, recipient = sa.orm.aliased(people.Organisation), sa.orm.aliased(people.Organisation)
    return (
        sa.select(
            *(Transfer.id, Transfer.reference, Transfer.kind, Transfer.state, Transfer.sent, Transfer.acknowledged),
            *(sender.name.label("sender"), recipient.name.label("recipient")),
        )
        .join(sender, sender.id == Transfer.sender)
        .join(recipient, recipient.id == Transfer.recipient)
        .order_by(Transfer.sent.desc(), Transfer.id)
        .limit(PAGE)
    )


def _listed(parts: Parts, wanted: Any, before: datetime | None) -> Rows:
    with parts.database.reading() as tx:
        return tx.execute(wanted.where(Transfer.sent < before) if before else wanted).all()


def look(parts: Parts, person: Person, which: UUID) -> Seen:
    """The transfer as its page and its receipt show it."""
    with parts.database.reading() as tx:
        found = records.get(tx, which, by=person, to=Action.READ_TRANSFER)
        sender, recipient = people.organisation(tx, found.sender), people.organisation(tx, found.recipient)
        sent_by = tx.get_one(Account, found.sent_by).name
        files = documents.in_folder(tx, which)
        index = audit.index_of(tx, found.sent_event)
    answers = unseal(parts, which, found.summary)
    mine = may(person, Action.ACKNOWLEDGE_TRANSFER, {found.recipient})
    return Seen(
        id=which,
        reference=found.reference,
        kind=found.kind,
        state=found.state,
        sender=sender.name,
        sender_number=sender.dfe_number or sender.authority_code or "",
        sent_by=sent_by,
        recipient=recipient.name,
        sent=found.sent,
        opened=found.opened,
        acknowledged=found.acknowledged,
        event=found.sent_event,
        index=index,
        mine_to_answer=mine,
        answers=answers,
        files=tuple(shown(parts, file) for file in files),
    )


def open_file(parts: Parts, person: Person, which: UUID, file: UUID) -> tuple[HeldFile, Iterator[bytes]]:
    """The file, byte for byte as it was sent; the opening is in the trail before the first byte leaves.

    Raises Held while the file waits for the scanner.
    """
    with parts.database.transaction() as tx:
        found = records.get(tx, which, by=person, to=Action.OPEN_TRANSFER)
        held = documents.document(tx, file, folder=which)
        if held.scan is ScanState.HELD:
            raise Held("This file waits to be checked for viruses. Nobody can open it yet. Try again in a few minutes")
        objects = {"document": file, "transfer": which}
        tell(tx, parts.now(), person, Name.DOCUMENT_OPENED, objects=objects, digests={"sha256": held.sha256})
        if found.state is TransferState.WAITING:
            found.state, found.opened = TransferState.OPENED, parts.now()
            tell(tx, parts.now(), person, Name.TRANSFER_OPENED, objects={"transfer": which})
    return shown(parts, held), custody.stream(parts, held)


def acknowledge(parts: Parts, person: Person, which: UUID) -> None:
    """Say that it has arrived and will be dealt with; the sender is told. A second time changes nothing."""
    with parts.database.transaction() as tx:
        found = records.get(tx, which, by=person, to=Action.ACKNOWLEDGE_TRANSFER)
        if found.state is TransferState.ACKNOWLEDGED:
            return
        found.state, found.acknowledged = TransferState.ACKNOWLEDGED, parts.now()
        tell(tx, parts.now(), person, Name.TRANSFER_ACKNOWLEDGED, objects={"transfer": which})
        jobs.enqueue(tx, "tell_acknowledged", which, once="acknowledged")
