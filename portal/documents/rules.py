"""What we take, and what we say to the rest. The looking is done elsewhere, in a process that can do nothing else."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

LONGEST_NAME = 200
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)

# In the words of the design system, the gravest first.
REASONS = {
    "encrypted": "The selected file is password protected",
    "macros": "The selected file contains macros. Save it without macros and try again",
    "script": "The selected file contains a script. Print it to a new PDF and try again",
    "embedded": "The selected file has other files inside it. Remove them and try again",
    "attachment": "The selected file has other files attached to it. Print it to a new PDF and try again",
    "external": "The selected file fetches content from elsewhere. Save it with that content inside and try again",
    "doctype": "The selected file has a document type declaration, which transfer files never have",
    "bomb": "The selected file is too large once it is unpacked",
    "damaged": "The selected file is damaged. Save it again and try again",
    "old": "The selected file is of an old Office format. Save it as .docx or .xlsx and try again",
}
ENDINGS = {"jpg": "jpeg", "jpeg": "jpeg"}


class Reader(Protocol):
    """Reads a foreign file in a process of its own."""

    def run(self, task: str, chunks: Iterable[bytes]) -> "Found": ...


class Found(Protocol):
    """What it found, or why it could not."""

    @property
    def found(self) -> Mapping[str, object]: ...
    @property
    def failed(self) -> str: ...


@dataclass(frozen=True)
class Verdict:
    """What the file is, and why we do not take it; no reason means that we do."""

    kind: str
    reasons: tuple[str, ...] = ()


def judge(reader: Reader, chunks: Iterable[bytes], *, called: str, wanted: Collection[str], said: str) -> Verdict:
    """What the file is by its content and structure. *said* names the wanted kinds: "Word document, PDF or spreadsheet"."""
    reading = reader.run("portal.gateways.reading.sniff", chunks)
    if reading.failed:
        return Verdict("other", ("The selected file could not be read. Save it again and try again",))
    kind, found = str(reading.found.get("kind")), reading.found.get("found")
    reasons = [REASONS[one] for one in REASONS if isinstance(found, list) and one in found]
    if kind == "empty":
        return Verdict(kind, ("The selected file is empty",))
    if reasons:
        return Verdict(kind, tuple(reasons))
    if kind not in wanted:
        return Verdict(kind, (f"The selected file must be a {said}",))
    if not _fits(called, kind):
        return Verdict(kind, (f"The selected file is not what its name says: it is a {kind.upper()} file",))
    return Verdict(kind)


def _fits(called: str, kind: str) -> bool:
    ending = called.rpartition(".")[2].lower() if "." in called else kind
    return ENDINGS.get(ending, ending) == kind


def safe_name(called: str) -> str:
    """What a person called the file, fit to be shown: no path, no control or direction marks, not too long."""
    bare = re.split(r"[\\/]", unicodedata.normalize("NFC", called))[-1]
    shown = "".join(
        one for one in bare if unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    ).strip(" .")
    if _RESERVED.match(shown):
        shown = f"file {shown}"
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > LONGEST_NAME:
        shown = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[:LONGEST_NAME]
    return shown or "file"
