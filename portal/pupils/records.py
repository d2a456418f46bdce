"""Pupils, their parents, and addresses that are withheld from somebody.

Names, birth dates and UPNs are plain, for they are searched; addresses are sealed under the pupil's or parent's folder.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Transaction
from portal.errors import NotFound
from portal.people.rules import Action, Person, may


class Pupil(Base):
    """A child on the roll of a school."""

    __tablename__ = "pupil"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    surname: Mapped[str] = mapped_column(sa.String(200), index=True)
    forenames: Mapped[str] = mapped_column(sa.String(200))
    born: Mapped[date]
    upn: Mapped[str | None] = mapped_column(sa.String(13), unique=True)
    school: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    address: Mapped[bytes] = mapped_column(sa.LargeBinary)
    authority: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    added: Mapped[datetime]

    @property
    def name(self) -> str:
        return f"{self.forenames} {self.surname}"


class Parent(Base):
    """Any parent, anyone with parental responsibility, anyone with care of the child (Education Act 1996, s.576)."""

    __tablename__ = "parent"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(sa.String(200), index=True)
    address: Mapped[bytes] = mapped_column(sa.LargeBinary)
    added: Mapped[datetime]


class Parenthood(Base):
    """Who is whose parent, and in what way."""

    __tablename__ = "parenthood"
    pupil: Mapped[UUID] = mapped_column(sa.ForeignKey("pupil.id"), primary_key=True)
    parent: Mapped[UUID] = mapped_column(sa.ForeignKey("parent.id"), primary_key=True)
    relation: Mapped[str] = mapped_column(sa.String(80))


class Withheld(Base):
    """The child's address must not reach this parent. Until two people have recorded how a letter meets the law all
    the same, no letter is made.
    """

    __tablename__ = "withheld_address"
    pupil: Mapped[UUID] = mapped_column(sa.ForeignKey("pupil.id"), primary_key=True)
    parent: Mapped[UUID] = mapped_column(sa.ForeignKey("parent.id"), primary_key=True)
    because: Mapped[bytes] = mapped_column(sa.LargeBinary)
    review: Mapped[date]
    recorded_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    recorded: Mapped[datetime]
    # What a letter prints in place of the address, and the two people who answer for it.
    prints: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    resolved_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    confirmed_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def is_resolved(self) -> bool:
        return self.confirmed_by is not None


def get(tx: Transaction, which: UUID, *, by: Person, to: Action = Action.READ_PUPIL) -> Pupil:
    """The pupil, if *by* may do *to*. There is no other way to one."""
    found = tx.get(Pupil, which)
    if found is None or not may(by, to, {found.authority}):
        raise NotFound("pupil")
    return found


def parents(tx: Transaction, pupil: UUID) -> list[tuple[Parent, str]]:
    """The pupil's parents, each with the relation."""
    wanted = (
        sa.select(Parent, Parenthood.relation)
        .join(Parenthood, Parenthood.parent == Parent.id)
        .where(Parenthood.pupil == pupil)
        .order_by(Parent.name)
    )
    return [(parent, relation) for parent, relation in tx.execute(wanted)]


def parent_of(tx: Transaction, pupil: UUID, parent: UUID) -> Parent:
    """The parent, if it is this pupil's."""
    if tx.get(Parenthood, (pupil, parent)) is None:
        raise NotFound("parent")
    return tx.get_one(Parent, parent)


def withheld(tx: Transaction, pupil: UUID, parent: UUID) -> Withheld | None:
    return tx.get(Withheld, (pupil, parent))


def search(
    tx: Transaction, words: str, *, authority: UUID, limit: int = 50
) -> list[sa.Row[tuple[UUID, str, str, date, str | None, UUID]]]:
    """Pupils whose surname begins with the words, or whose UPN they are; all, where there are none."""
    wanted = sa.select(Pupil.id, Pupil.surname, Pupil.forenames, Pupil.born, Pupil.upn, Pupil.school).where(
        Pupil.authority == authority
    )
    if words:
        escaped = words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        by_name = sa.func.lower(Pupil.surname).like(f"{escaped.lower()}%", escape="\\")
        wanted = wanted.where(by_name | (Pupil.upn == words.upper()))
    return list(tx.execute(wanted.order_by(Pupil.surname, Pupil.forenames, Pupil.id).limit(limit)))
