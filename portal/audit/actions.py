"""What is done with the trail: it is sequenced, verified, exported, and one entry of it proved."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from portal.audit import records, tree
from portal.audit.records import Entry, Head
from portal.database import Database, Transaction
from portal.errors import Conflict, NotFound
from portal.parts import Parts

# An entry that has no place by then says that no sequencer runs.
LATE = timedelta(seconds=60)
AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Report:
    """What verifying found."""

    ok: bool
    entries: int
    unsequenced: int
    oldest_seconds: int
    first_difference: str | None
    size: int
    root: str


def prepare(parts: Parts) -> None:
    """Make the key and the name of this log, once; the name never changes."""
    signer = _signer(parts.config.keys_folder / "trail.key", f"portal/{parts.config.authority_code}")
    with parts.database.transaction() as tx:
        if records.checkpoint(tx) is None:
            first = tree.Checkpoint(signer.origin, 0, tree.EMPTY)
            tx.add(Head(id=1, origin=signer.origin, public=signer.public, size=0, edge=b"", note=signer.note(first)))


@lru_cache
def _signer(path: Path, origin: str) -> tree.Signer:
    """The log's key: 32 bytes that only their owner can read."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
    return tree.Signer(origin, path.read_bytes())


def sequence_now(parts: Parts) -> int:
    """Give every entry without a place its place, and sign the new head. Gives how many."""
    with parts.database.reading() as tx:
        if not tx.scalar(sa.select(sa.exists().where(Entry.sequence.is_(None)))):
            return 0
    with parts.database.transaction() as tx:
        return _sequence(tx, parts)


def _sequence(tx: Transaction, parts: Parts) -> int:
    """The head's row is locked, so there is one sequencer at a time: no fork, no gap. An entry that commits later
    simply has no place yet, and gets a later one.
    """
    head = tx.get_one(Head, 1, with_for_update=True)
    tx.refresh(head)
    waiting = tx.scalars(
        sa.select(Entry).where(Entry.sequence.is_(None)).order_by(Entry.time, Entry.id).limit(AT_ONCE)
    ).all()
    growing = records.growing(head)
    for entry in waiting:
        entry.sequence = growing.size
        growing.add(tree.leaf(entry.entry))
    signer = _signer(parts.config.keys_folder / "trail.key", head.origin)
    head.size, head.edge = growing.size, b"".join(growing.edge)
    head.note = signer.note(tree.Checkpoint(head.origin, growing.size, growing.root()))
    return len(waiting)


def verify_now(parts: Parts) -> Report:
    """Verify the whole trail: every stored byte hashed again, every column compared, head and signature checked."""
    with parts.database.reading() as tx:
        head = records.checkpoint(tx)
        if head is None:
            raise Conflict("this portal has no trail: run `portal init`")
        growing = tree.Growing()
        difference = next(_differences(tx, growing), None) or _head_differs(head, growing)
        waiting, oldest = tx.execute(
            sa.select(sa.func.count(), sa.func.min(Entry.time)).where(Entry.sequence.is_(None))
        ).one()
    seconds = int((parts.now() - _moment(oldest)).total_seconds()) if oldest else 0
    if difference is None and seconds > LATE.total_seconds():
        difference = (
            f"{waiting} entries have no place in the tree, the oldest for {seconds} seconds: is a worker running?"
        )
    return Report(
        ok=difference is None,
        entries=growing.size,
        unsequenced=waiting,
        oldest_seconds=seconds,
        first_difference=difference,
        size=head.size,
        root=growing.root().hex(),
    )


def _moment(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _differences(tx: Transaction, growing: tree.Growing) -> Iterator[str]:
    """What is wrong with entries, in order; grows the tree on the way."""
    wanted = sa.select(Entry.id, Entry.time, Entry.name, Entry.outcome, Entry.entry, Entry.sequence)
    ordered = wanted.where(Entry.sequence.is_not(None)).order_by(Entry.sequence).execution_options(yield_per=AT_ONCE)
    for row in tx.execute(ordered):
        if row.sequence != growing.size:
            yield f"entry {growing.size} is missing"
        if wrong := _columns_differ(row):
            yield f"entry {row.sequence} ({row.id}): {wrong}"
        growing.add(tree.leaf(row.entry))


def _columns_differ(row: sa.Row[UUID, datetime, str, str, bytes, int | None]) -> str | None:
    """A column may say nothing that the entry does not."""
    try:
        said = json.loads(row.entry)
    except ValueError:
        return "it is not JSON"
    shown = {
        "id": str(row.id),
        "name": row.name,
        "outcome": row.outcome,
        "time": row.time.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }
    wrong = [name for name, value in shown.items() if said.get(name) != value]
    return f"its {wrong[0]} is not what was written" if wrong else None


def _head_differs(head: Head, growing: tree.Growing) -> str | None:
    signed = tree.read_note(head.note, head.origin, head.public)
    if signed is None:
        return "the signature of the head does not hold"
    if signed.size != growing.size:
        return f"the signed head has {signed.size} entries, the trail {growing.size}"
    if signed.root != growing.root():
        return "an entry was changed: the signed head has another root"
    return None


def prove(database: Database, which: UUID) -> str:
    """The proof that an entry is in the tree, for anyone to check offline."""
    with database.reading() as tx:
        found = tx.get(Entry, which)
        head = records.checkpoint(tx)
        if found is None or head is None:
            raise NotFound("entry")
        if found.sequence is None:
            raise Conflict("This entry has no place in the tree yet. Try again in a minute")
        entries = tx.scalars(sa.select(Entry.entry).where(Entry.sequence < head.size).order_by(Entry.sequence))
        path = tree.inclusion([tree.leaf(one) for one in entries], found.sequence)
        return tree.proof(found.sequence, path, head.note)


def export(database: Database, folder: Path) -> None:
    """Entries, head and public key as files."""
    folder.mkdir(parents=True, exist_ok=True)
    with database.reading() as tx:
        head = records.checkpoint(tx)
        if head is None:
            raise Conflict("this portal has no trail: run `portal init`")
        wanted = sa.select(Entry.entry).where(Entry.sequence < head.size).order_by(Entry.sequence)
        with (folder / "entries.jsonl").open("wb") as file:
            file.writelines(entry + b"\n" for entry in tx.scalars(wanted.execution_options(yield_per=AT_ONCE)))
        (folder / "checkpoint").write_text(head.note, encoding="utf-8")
        (folder / "public.key").write_text(f"{head.origin}\n{head.public.hex()}\n", encoding="utf-8")


def verify_export(folder: Path) -> str | None:
    """What is wrong with an export; None where it is whole."""
    origin, public = (folder / "public.key").read_text(encoding="utf-8").split()
    signed = tree.read_note((folder / "checkpoint").read_text(encoding="utf-8"), origin, bytes.fromhex(public))
    if signed is None:
        return "the signature of the head does not hold"
    growing = tree.Growing()
    with (folder / "entries.jsonl").open("rb") as file:
        for line in file:
            growing.add(tree.leaf(line.removesuffix(b"\n")))
    if (growing.size, growing.root()) != (signed.size, signed.root):
        return "the entries are not those that the head was signed over"
    return None
