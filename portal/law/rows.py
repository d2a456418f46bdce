"""The dated tables: a rule is a row with its value, its dates, its source and how well it is confirmed.

Marks: P read in the primary text, V in a secondary source, M from memory, I inferred. All but P are unconfirmed:
a solicitor checks them before the portal goes live.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from portal.law.errors import FactWrong

CONFIRMED = "P"
_COLUMNS = ("rule", "says", "from", "until", "source", "mark")


@dataclass(frozen=True)
class Reason:
    """A rule in words, where it stands, and its mark (P, V, M or I)."""

    rule: str
    source: str
    mark: str


@dataclass(frozen=True)
class Row:
    """One rule as it stood from *first* to *last* (None: still in force)."""

    rule: str
    says: str
    first: date
    last: date | None
    source: str
    mark: str
    value: Mapping[str, Any]

    def in_force(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)

    def number(self, name: str) -> int:
        """A value of the row that is a whole number: pounds, days, sessions."""
        found = self.value[name]
        if not isinstance(found, int):
            raise TypeError(f"{self.rule}: {name} is not a number")
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """A value of the row that is a list of words."""
        return tuple(self.value[name])

    def reason(self, words: str = "") -> Reason:
        """This row as a reason, in its own words or, where given, with the facts of the case."""
        return Reason(words or self.says, self.source, self.mark)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What every answer carries: the rules it rests on, in the order they were used."""

    because: tuple[Reason, ...]

    @property
    def unconfirmed(self) -> tuple[Reason, ...]:
        """The rules used that nobody has yet read in the primary text."""
        return tuple(reason for reason in self.because if reason.mark != CONFIRMED)


def read(name: str) -> dict[str, list[dict[str, Any]]]:
    """A packaged table by its file name."""
    return tomllib.loads((files("portal.law") / "tables" / name).read_text(encoding="utf-8"))


def rule(name: str, on: date) -> Row:
    """The row of that rule in force on that day. FactWrong where the tables hold no law for it."""
    for row in _RULES[name]:
        if row.in_force(on):
            return row
    earliest = min(row.first for row in _RULES[name])
    raise FactWrong("date", f"{on} is before {earliest}, where our tables of {name} begin")


def newest(name: str) -> Row:
    """The row of that rule that began last, for rules that ask what they reach back to."""
    return max(_RULES[name], key=lambda row: row.first)


def history(name: str) -> tuple[Row, ...]:
    """Every row of that rule, oldest first."""
    return _RULES[name]


def names() -> tuple[str, ...]:
    """Every rule there is."""
    return tuple(_RULES)


def reasons(*used: Row | Reason) -> tuple[Reason, ...]:
    """Rows and reasons as reasons, in order, each once."""
    return tuple(dict.fromkeys(one if isinstance(one, Reason) else one.reason() for one in used))


def _row(columns: Mapping[str, Any]) -> Row:
    value = {name: held for name, held in columns.items() if name not in _COLUMNS}
    return Row(
        rule=columns["rule"],
        says=columns["says"],
        first=columns["from"],
        last=columns.get("until"),
        source=columns["source"],
        mark=columns["mark"],
        value=MappingProxyType(value),
    )


def _tables() -> Iterator[str]:
    tables = (files("portal.law") / "tables").iterdir()
    return iter(sorted(table.name for table in tables if table.name.endswith(".toml")))


def _all_rows() -> Iterable[Row]:
    return (_row(columns) for table in _tables() for columns in read(table).get("row", ()))


def _by_rule(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.rule, []).append(row)
    return {name: tuple(sorted(held, key=lambda row: row.first)) for name, held in grouped.items()}


_RULES = _by_rule(_all_rows())

version = sha256(
    b"".join((files("portal.law") / "tables" / table).read_text(encoding="utf-8").encode() for table in _tables())
).hexdigest()
"""Which tables answered: events and approved notices carry it."""
