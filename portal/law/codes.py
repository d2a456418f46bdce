"""Attendance codes (reg 10) and deletion grounds (reg 9) of the pupil registration regulations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

from portal.law import rows
from portal.law.errors import FactWrong

COUNTED = ("G", "N", "O", "U")
"""The codes that count towards the penalty notice threshold, in the order they are reported."""
NOT_ESTABLISHED = "N"
CANCELLED = frozenset({"#", "Y4"})
"""The school did not meet for that session."""
NEVER_POSSIBLE = frozenset({"not counted", "administrative"})


@dataclass(frozen=True)
class Code:
    """An attendance code, its class for statistics, and the days on which it may be recorded."""

    code: str
    meaning: str
    kind: str
    table: int
    first: date
    last: date | None
    source: str
    mark: str


@dataclass(frozen=True, order=True)
class Mark:
    """What the register says of one attendance session."""

    day: date
    session: Literal["am", "pm"]
    code: str


@dataclass(frozen=True)
class Ground:
    """A circumstance in which a name is deleted from the admission register."""

    letter: str
    title: str
    evidence: str
    formerly: str
    enquiries: str
    first: date
    source: str
    mark: str


@dataclass(frozen=True)
class Totals:
    """Attendance sessions, counted as the head's certificate shows them."""

    possible: int
    attended: int
    authorised: int
    unauthorised: int
    by_code: Mapping[str, int]


def _code(columns: Mapping[str, Any]) -> Code:
    return Code(
        code=columns["code"],
        meaning=columns["meaning"],
        kind=columns["class"],
        table=columns["table"],
        first=columns["from"],
        last=columns.get("until"),
        source=columns["source"],
        mark=columns["mark"],
    )


def _ground(columns: Mapping[str, Any]) -> Ground:
    return Ground(**{("first" if name == "from" else name): held for name, held in columns.items()})


ATTENDANCE: Mapping[str, Code] = MappingProxyType(
    {code.code: code for code in map(_code, rows.read("attendance_codes.toml")["code"])}
)
GROUNDS: Mapping[str, Ground] = MappingProxyType(
    {ground.letter: ground for ground in map(_ground, rows.read("deletion_grounds.toml")["ground"])}
)


def attendance(code: str, on: date) -> Code:
    """The attendance code as it stood on that day. FactWrong where it was not one."""
    found = ATTENDANCE.get(code)
    if found is None:
        raise FactWrong("code", f"{code!r} is no attendance code")
    if on < found.first or (found.last is not None and found.last < on):
        raise FactWrong("code", f"{code!r} was no attendance code on {on}")
    return found


def register(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks in order of time. FactWrong where one is no code, or a session is marked twice."""
    ordered = tuple(sorted(marks))
    for mark in ordered:
        attendance(mark.code, mark.day)
    for earlier, later in pairwise(ordered):
        if (earlier.day, earlier.session) == (later.day, later.session):
            raise FactWrong("marks", f"{later.day} {later.session} is marked twice")
    return ordered


def tally(marks: Iterable[Mark]) -> dict[str, int]:
    """How many of each counted code, every one of them named."""
    given = [mark.code for mark in marks]
    return {code: given.count(code) for code in COUNTED}


def totals(marks: Iterable[Mark]) -> Totals:
    """Sessions possible, attended and absent; what was not possible is in no denominator."""
    ordered = register(marks)
    kinds = [ATTENDANCE[mark.code].kind for mark in ordered]
    return Totals(
        possible=sum(kind not in NEVER_POSSIBLE for kind in kinds),
        attended=sum(kind.startswith("attending") for kind in kinds),
        authorised=kinds.count("authorised"),
        unauthorised=kinds.count("unauthorised"),
        by_code={
            code: sum(mark.code == code for mark in ordered) for code in dict.fromkeys(mark.code for mark in ordered)
        },
    )
