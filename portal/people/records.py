"""Organisations, and the table of authorities by number. Accounts lie in `account`, beside the library that reads them."""

import csv
from datetime import datetime
from functools import cache
from importlib.resources import files
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.database import Base, Transaction
from portal.errors import NotFound
from portal.people.rules import Kind


class Authority(Base):
    """An English, Welsh, offshore or former authority, by the three digits the DfE gives it."""

    __tablename__ = "authority"
    code: Mapped[str] = mapped_column(sa.String(3), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    nation: Mapped[str] = mapped_column(sa.String(40))
    status: Mapped[str] = mapped_column(sa.String(80))


class Instance(Base):
    """What this instance is; for now, whether it is a demonstration."""

    __tablename__ = "instance"
    key: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(200))


class Organisation(Base):
    """The home authority, a school, another authority or a partner agency."""

    __tablename__ = "organisation"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[Kind] = mapped_column(
        sa.Enum(Kind, native_enum=False, length=20, values_callable=lambda k: [m.value for m in k])
    )
    name: Mapped[str] = mapped_column(sa.String(200))
    authority_code: Mapped[str | None] = mapped_column(sa.String(3))
    dfe_number: Mapped[str | None] = mapped_column(sa.String(7), unique=True)
    phase: Mapped[str | None] = mapped_column(sa.String(40))
    school_type: Mapped[str | None] = mapped_column(sa.String(40))
    address: Mapped[str] = mapped_column(sa.Text, default="")
    added: Mapped[datetime]


def organisation(tx: Transaction, which: UUID) -> Organisation:
    found = tx.get(Organisation, which)
    if found is None:
        raise NotFound("organisation")
    return found


def home(tx: Transaction) -> Organisation:
    """The home authority; there is exactly one."""
    return tx.scalars(sa.select(Organisation).where(Organisation.kind == Kind.HOME)).one()


def organisations(tx: Transaction) -> list[Organisation]:
    return list(tx.scalars(sa.select(Organisation).order_by(Organisation.kind, Organisation.name)))


def schools(tx: Transaction) -> list[Organisation]:
    wanted = sa.select(Organisation).where(Organisation.kind == Kind.SCHOOL).order_by(Organisation.name)
    return list(tx.scalars(wanted))


def authority_codes(tx: Transaction) -> frozenset[str]:
    """Every number an authority has or had: what a UPN or a CTF may name."""
    return frozenset(tx.scalars(sa.select(Authority.code)))


def load_authorities(tx: Transaction) -> int:
    """Bring the table of authorities up to the list that comes with the portal. Gives how many there are."""
    for row in _listed():
        tx.merge(Authority(code=row["la_code"], name=row["name"], nation=row["nation"], status=row["status"]))
    return len(_listed())


def listed_codes() -> frozenset[str]:
    """The same from the list that comes with the portal, where no database is open."""
    return frozenset(row["la_code"] for row in _listed())


def is_demonstration(tx: Transaction) -> bool:
    """Whether this is a demonstration, whose one-time codes can be read; never true where real people are."""
    return tx.get(Instance, "demonstration") is not None


@cache
def _listed() -> tuple[dict[str, str], ...]:
    text = files("portal.people").joinpath("data/la_codes.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
