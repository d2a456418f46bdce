"""The kinds of fact: each knows its JSON Schema and reads its own value, or says by name what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from portal.law.errors import FactMissing, FactWrong

Schema = dict[str, Any]
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# A year outside these is a slip of the keyboard, and keeps every sum of days inside what a date can be.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Fact(Protocol):
    """A kind of fact."""

    def schema(self) -> Schema: ...

    def read(self, name: str, value: object) -> object: ...


@dataclass(frozen=True)
class Day:
    """A date, as YYYY-MM-DD and no other way."""

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}

    def read(self, name: str, value: object) -> date:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise FactWrong(name, f"{value!r} is not a date as YYYY-MM-DD")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise FactWrong(name, f"there is no {value}") from None
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise FactWrong(name, f"{value} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
        return day


@dataclass(frozen=True)
class Moment:
    """A time, ISO 8601 with its offset."""

    def schema(self) -> Schema:
        return {"type": "string", "format": "date-time"}

    def read(self, name: str, value: object) -> datetime:
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise FactWrong(name, f"{value!r} is not a time with offset, as 2026-11-20T16:30:00+00:00")
        Day().read(name, moment.date().isoformat())
        return moment


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def schema(self) -> Schema:
        return {"type": "boolean"}

    def read(self, name: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise FactWrong(name, f"{value!r} is not true or false")
        return value


@dataclass(frozen=True)
class Count:
    """A whole number of at least one."""

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": 1}

    def read(self, name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise FactWrong(name, f"{value!r} is not a whole number of at least 1")
        return value


@dataclass(frozen=True)
class Choice:
    """One of the words listed."""

    words: tuple[str, ...]

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.words)}

    def read(self, name: str, value: object) -> str:
        if not isinstance(value, str) or value not in self.words:
            raise FactWrong(name, f"{value!r} is none of {', '.join(self.words)}")
        return value


@dataclass(frozen=True)
class Word:
    """Text that the law itself checks, such as an attendance code."""

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1}

    def read(self, name: str, value: object) -> str:
        if not isinstance(value, str) or not value:
            raise FactWrong(name, f"{value!r} is not text")
        return value


@dataclass(frozen=True)
class DayOrFlag:
    """The day on which it happened, or only whether it did."""

    def schema(self) -> Schema:
        return {"anyOf": [Day().schema(), Flag().schema()]}

    def read(self, name: str, value: object) -> date | bool:
        return value if isinstance(value, bool) else Day().read(name, value)


@dataclass(frozen=True)
class Unknown:
    """A fact that must be answered, be it with null: not known."""

    of: Fact

    def schema(self) -> Schema:
        return {"anyOf": [self.of.schema(), {"type": "null"}]}

    def read(self, name: str, value: object) -> object:
        return None if value is None else self.of.read(name, value)


@dataclass(frozen=True)
class Listed:
    """Any number of facts of one kind; *size* where there must be exactly so many."""

    of: Fact
    size: int | None = None

    def schema(self) -> Schema:
        sizes = {} if self.size is None else {"minItems": self.size, "maxItems": self.size}
        return {"type": "array", "items": self.of.schema(), **sizes}

    def read(self, name: str, value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise FactWrong(name, "it is not a list")
        if self.size is not None and len(value) != self.size:
            raise FactWrong(name, f"it does not hold {self.size} but {len(value)}")
        return tuple(self.of.read(f"{name}[{place}]", one) for place, one in enumerate(value))


@dataclass(frozen=True)
class Group:
    """Facts by name. Null stands for an optional fact not given. *into* makes one value of them."""

    fields: Mapping[str, Fact]
    optional: Mapping[str, Fact] = field(default_factory=dict)
    into: Callable[..., Any] = dict
    one_of: tuple[str, ...] = ()

    def schema(self) -> Schema:
        given = {name: fact.schema() for name, fact in self.fields.items()}
        may_be = {name: Unknown(fact).schema() for name, fact in self.optional.items()}
        either = {"oneOf": [{"required": [name]} for name in self.one_of]} if self.one_of else {}
        return {
            "type": "object",
            "properties": given | may_be,
            "required": list(self.fields),
            "additionalProperties": False,
            **either,
        }

    def read(self, name: str, value: object) -> object:
        return self.into(**self.values(name, value))

    def values(self, name: str, value: object) -> dict[str, object]:
        """The facts by name, each read. Unknown ones are wrong, and all that are missing are named."""
        prefix = f"{name}." if name else ""
        if not isinstance(value, dict):
            raise FactWrong(name or "facts", "it is not an object of facts by name")
        known = {**self.fields, **self.optional}
        if unknown := [str(one) for one in value if one not in known]:
            raise FactWrong(f"{prefix}{unknown[0]}", "the law asks for no such fact")
        if missing := [one for one in self.fields if self._absent(one, value)]:
            raise FactMissing(*(f"{prefix}{one}" for one in missing))
        return {
            one: known[one].read(f"{prefix}{one}", held)
            for one, held in value.items()
            if one in self.fields or held is not None
        }

    def _absent(self, name: str, given: Mapping[str, object]) -> bool:
        """Not given, or null where null is no answer."""
        return name not in given or (given[name] is None and not isinstance(self.fields[name], Unknown))
