"""What can go wrong, in words a case officer would use.

PortalError
├── ConfigWrong         a setting is missing or off; names every one
├── NotFound            no such thing, or not for you to know
├── NotPermitted        you may see it but not do that
├── UploadRefused       the file is not one we take; nothing was kept
│   ├── TooLarge        it is over the limit
│   ├── CutShort        fewer bytes came than were announced
│   └── Infected        the scanner found something
├── Held                the file waits for the scanner; nobody can open it yet
├── RuleForbids         the law or the procedure says no; carries every reason
├── Conflict            somebody else did it first, or it has moved on
└── AnswersWrong        what was typed needs another look; one message to each field
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class PortalError(Exception):
    """Root of every error the portal raises on purpose."""


class ConfigWrong(PortalError):
    """A setting is missing or off."""


class NotFound(PortalError):
    """There is no such thing, or it is not for this person to know."""

    def __init__(self, what: str) -> None:
        super().__init__(f"no such {what}")


class NotPermitted(PortalError):
    """This person may see it, but not do that."""


class UploadRefused(PortalError):
    """The file is not one we take. Nothing was kept."""


class TooLarge(UploadRefused):
    """The file is over the limit."""


class CutShort(UploadRefused):
    """Fewer bytes came than the sender announced."""


class Infected(UploadRefused):
    """The scanner found something. The event names it; the page does not."""


class Held(PortalError):
    """The file waits to be scanned, and nobody can open it before."""


@dataclass(frozen=True)
class Reason:
    """One reason against, in plain words, with the section it rests on."""

    says: str
    source: str = ""


class RuleForbids(PortalError):
    """The law or the procedure says no."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(reason.says for reason in reasons))
        self.reasons = tuple(reasons)


class Conflict(PortalError):
    """Somebody else did it first, or the thing has moved on since the page was shown."""


class AnswersWrong(PortalError):
    """What was typed needs another look."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__("; ".join(messages.values()))
        self.messages = dict(messages)
