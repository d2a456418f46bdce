"""Stand-ins for what lies outside, with state that a test can read."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from portal.gateways.mailer import Mail


@dataclass
class FakeMailer:
    """Keeps what it was given."""

    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)
