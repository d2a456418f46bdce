"""What only a demonstration can do: give everyone a known password, and tell their one-time codes."""

from portal.errors import NotFound, NotPermitted
from portal.parts import Parts
from portal.people import account as accounts
from portal.people import records, secrets


def mark(parts: Parts) -> None:
    """Make this instance a demonstration; it never becomes anything else."""
    with parts.database.transaction() as tx:
        if not records.is_demonstration(tx):
            tx.add(records.Instance(key="demonstration", value="yes"))


def _totp(parts: Parts):  # type: ignore[no-untyped-def]  # noqa: ANN202  Flask-Security carries no types
    from flask_security import Totp

    return Totp(secrets.totp_secrets(parts.config), f"{parts.config.authority_name} portal")


def give_codes(parts: Parts, email: str) -> None:
    """Set up one-time codes for a demonstration person, so that the first sign-in goes straight through."""
    with parts.database.transaction() as tx:
        found = _one(tx, email)
        found.tf_primary_method = "authenticator"
        found.tf_totp_secret = _totp(parts).generate_totp_secret()


def code(parts: Parts, email: str) -> str:
    """The current one-time code of this person. Raises NotPermitted on a real instance."""
    with parts.database.reading() as tx:
        found = _one(tx, email)
        if not found.tf_totp_secret:
            raise NotFound("one-time code")
        made: str = _totp(parts).generate_totp_password(found.tf_totp_secret)
        return made


def _one(tx: records.Transaction, email: str) -> accounts.Account:
    if not records.is_demonstration(tx):
        raise NotPermitted("one-time codes are told only on a demonstration")
    found = accounts.by_email(tx, email)
    if found is None:
        raise NotFound("person")
    return found
