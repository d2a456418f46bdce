"""Penalty notices, and the service of documents."""

from collections.abc import Mapping

from portal.law import penalty_notice, service
from portal.law.questions._facts import Choice, Count, DayOrFlag, Group, Listed
from portal.law.questions._question import CALENDAR, DAY, FLAG, MARKS, Question, rules, same

_PREVIOUS = Group(
    {"issued": DAY, "offence_from": DAY},
    {"withdrawn": DAY, "acquitted": DAY},
    into=penalty_notice.Previous,
)
_SECTION = Choice(("444A", "105"))

QUESTIONS: Mapping[str, Question] = {
    "penalty-notice.amount": Question(
        facts=Group(
            {
                "offence_from": DAY,
                "offence_to": DAY,
                "issued": DAY,
                "previous": Listed(_PREVIOUS),
            },
            {"section": _SECTION},
        ),
        answer=penalty_notice.amount,
        says=same("reduced", "full", "ladder"),
        rules=rules(
            "penalty-notice.regime",
            "penalty-notice.amount",
            "penalty-notice.limit",
            "penalty-notice.window",
            "penalty-notice.disregard",
        ),
    ),
    "penalty-notice.deadlines": Question(
        facts=Group(
            {"offence_from": DAY},
            {"posted": DAY, "received": DAY, "section": _SECTION},
            one_of=("posted", "received"),
        ),
        answer=penalty_notice.deadlines,
        says=same("received", "reduced_until", "pay_until", "proceedings_from", "charge_by", "enforceable"),
        rules=rules(
            "service.first-class-penalty-notice",
            "penalty-notice.amount-444A",
            "penalty-notice.amount-105",
            "penalty-notice.reduced-until",
            "penalty-notice.pay-until",
            "penalty-notice.proceedings-from",
            "prosecution.limit",
        ),
    ),
    "penalty-notice.threshold": Question(
        facts=Group({"marks": MARKS, "school_days": CALENDAR}, {"weeks": Count(), "sessions": Count()}),
        answer=penalty_notice.threshold,
        says=same("met", "on", "counted", "codes"),
        rules=rules(
            "penalty-notice.threshold",
            "penalty-notice.school-week",
            "penalty-notice.not-established",
        ),
    ),
    "penalty-notice.withdrawal": Question(
        facts=Group(
            {
                "ground": Choice(("ought-not", "wrong-person", "material-errors", "unpaid")),
                "issued": DAY,
            },
            {"paid": DayOrFlag(), "further_notice": Choice(("unpaid", "paid"))},
        ),
        answer=penalty_notice.withdrawal,
        says=same("may_withdraw", "must_withdraw", "proceedings_barred", "repay"),
        rules=rules("penalty-notice.withdraw"),
    ),
    "service.deemed": Question(
        facts=Group(
            {
                "method": Choice(("hand", "left", "first-class", "other-post", "electronic")),
                "on": DAY,
                "kind": Choice(("penalty-notice", "s572")),
            },
            {"consent": FLAG, "returned": FLAG, "actual": DAY},
        ),
        answer=service.deemed,
        says=same("served", "why_not"),
        rules=rules("service."),
    ),
}
