"""What a CME 1 leaver form asks, and when its answers are whole. Pure.

The return itself: Education (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 13; the
grounds on which a name may be deleted: regulation 9(1)(a) to (o).
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from portal.errors import AnswersWrong

NOT_KNOWN = "not known"
KNOWN = "known"
# How far a leaving date can lie ahead: a school may tell us before the last day.
AHEAD_DAYS = 92


@dataclass(frozen=True, kw_only=True)
class LeaverForm:
    """The answers of a leaver form, whole."""

    surname: str
    forenames: str
    born: date
    upn: str | None
    left: date
    ground: str
    destination: str
    next_school: str | None
    starts: date | None

    @classmethod
    def read(cls, answers: dict[str, Any]) -> Self:
        """From the kept answers. Raises AnswersWrong naming every question still open."""
        missing = {name: message for name, message in QUESTIONS.items() if not answers.get(name)}
        if answers.get("destination") == KNOWN and not answers.get("next_school"):
            missing["next_school"] = "Enter the name of the new school"
        if missing:
            raise AnswersWrong(missing)
        given: dict[str, Any] = {field.name: answers.get(field.name) or None for field in fields(cls)}
        for name in ("born", "left", "starts"):
            given[name] = date.fromisoformat(given[name]) if given[name] else None
        return cls(**given)


QUESTIONS = {
    "surname": "Enter the child’s last name",
    "forenames": "Enter the child’s first names",
    "born": "Enter the child’s date of birth",
    "left": "Enter the last day the child was on your roll",
    "ground": "Select why the child’s name is to be deleted",
    "destination": "Select whether you know where the child goes next",
}


def faults_of_dates(*, born: date | None, left: date | None, today: date) -> dict[str, str]:
    """What is wrong with the dates, by field, in words that say what to do."""
    faults = {}
    if born and born >= today:
        faults["born"] = "The date of birth must be in the past"
    if born and born.year < today.year - 20:
        faults["born"] = "The date of birth must be in the last 20 years"
    if left and (left - today).days > AHEAD_DAYS:
        faults["left"] = "The leaving date must be no more than 3 months ahead"
    if left and born and left <= born:
        faults["left"] = "The leaving date must be after the date of birth"
    return faults


def needs_referral(answers: dict[str, Any]) -> bool:
    """Whether a leaver form is not enough: with no destination known, the coordinator needs a CME 2 referral too."""
    return answers.get("destination") == NOT_KNOWN
