"""Accounts: who can sign in, with which roles, from which devices. The one place that knows Flask-Security's mixins."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from blinker import Signal
from flask_security import AsaList, Totp, UserMixin
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from portal.config import Config
from portal.database import Base, Transaction
from portal.errors import NotFound
from portal.people import secrets
from portal.people.records import Organisation
from portal.people.rules import ALLOWED, Action, Person, Role


class Account(Base, UserMixin):
    """A person who can sign in. `roles_held` are our roles; Flask-Security's own are not used."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)  # type: ignore[assignment]
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    password: Mapped[str | None] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True, default=lambda: uuid4().hex)
    organisation: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    roles_held: Mapped[str] = mapped_column(sa.String(400))
    joined: Mapped[datetime]
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(255))
    # The last time step whose code was used: a code is good once.
    tf_counter: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    roles = []  # noqa: RUF012  the library looks, and finds none

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(one) for one in self.roles_held.split(",") if one)

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:  # noqa: FBT001, FBT002  the library's own
        """A wrong password or code: counted in the same session, by whoever listens."""
        failed.send(self, auth_type=auth_type)
        super().track_failed_authn(auth_type, tfa)


failed = Signal()
"""Sent with the account when a password or a code was wrong."""


class LoginSession(Base):
    """A signed-in device. The browser holds the token; the row only its digest."""

    __tablename__ = "login_session"
    token: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    browser: Mapped[str] = mapped_column(sa.String(200))
    began: Mapped[datetime]
    seen: Mapped[datetime]
    ended: Mapped[datetime | None]


class FailedSignIn(Base):
    """A wrong password or code, counted apart for browsers that have signed in before and for strangers."""

    __tablename__ = "failed_sign_in"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    known: Mapped[bool]
    what: Mapped[str] = mapped_column(sa.String(10))
    at: Mapped[datetime]


class Invitation(Base):
    """A link by mail, once, for one address: to join, or to choose a new password. The row holds only its digest."""

    __tablename__ = "invitation"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254), index=True)
    organisation: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    roles_held: Mapped[str] = mapped_column(sa.String(400))
    token: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    made: Mapped[datetime]
    expires: Mapped[datetime]
    used: Mapped[datetime | None]


class OnceOnly(Totp):
    """One-time codes that are good once: the time step of the last one is kept."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        return getattr(user, "tf_counter", 0) or None

    def set_last_counter(self, user: UserMixin, tmatch: Any) -> None:  # noqa: ANN401  libpass's own
        user.tf_counter = tmatch.counter  # type: ignore[attr-defined]


def one_time_codes(config: Config) -> OnceOnly:
    """What makes and checks the one-time codes of this portal."""
    return OnceOnly(secrets.totp_secrets(config), f"{config.authority_name} portal")


def person_of(tx: Transaction, account: Account) -> Person:
    """The account as every action sees it."""
    kind = tx.get_one(Organisation, account.organisation).kind
    return Person(account.id, account.name, account.email, account.organisation, kind, account.role_set)


def one(tx: Transaction, which: UUID) -> Person:
    """This person. Raises NotFound."""
    found = tx.get(Account, which)
    if found is None:
        raise NotFound("person")
    return person_of(tx, found)


def by_email(tx: Transaction, email: str) -> Account | None:
    return tx.scalars(sa.select(Account).where(Account.email == email.strip().lower())).one_or_none()


def holders(tx: Transaction, action: Action, organisation: UUID) -> list[Person]:
    """The people of an organisation who can do this."""
    wanted = sa.select(Account).where(Account.organisation == organisation, Account.active)
    found = [account for account in tx.scalars(wanted) if account.role_set & ALLOWED[action]]
    return [person_of(tx, account) for account in found]


def accounts(tx: Transaction) -> list[tuple[Account, str]]:
    """Everyone, with the organisation's name."""
    wanted = sa.select(Account, Organisation.name).join(Organisation, Organisation.id == Account.organisation)
    return [(account, name) for account, name in tx.execute(wanted.order_by(Organisation.name, Account.name))]


def devices(tx: Transaction, person: UUID) -> list[LoginSession]:
    """Where this person is signed in, newest first."""
    wanted = sa.select(LoginSession).where(LoginSession.person == person, LoginSession.ended.is_(None))
    return list(tx.scalars(wanted.order_by(LoginSession.seen.desc())))


def end_devices(tx: Transaction, person: UUID, now: datetime, *, but: str | None = None) -> None:
    """Sign this person out everywhere, but on the device with this digest."""
    wanted = sa.update(LoginSession).where(
        LoginSession.person == person, LoginSession.ended.is_(None), LoginSession.token != (but or "")
    )
    tx.execute(wanted.values(ended=now))
