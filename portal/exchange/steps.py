"""Single acts on drafts and transfers, each inside a transaction that its caller opened."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from portal import jobs
from portal.audit.events import Name
from portal.database import Transaction
from portal.documents import records as documents
from portal.errors import AnswersWrong, Conflict, NotPermitted
from portal.exchange import rules
from portal.exchange.records import Draft, Transfer, TransferKind, TransferState
from portal.people.rules import Action, Person, may
from portal.people.telling import tell

SENDING = {
    TransferKind.LEAVER: (Action.SEND_LEAVER, "CM1"),
    TransferKind.CTF: (Action.SEND_TRANSFER, "CTF"),
    TransferKind.RECORD: (Action.SEND_TRANSFER, "REC"),
}


def ask(person: Person, kind: TransferKind) -> None:
    """Raise NotPermitted where this person may not send this kind."""
    if not may(person, SENDING[kind][0]):
        raise NotPermitted(f"Your account cannot send a {kind}")


def send(  # what a transfer is, all of it at once
    tx: Transaction, now: datetime, person: Person, draft: UUID, *, kind: TransferKind, recipient: UUID, summary: bytes
) -> Transfer:
    """Turn a draft into a transfer. A second try gives the first one's transfer back."""
    ask(person, kind)
    there = tx.get(Transfer, draft)
    if there is not None:
        return _same(there, person)
    begun = tx.get(Draft, draft)
    if begun is None or begun.person != person.id or begun.kind is not kind:
        raise Conflict("This form is no longer here. Look under Sent whether it has gone")
    files = documents.in_folder(tx, draft)
    if not files:
        raise AnswersWrong({"file": "Select a file"})
    facts = {"kind": kind.value, "size": sum(file.size for file in files)}
    objects: dict[str, UUID | str] = {"transfer": draft, "recipient": recipient}
    digests = {f"file.{number}": file.sha256 for number, file in enumerate(files, 1)}
    told = tell(tx, now, person, Name.TRANSFER_SENT, objects=objects, digests=digests, facts=facts)
    made = Transfer(
        id=draft,
        reference=rules.reference(SENDING[kind][1], draft),
        kind=kind,
        state=TransferState.WAITING,
        sender=person.organisation,
        sent_by=person.id,
        recipient=recipient,
        sent=now,
        sent_event=told,
        summary=summary,
    )
    tx.add(made)
    tx.execute(sa.delete(Draft).where(Draft.id == draft))
    tx.flush()
    jobs.enqueue(tx, "tell_waiting", draft, once="sent")
    return made


def _same(there: Transfer, person: Person) -> Transfer:
    if there.sent_by != person.id:
        raise Conflict("This form is no longer here. Look under Sent whether it has gone")
    return there
