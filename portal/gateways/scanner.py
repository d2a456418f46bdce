"""ClamAV over its Unix socket: every answer but a plain OK is not clean.

The conversation is a dozen lines, and ours: the client libraries read a file from a path or through an event loop,
where we stream verified pieces of a sealed file.
"""

import contextlib
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Literal, Protocol

TIMEOUT = 120.0
LONGEST_ANSWER = 4096


class Outcome(Enum):
    """What was heard."""

    CLEAN = "clean"
    INFECTED = "infected"
    TOO_BIG = "too big"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Heard:
    """What the scanner said; *signature* is for the trail, never for a page."""

    outcome: Outcome
    signature: str = ""


class Scanner(Protocol):
    """Hears a file's bytes."""

    @property
    def name(self) -> str: ...
    def scan(self, chunks: Iterable[bytes]) -> Heard: ...
    def is_there(self) -> bool: ...


@dataclass(frozen=True)
class Nobody:
    """No scanner here: nothing is clean, nothing is infected."""

    name: str = "none"

    def scan(self, chunks: Iterable[bytes]) -> Heard:  # noqa: ARG002  nothing is read
        return Heard(Outcome.UNAVAILABLE)

    def is_there(self) -> bool:
        return False


@dataclass(frozen=True)
class ClamAV:
    """The daemon behind a Unix socket."""

    path: Path
    name: str = "ClamAV"

    def is_there(self) -> bool:
        """Whether it answers."""
        with contextlib.suppress(OSError), self._connected() as talk:
            talk.sendall(b"zPING\0")
            return talk.recv(LONGEST_ANSWER) == b"PONG\0"
        return False

    def scan(self, chunks: Iterable[bytes]) -> Heard:
        """Send the file, and understand the answer. Whatever goes wrong means: not clean."""
        try:
            with self._connected() as talk:
                talk.sendall(b"zINSTREAM\0")
                # It stops listening, and says why, as soon as the file is too big for it.
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    for chunk in filter(None, chunks):
                        talk.sendall(struct.pack(">I", len(chunk)) + chunk)
                    talk.sendall(struct.pack(">I", 0))
                return understood(_answer(talk))
        except OSError:
            return Heard(Outcome.UNAVAILABLE)

    def _connected(self) -> socket.socket:
        talk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        talk.settimeout(TIMEOUT)
        try:
            talk.connect(str(self.path))
        except OSError:
            talk.close()
            raise
        return talk


def _answer(talk: socket.socket) -> bytes:
    said = b""
    while len(said) < LONGEST_ANSWER and not said.endswith(b"\0") and (more := talk.recv(LONGEST_ANSWER)):
        said += more
    return said.rstrip(b"\0")


def understood(answer: bytes) -> Heard:
    """What an answer means. `Heuristics.Limits…` says that something was too big to be looked at."""
    said = answer.decode("ascii", "replace").strip()
    if said == "stream: OK":
        return Heard(Outcome.CLEAN)
    if "size limit exceeded" in said or "Heuristics.Limits" in said:
        return Heard(Outcome.TOO_BIG)
    if said.endswith(" FOUND"):
        return Heard(Outcome.INFECTED, said.removeprefix("stream: ").removesuffix(" FOUND"))
    return Heard(Outcome.UNAVAILABLE)


def find(setting: Literal["auto", "required", "off"], path: Path) -> Scanner:
    """The scanner of the settings. With `auto`, the one that is there; `required` waits for it."""
    clamav = ClamAV(path)
    if setting == "required" or (setting == "auto" and clamav.is_there()):
        return clamav
    return Nobody()
