"""Mail about transfers: that something waits, and where. No name, no file, nothing about a child."""

from datetime import timedelta
from uuid import UUID

from portal import jobs
from portal.exchange.records import Transfer, TransferState
from portal.gateways.mailer import Mail
from portal.parts import Parts
from portal.people import account
from portal.people.rules import Action

# A mail that comes so late only confuses.
OLD_NEWS = timedelta(days=2)


@jobs.task("tell_waiting")
def tell_waiting(parts: Parts, transfer: UUID) -> None:
    """Tell those who may open it that something waits for them."""
    with parts.database.reading() as tx:
        found = tx.get_one(Transfer, transfer)
        if found.state is not TransferState.WAITING:
            return  # it has been opened before this mail could go
        to = account.holders(tx, Action.OPEN_TRANSFER, found.recipient)
    for person in to:
        text = (
            f"Something was sent to your organisation on the portal of {parts.config.authority_name}.\n\n"
            f"Reference: {found.reference}\n\nSign in to open it:\n{parts.config.base_url}/transfers/{transfer}\n\n"
            "This mail holds no personal details. Do not reply to it.\n"
        )
        parts.mailer.send(Mail(person.email, f"{found.reference} is waiting for you", text))


@jobs.task("tell_acknowledged")
def tell_acknowledged(parts: Parts, transfer: UUID) -> None:
    """Tell the one who sent it that it has arrived."""
    with parts.database.reading() as tx:
        found = tx.get_one(Transfer, transfer)
        if found.acknowledged is None or parts.now() - found.acknowledged > OLD_NEWS:
            return
        sender = account.one(tx, found.sent_by)
    text = (
        f"What you sent with the reference {found.reference} was acknowledged.\n\n"
        f"See it, and print its receipt:\n{parts.config.base_url}/transfers/{transfer}\n\n"
        "This mail holds no personal details. Do not reply to it.\n"
    )
    parts.mailer.send(Mail(sender.email, f"{found.reference} was acknowledged", text))
