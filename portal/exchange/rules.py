"""References that are easy to say, and the words of a receipt."""

from hashlib import sha256
from uuid import UUID

# No vowels, so that no word comes out; nothing that is mistaken for another when read aloud or by hand.
_LETTERS = "23456789CFGHJKMPQRVWX"
_LENGTH = 8


def reference(prefix: str, which: UUID) -> str:
    """A reference such as `CM1-7K2M-9QXC`, always the same for one transfer, telling nothing about it."""
    number = int.from_bytes(sha256(b"reference" + which.bytes).digest())
    letters = ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
