"""Files held: where each lies, what it is, and whether anyone may open it yet."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Transaction
from portal.errors import NotFound


class ScanState(StrEnum):
    """What the virus scanner said."""

    CLEAN = "clean"
    UNSCANNED = "not scanned"
    HELD = "held"


class Document(Base):
    """One file. Its bytes lie in the vault under `name`; what people called it is sealed, for it may name a child."""

    __tablename__ = "document"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    folder: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(sa.String(80), unique=True)
    called: Mapped[bytes] = mapped_column(sa.LargeBinary)
    kind: Mapped[str] = mapped_column(sa.String(20))
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    scan: Mapped[ScanState] = mapped_column(
        sa.Enum(ScanState, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])
    )
    received: Mapped[datetime]


def document(tx: Transaction, which: UUID, *, folder: UUID) -> Document:
    """The document of this folder; the folder's owner has asked permission already."""
    found = tx.get(Document, which)
    if found is None or found.folder != folder:
        raise NotFound("document")
    return found


def in_folder(tx: Transaction, folder: UUID) -> list[Document]:
    return list(tx.scalars(sa.select(Document).where(Document.folder == folder).order_by(Document.received)))


def held(tx: Transaction) -> list[Document]:
    """What waits for the scanner, oldest first."""
    wanted = sa.select(Document).where(Document.scan == ScanState.HELD).order_by(Document.received)
    return list(tx.scalars(wanted))
