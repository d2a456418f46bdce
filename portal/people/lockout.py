"""When guessing stops. Pure.

Strangers are counted apart from browsers that have signed in to the account before. So a stranger who guesses
locks out strangers, not the owner at the usual desk; and codes can only be guessed by who has the password.
"""

from datetime import datetime, timedelta

WITHIN = timedelta(minutes=15)
PASSWORDS = 5
CODES = 5


def since(now: datetime) -> datetime:
    """Failures before this are forgotten."""
    return now - WITHIN


def is_locked(*, passwords: int, codes: int) -> bool:
    """Whether so many failures in the last 15 minutes lock the account for this kind of browser."""
    return passwords >= PASSWORDS or codes >= CODES
