"""Unique pupil numbers: what is wrong with one, in words. Pure.

13 characters: a check letter, the authority (3), the school (4), the year (2), a serial (3, or 2 and a letter for a
temporary number). DfE, Unique pupil numbers guide 1.2, section 6 and annex A.
"""

import re
from collections.abc import Collection

from stdnum.exceptions import ValidationError
from stdnum.gb import upn as numbers

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(rf"[{LETTERS}]\d{{11}}[0-9{LETTERS}]", re.ASCII)
_LENGTH = 13


def fault(upn: str, known: Collection[str] = ()) -> str:
    """What is wrong with it; nothing if it can be right. *known*: the authorities' numbers, where they are to be checked."""
    tidy = upn.strip().upper()
    if len(tidy) != _LENGTH:
        return f"UPN must have 13 characters; this one has {len(tidy)}"
    if not _SHAPE.fullmatch(tidy):
        return "UPN must be a letter and 12 digits, like H801200001001, and never has I, O or S"
    if tidy[0] != check_letter(tidy):
        return f"UPN has a check letter that does not fit its digits: {tidy[0]}"
    if known and tidy[1:4] not in known:
        return f"UPN names an authority that is not known: {tidy[1:4]}"
    return ""


def check_letter(upn: str) -> str:
    """The letter that its other characters ask for. The library knows permanent numbers, and we the temporary ones."""
    if upn[-1].isdigit():
        try:
            return str(numbers.calc_check_digit(upn[1:]))
        except ValidationError:  # pragma: no cover - the shape was checked
            return ""
    values = [int(one) for one in upn[1:-1]] + [LETTERS.index(upn[-1])]
    return LETTERS[sum(weight * value for weight, value in enumerate(values, 2)) % len(LETTERS)]


def is_temporary(upn: str) -> bool:
    """Whether it is a temporary number, to be replaced by the next school."""
    return not upn[-1].isdigit()
