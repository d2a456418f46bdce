"""A draft and its files, as whoever sends them sees them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.documents import records as documents
from portal.documents.records import Document, ScanState
from portal.exchange import records
from portal.exchange.records import TransferKind
from portal.exchange.sealing import Answers, unseal
from portal.parts import Parts
from portal.people.rules import Person


@dataclass(frozen=True)
class HeldFile:
    """A file as a page shows it."""

    id: UUID
    called: str
    kind: str
    size: int
    sha256: str
    scan: ScanState
    received: datetime


@dataclass(frozen=True)
class Begun:
    """A draft: what was typed so far, and what was attached."""

    id: UUID
    kind: TransferKind
    answers: Answers
    files: tuple[HeldFile, ...]


def begun(parts: Parts, person: Person, which: UUID) -> Begun:
    """What this person has typed and attached so far."""
    with parts.database.reading() as tx:
        found = records.draft(tx, which, by=person)
        files = documents.in_folder(tx, which)
    return Begun(which, found.kind, unseal(parts, which, found.answers), tuple(shown(parts, f) for f in files))


def shown(parts: Parts, file: Document) -> HeldFile:
    called = parts.vault.open_text(str(file.folder), file.called, f"called {file.id}")
    return HeldFile(file.id, called, file.kind, file.size, file.sha256, file.scan, file.received)
