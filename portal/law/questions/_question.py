"""What a question is, and the facts that several of them share.

Names, facts and answers are a contract other people script against: what is listed is never renamed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.law.calendar import SchoolDays
from portal.law.codes import Mark
from portal.law.questions._facts import Choice, Day, Flag, Group, Listed, Word
from portal.law.rows import Answer, names


@dataclass(frozen=True, kw_only=True)
class Question:
    """*says*: names in the answer, and the attribute each comes from; "?" ends a name that may be left out."""

    facts: Group
    answer: Callable[..., Answer]
    says: Mapping[str, str]
    rules: tuple[str, ...]


def _mark(*, date: date, session: Literal["am", "pm"], code: str) -> Mark:
    return Mark(date, session, code)


def _school_days(*, terms: tuple[tuple[date, date], ...], closed: tuple[date, ...] = ()) -> SchoolDays:
    return SchoolDays(terms, frozenset(closed))


DAY, FLAG = Day(), Flag()
MARKS = Listed(Group({"date": DAY, "session": Choice(("am", "pm")), "code": Word()}, into=_mark))
CALENDAR = Group({"terms": Listed(Listed(DAY, size=2))}, {"closed": Listed(DAY)}, into=_school_days)


def same(*attributes: str) -> dict[str, str]:
    """An answer whose names are its attributes' own."""
    return {attribute: attribute for attribute in attributes}


def rules(*prefixes: str) -> tuple[str, ...]:
    """Every rule of the tables whose name begins so."""
    return tuple(name for name in names() if name.startswith(prefixes))
