"""Questions of law for machines: JSON facts in, a JSON answer out, with its reasons and sources.

ask("registration.new-pupil-return", {"entered": "2026-11-19"})
-> {"answer": {"due": "2026-11-24"}, "because": [{"rule", "source"}], "unconfirmed": [...]}
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from portal.law.errors import QuestionUnknown
from portal.law.questions import _notices, _orders, _schooling
from portal.law.questions._question import Question
from portal.law.rows import Reason, history

__all__ = ["ask", "questions"]

_QUESTIONS = {**_notices.QUESTIONS, **_orders.QUESTIONS, **_schooling.QUESTIONS}


def ask(question: str, facts: object) -> dict[str, Any]:
    """The answer to that question. QuestionUnknown, FactMissing, FactWrong or CalendarEnds where there is none."""
    asked = _QUESTIONS.get(question)
    if asked is None:
        raise QuestionUnknown(question)
    answer = asked.answer(**asked.facts.values("", facts))
    return {
        "answer": {
            name.removesuffix("?"): _plain(value)
            for name, attribute in asked.says.items()
            if (value := getattr(answer, attribute)) is not None or not name.endswith("?")
        },
        "because": [_reason(reason) for reason in answer.because],
        "unconfirmed": [{**_reason(reason), "mark": reason.mark} for reason in answer.unconfirmed],
    }


def questions() -> list[dict[str, Any]]:
    """Every question by name, its facts as JSON Schema, what it answers, and the sources it may rest on."""
    return [
        {
            "question": name,
            "facts": asked.facts.schema(),
            "answer": list(asked.says),
            "sources": _sources(asked),
        }
        for name, asked in sorted(_QUESTIONS.items())
    ]


def _sources(asked: Question) -> list[str]:
    return list(dict.fromkeys(row.source for name in asked.rules for row in history(name)))


def _reason(reason: Reason) -> dict[str, str]:
    return {"rule": reason.rule, "source": reason.source}


def _plain(value: object) -> object:
    """A value of the law as JSON knows it."""
    if isinstance(value, Reason):
        return _reason(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(held) for name, held in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
