"""What only a demonstration can do: give everyone a known password, and tell their one-time codes."""

from portal.database import Transaction
from portal.errors import NotFound, NotPermitted
from portal.parts import Parts
from portal.people import account as accounts
from portal.people import records


def mark(parts: Parts) -> None:
    """Make this instance a demonstration; it never becomes anything else."""
    with parts.database.transaction() as tx:
        if not records.is_demonstration(tx):
            tx.add(records.Instance(key="demonstration", value="yes"))


def give_codes(parts: Parts, email: str) -> None:
    """Set up one-time codes for a demonstration person, so that the first sign-in goes straight through."""
    with parts.database.transaction() as tx:
        found = _one(tx, email)
        found.tf_primary_method = "authenticator"
        found.tf_totp_secret = accounts.one_time_codes(parts.config).generate_totp_secret()


def code(parts: Parts, email: str) -> str:
    """The current one-time code of this person. Raises NotPermitted on a real instance."""
    with parts.database.reading() as tx:
        found = _one(tx, email)
        if not found.tf_totp_secret:
            raise NotFound("one-time code")
        made: str = accounts.one_time_codes(parts.config).generate_totp_password(found.tf_totp_secret)
        return made


def _one(tx: Transaction, email: str) -> accounts.Account:
    if not records.is_demonstration(tx):
        raise NotPermitted("one-time codes are told only on a demonstration")
    found = accounts.by_email(tx, email)
    if found is None:
        raise NotFound("person")
    return found
