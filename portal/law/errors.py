"""What can be wrong with a question of law.

LawError
├── FactMissing       a fact the law needs was not given; names every one
├── FactWrong         a fact cannot be true, or is not of its kind; names it
├── CalendarEnds      the bank holidays around that day are not known; names the last day that is
└── QuestionUnknown   there is no such question
"""

from datetime import date


class LawError(Exception):
    """Root of every error of the law room."""


class FactMissing(LawError):
    """A fact that the law needs was not given. An answer would be a guess."""

    def __init__(self, *names: str) -> None:
        super().__init__(f"fact missing: {', '.join(names)}")
        self.names = names


class FactWrong(LawError):
    """A fact is not of its kind, or contradicts another."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"fact wrong: {name}: {why}")
        self.name = name
        self.why = why


class CalendarEnds(LawError):
    """Bank holidays are known only for some years, and this day is outside them."""

    def __init__(self, day: date, *, first: date, last: date) -> None:
        super().__init__(f"bank holidays are known from {first} to {last}, not for {day}")
        self.day = day
        self.last = last


class QuestionUnknown(LawError):
    """There is no such question of law."""

    def __init__(self, question: str) -> None:
        super().__init__(f"no such question: {question}; portal law list names them all")
