"""School attendance orders, education supervision orders, and the magistrates' court."""

from collections.abc import Mapping

from portal.law import attendance_order, prosecution, supervision_order
from portal.law.questions._facts import Choice, Group, Listed, Unknown
from portal.law.questions._question import DAY, FLAG, Question, rules, same

QUESTIONS: Mapping[str, Question] = {
    "attendance-order.deadlines": Question(
        facts=Group(
            {"notice_served": DAY, "ehc_plan": FLAG},
            {"choice_served": DAY, "school_notice_received": DAY},
        ),
        answer=attendance_order.deadlines,
        says=same("satisfy_until", "decide_from", "choose_until", "order_from", "why_not_yet"),
        rules=rules(
            "attendance-order.satisfy",
            "attendance-order.choice",
            "attendance-order.plan",
            "attendance-order.objection",
        ),
    ),
    "attendance-order.may-serve": Question(
        facts=Group(
            {
                "on": DAY,
                "notice_served": DAY,
                "satisfied": FLAG,
                "expedient": FLAG,
                "supervision_order": FLAG,
                "ehc_plan": FLAG,
                "school": Choice(("maintained", "academy", "independent", "special")),
                "every_parent_served": FLAG,
            },
            {
                "plan_names_school": FLAG,
                "consulted": FLAG,
                "decision_received": DAY,
                "direction": FLAG,
                "agreed": FLAG,
                "over_number": FLAG,
                "infant_prejudice": FLAG,
                "excluded_from": FLAG,
                "choice_served": DAY,
                "choice_honoured": FLAG,
            },
        ),
        answer=lambda **facts: attendance_order.may_serve(attendance_order.OrderProposal(**facts)),
        says=same("may", "against"),
        rules=rules("attendance-order."),
    ),
    "prosecution.limit": Question(
        facts=Group({"sessions": Listed(DAY), "on": DAY}),
        answer=prosecution.limit,
        says=same("charge_by", "earliest_session", "in_time", "out_of_time"),
        rules=rules("prosecution.limit", "prosecution.earliest"),
    ),
    "prosecution.single-justice": Question(
        facts=Group(
            {
                "offence": Choice(("444(1)", "444(1A)", "443", "103(3)", "sch3-18")),
                "born": Unknown(DAY),
                "on": DAY,
            },
            {"order_regime": Choice(("1996", "2026"))},
        ),
        answer=prosecution.single_justice,
        says=same("eligible", "against"),
        rules=rules("prosecution.s", "prosecution.i", "prosecution.o"),
    ),
    "supervision-order.term": Question(
        facts=Group({"made": DAY, "born": DAY}),
        answer=supervision_order.term,
        says=same("expires", "extend_from"),
        rules=rules("supervision-order.", "ages."),
    ),
}
