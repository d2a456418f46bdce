"""The outside things an action needs. Tests swap any one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from portal.config import Config
from portal.database import Database
from portal.errors import ConfigWrong
from portal.gateways import mailer, office, reading, scanner
from storage import Vault

LONDON = ZoneInfo("Europe/London")


class Office(Protocol):
    """Makes PDF/A of a letter."""

    def convert(self, docx: bytes, title: str) -> bytes: ...


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The portal's parts, joined once."""

    config: Config
    database: Database
    vault: Vault
    scanner: scanner.Scanner
    reader: reading.Reader
    mailer: mailer.Mailer
    office: Office | None
    now: Callable[[], datetime] = _now

    @classmethod
    def build(cls, config: Config, *, make: bool = False) -> Self:
        """The real parts. Makes nothing that is not there, unless `portal init` asks. Raises ConfigWrong."""
        if not make and not config.root_key.exists():
            where = "run `portal init`, or `make run` for a demonstration"
            raise ConfigWrong(f"there is no portal in {config.data}: {where}")
        return cls(
            config=config,
            database=Database(config.database),
            vault=Vault.at(config.vault_folder, root_key=config.root_key, keys=config.keys_folder / "keys.db"),
            scanner=scanner.find(config.scanner, config.clamav_socket),
            reader=reading.Reader(),
            mailer=mailer.find(config),
            office=office.Office.find(),
        )

    def today(self) -> date:
        """The date in England: what a letter says and what the law counts from."""
        return self.now().astimezone(LONDON).date()
