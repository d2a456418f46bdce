"""An attendance register extract and a school's calendar, as people type, paste or export them. Pure.

A register line is a day and its two codes: `7 September 2026, O, /`. A term is a line with its first and last day:
`2 September 2026 to 23 October 2026`. A closed day is a line with one day. Dates may also be 2026-09-07 or 07/09/2026.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from portal.errors import AnswersWrong
from portal.law import codes
from portal.law.codes import Mark
from portal.law.errors import LawError

_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y")
_CODES = 2
_MOST_LINES = 2000


def day(text: str) -> date | None:
    """The day written there, or None."""
    for shape in _FORMATS:
        try:
            return datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def marks(rows: Iterable[Sequence[str]]) -> tuple[Mark, ...]:
    """The marks of rows of day, morning code, afternoon code. Raises AnswersWrong naming the first lines it cannot read."""
    found: list[Mark] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and day(cells[0]) is None and len(cells) > _CODES):
            continue  # an empty line, or the line of headings
        try:
            found += _marks_of(cells)
        except ValueError as fault:
            wrong.append(f"line {number}: {fault}")
    if wrong:
        raise AnswersWrong({"marks": "Check " + "; ".join(wrong[:3])})
    if not found:
        raise AnswersWrong({"marks": "Enter the attendance marks, or upload the register extract"})
    return tuple(found)


def _marks_of(cells: Sequence[str]) -> list[Mark]:
    on = day(cells[0])
    if on is None:
        raise ValueError(f"“{cells[0]}” is not a date such as 7 September 2026")
    if len(cells) <= _CODES:
        raise ValueError("needs a morning and an afternoon code")
    given = [(session, code.upper()) for session, code in (("am", cells[1]), ("pm", cells[2])) if code not in {"", "-"}]
    for _, code in given:
        try:
            codes.attendance(code, on)
        except LawError:
            raise ValueError(f"“{code}” is not an attendance code on that day") from None
    return [Mark(on, session, code) for session, code in given]  # type: ignore[arg-type]


def rows_of(text: str) -> list[list[str]]:
    """The cells of typed or pasted lines, divided by commas, tabs or semicolons, or by spaces after the date."""
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise AnswersWrong({"marks": f"Enter no more than {_MOST_LINES} lines"})
    return [_cells(line) for line in lines]


def _cells(line: str) -> list[str]:
    if re.search(r"[,;\t]", line):
        return [cell.strip() for cell in re.split(r"[,;\t]", line)]
    words = line.split()
    return [" ".join(words[:-_CODES]), *words[-_CODES:]] if len(words) > _CODES else words


def terms(text: str) -> tuple[tuple[date, date], ...]:
    """The terms of a school's calendar, a line each."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, _, last = line.partition(" to ")
        days = day(first), day(last)
        if days[0] is None or days[1] is None:
            raise AnswersWrong({"terms": f"“{line}” must be two dates, such as 2 September 2026 to 23 October 2026"})
        found.append((days[0], days[1]))
    if not found:
        raise AnswersWrong({"terms": "Enter the school’s terms, a line each"})
    return tuple(found)


def closed(text: str) -> frozenset[date]:
    """The days on which the school was closed in term, a line each."""
    found = set()
    for line in filter(None, map(str.strip, text.splitlines())):
        on = day(line)
        if on is None:
            raise AnswersWrong({"closed": f"“{line}” must be a date, such as 30 November 2026"})
        found.add(on)
    return frozenset(found)
