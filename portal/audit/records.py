"""The rows of the trail. An entry is written in the action's own transaction, unsequenced; its place in the tree
comes after. The database itself refuses to change or delete one.
"""

import os
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.audit import tree
from portal.audit.events import SALT, Event, entry
from portal.database import Base, Transaction


class Entry(Base):
    """One entry: its canonical bytes, and what lists are made from."""

    __tablename__ = "trail_entry"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    time: Mapped[datetime] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(sa.String(60), index=True)
    outcome: Mapped[str] = mapped_column(sa.String(10))
    entry: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sequence: Mapped[int | None] = mapped_column(sa.BigInteger, unique=True)


sa.Index(
    "ix_trail_entry_unsequenced",
    Entry.time,
    sqlite_where=Entry.sequence.is_(None),
    postgresql_where=Entry.sequence.is_(None),
)


class Salt(Base):
    """What opens a commitment; destroyed with the record, and the proofs stay whole."""

    __tablename__ = "trail_salt"
    entry: Mapped[UUID] = mapped_column(sa.ForeignKey("trail_entry.id"), primary_key=True)
    field: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    salt: Mapped[bytes] = mapped_column(sa.LargeBinary)


class About(Base):
    """Which entries speak of which object."""

    __tablename__ = "trail_about"
    entry: Mapped[UUID] = mapped_column(sa.ForeignKey("trail_entry.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(30), primary_key=True)
    object: Mapped[str] = mapped_column(sa.String(80), index=True)


class Head(Base):
    """The log's name, its newest signed checkpoint and the right edge of its tree: one row, and the sequencer's lock."""

    __tablename__ = "trail_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str] = mapped_column(sa.String(200))
    public: Mapped[bytes] = mapped_column(sa.LargeBinary)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    edge: Mapped[bytes] = mapped_column(sa.LargeBinary)
    note: Mapped[str] = mapped_column(sa.Text)


def append(tx: Transaction, event: Event, now: datetime) -> UUID:
    """Write the event in the caller's transaction: the act and its entry stand or fall together."""
    which = uuid4()
    salts = {name: os.urandom(SALT) for name in event.personal}
    written = entry(which, now, event, salts)
    tx.add(Entry(id=which, time=now, name=event.name.value, outcome=event.outcome, entry=written, sequence=None))
    tx.flush()
    tx.add_all(Salt(entry=which, field=name, salt=salt) for name, salt in salts.items())
    tx.add_all(About(entry=which, kind=kind, object=str(one)) for kind, one in event.objects.items())
    tx.flush()
    tx.info["told"] = tx.info.get("told", 0) + 1
    return which


def index_of(tx: Transaction, which: UUID) -> int | None:
    """The entry's place in the tree, once it has one."""
    return tx.scalar(sa.select(Entry.sequence).where(Entry.id == which))


def latest(tx: Transaction, limit: int, before: int | None = None) -> list[Entry]:
    """Entries, newest first: those without a place yet, then by place."""
    wanted = sa.select(Entry).order_by(Entry.sequence.desc().nulls_first(), Entry.time.desc()).limit(limit)
    return list(tx.scalars(wanted.where(Entry.sequence < before) if before is not None else wanted))


def story(tx: Transaction, kind: str, which: UUID) -> list[str]:
    """The names of what happened to an object, in order."""
    wanted = (
        sa.select(Entry.name).join(About, About.entry == Entry.id).where(About.kind == kind, About.object == str(which))
    )
    return list(tx.scalars(wanted.order_by(Entry.time, Entry.sequence)))


def checkpoint(tx: Transaction) -> Head | None:
    return tx.get(Head, 1)


def growing(head: Head) -> tree.Growing:
    """The tree's right edge, to grow on."""
    edge = tuple(head.edge[at : at + 32] for at in range(0, len(head.edge), 32))
    return tree.Growing(head.size, edge)
