"""Penalty notices: proposal, approval, number, posting, payment. One parent, one child, one notice."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Transaction, is_writing
from portal.errors import NotFound, NotPermitted
from portal.people.rules import Action, Person, may


class NoticeState(StrEnum):
    """How far a notice has come."""

    PROPOSED = "proposed"
    WAITING = "waiting for approval"
    APPROVED = "being made"
    READY = "ready to post"
    POSTED = "posted"
    PAID = "paid"
    SPOILED = "spoiled"
    WITHDRAWN = "withdrawn"


# These no longer stand: another notice may be made for the same absence.
ENDED = (NoticeState.SPOILED, NoticeState.WITHDRAWN)


class PenaltyNotice(Base):
    """A penalty notice under section 444A of the Education Act 1996."""

    __tablename__ = "penalty_notice"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    pupil: Mapped[UUID] = mapped_column(sa.ForeignKey("pupil.id"), index=True)
    parent: Mapped[UUID] = mapped_column(sa.ForeignKey("parent.id"), index=True)
    state: Mapped[NoticeState] = mapped_column(
        sa.Enum(NoticeState, native_enum=False, length=30, values_callable=lambda e: [m.value for m in e]), index=True
    )
    offence_from: Mapped[date]
    offence_to: Mapped[date]
    planned_posting: Mapped[date]
    # Marks, school days, notices by others, the officer's reasons: sealed JSON.
    facts: Mapped[bytes] = mapped_column(sa.LargeBinary)
    proposed_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    proposed: Mapped[datetime]
    # Of the facts, the addresses and the letter template: what was approved is what is printed.
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    returned: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    approved_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    approved: Mapped[datetime | None]
    number: Mapped[str | None] = mapped_column(sa.String(20), unique=True)
    issued: Mapped[date | None]
    reduced: Mapped[int | None]
    full: Mapped[int | None]
    reduced_until: Mapped[date | None]
    pay_until: Mapped[date | None]
    posted: Mapped[date | None]
    posted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    received: Mapped[date | None]
    proceedings_from: Mapped[date | None]
    withdrawn: Mapped[date | None]
    ground: Mapped[str | None] = mapped_column(sa.String(40))
    made_anew: Mapped[UUID | None]


sa.Index(
    "uq_penalty_notice_standing",
    *(PenaltyNotice.pupil, PenaltyNotice.parent, PenaltyNotice.offence_from, PenaltyNotice.offence_to),
    unique=True,
    sqlite_where=PenaltyNotice.state.notin_(ENDED),
    postgresql_where=PenaltyNotice.state.notin_(ENDED),
)


class Payment(Base):
    """Money that came for a notice (regulation 20: every payment and its date)."""

    __tablename__ = "payment"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    notice: Mapped[UUID] = mapped_column(sa.ForeignKey("penalty_notice.id"), index=True)
    pence: Mapped[int]
    paid: Mapped[date]
    recorded_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    recorded: Mapped[datetime]


class NoticeNumber(Base):
    """The last number given in a year."""

    __tablename__ = "notice_number"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def get(tx: Transaction, which: UUID, *, by: Person, to: Action) -> PenaltyNotice:
    """The notice, if *by* may do *to* with it. There is no other way to one."""
    found = tx.get(PenaltyNotice, which, with_for_update=is_writing(tx))
    if found is None or not any(may(by, one, {found.authority}) for one in (Action.READ_NOTICE, to)):
        raise NotFound("penalty notice")
    if not may(by, to, {found.authority}):
        raise NotPermitted(f"Your account cannot {to}")
    return found


def next_number(tx: Transaction, year: int) -> str:
    """The next number of the year. The row is locked until the transaction ends, so no number is given twice."""
    tx.execute(
        sa.text("INSERT INTO notice_number (year, last) VALUES (:year, 0) ON CONFLICT DO NOTHING"), {"year": year}
    )
    step = sa.update(NoticeNumber).where(NoticeNumber.year == year).values(last=NoticeNumber.last + 1)
    last = tx.scalar(step.returning(NoticeNumber.last))
    return f"PN-{year}-{last:06d}"


def issued_before(
    tx: Transaction, pupil: UUID, parent: UUID, *, but: UUID | None = None, approved_before: datetime | None = None
) -> list[PenaltyNotice]:
    """The notices this parent had for this child, spoiled ones aside: those never left. With *approved_before*, those
    that were there when a notice was approved: what it says does not change with what came later.
    """
    wanted = sa.select(PenaltyNotice).where(
        PenaltyNotice.pupil == pupil,
        PenaltyNotice.parent == parent,
        PenaltyNotice.issued.is_not(None),
        PenaltyNotice.state != NoticeState.SPOILED,
        PenaltyNotice.id != but,
    )
    if approved_before:
        wanted = wanted.where(PenaltyNotice.approved < approved_before)
    return list(tx.scalars(wanted.order_by(PenaltyNotice.issued)))


def overlapping(tx: Transaction, pupil: UUID, parent: UUID, begins: date, ends: date) -> PenaltyNotice | None:
    """A notice that stands for some of the same days."""
    wanted = sa.select(PenaltyNotice).where(
        PenaltyNotice.pupil == pupil,
        PenaltyNotice.parent == parent,
        PenaltyNotice.state.notin_(ENDED),
        PenaltyNotice.offence_from <= ends,
        PenaltyNotice.offence_to >= begins,
    )
    return tx.scalars(wanted.limit(1)).one_or_none()


def payments(tx: Transaction, notice: UUID) -> list[Payment]:
    return list(tx.scalars(sa.select(Payment).where(Payment.notice == notice).order_by(Payment.paid)))
