"""Mail: that something waits, and where. Never a child's name, never a file."""

import smtplib
import ssl
import sys
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol

from portal.config import Config


@dataclass(frozen=True)
class Mail:
    """One plain letter by mail."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Takes a mail, or raises OSError or smtplib.SMTPException; the job that called tries again."""

    def send(self, mail: Mail) -> None: ...


@dataclass(frozen=True)
class Console:
    """For development: what would have been sent, on the console."""

    def send(self, mail: Mail) -> None:
        print(f"--- mail to {mail.to}: {mail.subject}\n{mail.text}\n---", file=sys.stderr, flush=True)  # noqa: T201


@dataclass(frozen=True, kw_only=True)
class Smtp:
    """The authority's own mail server."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True

    def send(self, mail: Mail) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, mail.to, mail.subject
        message["Date"] = formatdate(localtime=False)
        # The domain is the sender's, or the mail would name this machine.
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        message.set_content(mail.text)
        with smtplib.SMTP(self.host, self.port, timeout=20) as server:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)


def find(config: Config) -> Mailer:
    """The mail server of the settings, or the console."""
    if not config.smtp_host:
        return Console()
    return Smtp(
        host=config.smtp_host,
        port=config.smtp_port,
        sender=config.mail_from,
        user=config.smtp_user,
        password=config.smtp_password,
        starttls=config.smtp_starttls,
    )
