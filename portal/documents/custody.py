"""How a file comes into the vault, and how it goes out again.

In: it streams once, limited, hashed and sealed; its kind is decided by content and structure; the scanner hears
it; only then is it kept. What is refused leaves no trace of its bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from uuid import UUID, uuid4

from portal.documents import rules
from portal.documents.records import Document, ScanState
from portal.errors import Infected, TooLarge, UploadRefused
from portal.gateways.scanner import Outcome
from portal.parts import Parts
from storage import Pending, TooLong

READ = 256 * 1024


@dataclass(frozen=True)
class Wanted:
    """What a form takes: the kinds, and how the page names them."""

    kinds: frozenset[str]
    said: str


def receive(parts: Parts, folder: UUID, stream: IO[bytes], *, called: str, wanted: Wanted) -> Document:
    """Take a file into the folder. Gives the row to add in the caller's transaction; the bytes are durable by then."""
    shown = rules.safe_name(called)
    which = uuid4()
    with parts.vault.begin(str(folder), limit=parts.config.upload_limit) as pending:
        _fill(parts, pending, stream)
        kind = _judge(parts, pending, shown, wanted)
        scan = _scan(parts, pending)
        sealed_name = parts.vault.seal_text(str(folder), shown, f"called {which}")
        receipt = pending.keep()
    return Document(
        id=which,
        folder=folder,
        name=receipt.name,
        called=sealed_name,
        kind=kind,
        size=receipt.size,
        sha256=receipt.sha256,
        scan=scan,
        received=parts.now(),
    )


def _fill(parts: Parts, pending: Pending, stream: IO[bytes]) -> None:
    try:
        while chunk := stream.read(READ):
            pending.write(chunk)
    except TooLong:
        limit = parts.config.upload_limit // (1024 * 1024)
        raise TooLarge(f"The selected file must be smaller than {limit}MB") from None


def _judge(parts: Parts, pending: Pending, called: str, wanted: Wanted) -> str:
    verdict = rules.judge(parts.reader, pending.open(), called=called, wanted=wanted.kinds, said=wanted.said)
    if verdict.reasons:
        raise UploadRefused(verdict.reasons[0])
    return verdict.kind


def _scan(parts: Parts, pending: Pending) -> ScanState:
    heard = parts.scanner.scan(pending.open())
    if heard.outcome is Outcome.INFECTED:
        raise Infected("The selected file contains a virus")
    if heard.outcome is Outcome.TOO_BIG:
        raise UploadRefused("The selected file is too big to be checked for viruses. Send it in smaller parts")
    if heard.outcome is Outcome.CLEAN:
        return ScanState.CLEAN
    return ScanState.HELD if parts.config.scanner == "required" else ScanState.UNSCANNED


def stream(parts: Parts, document: Document) -> Iterator[bytes]:
    """The file's bytes; each frame is verified before it leaves."""
    with parts.vault.open(document.name, str(document.folder)) as opened:
        yield from opened
