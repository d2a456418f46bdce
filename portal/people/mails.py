"""Mail about accounts. The link's token is made here, by the job, and kept only as a digest: a second run makes a
newer link, and the old one dies.
"""

from uuid import UUID

from portal import jobs
from portal.gateways.mailer import Mail
from portal.parts import Parts
from portal.people import secrets
from portal.people.account import Invitation


@jobs.task("send_link")
def send_link(parts: Parts, which: UUID) -> None:
    """Mail an invitation, or a link to choose a new password."""
    token = secrets.fresh_token()
    with parts.database.transaction() as tx:
        found = tx.get_one(Invitation, which)
        if found.used:
            return
        found.token = secrets.digest(token)
        joining, email, until = found.person is None, found.email, found.expires
    what = "You are invited to" if joining else "Choose a new password for"
    where = f"{parts.config.base_url}/account/link/{token}"
    text = (
        f"{what} the portal of {parts.config.authority_name}.\n\nOpen this link by {until:%d %B %Y, %H:%M} UTC. It works once:\n"
        f"{where}\n\nIf you did not expect this mail, do nothing, and tell {parts.config.contact_email}.\n"
    )
    parts.mailer.send(Mail(email, f"{what} the portal", text))
