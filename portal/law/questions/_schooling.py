"""Ages, the registers, exclusions, and the clock of a data breach."""

from collections.abc import Mapping

from portal.law import ages, clocks, deletion, registration
from portal.law.codes import GROUNDS
from portal.law.questions._facts import Choice, Group, Moment, Unknown
from portal.law.questions._question import CALENDAR, DAY, FLAG, MARKS, Question, rules, same

_FOUND = Unknown(Choice(("not-found", "agreed-no-return")))

QUESTIONS: Mapping[str, Question] = {
    "ages.compulsory-school-age": Question(
        facts=Group({"born": DAY}),
        answer=ages.compulsory_school_age,
        says=same("starts", "ends"),
        rules=rules("ages."),
    ),
    "registration.new-pupil-return": Question(
        facts=Group({"entered": DAY}),
        answer=registration.new_pupil_return,
        says=same("due"),
        rules=rules("registration.new-pupil-return"),
    ),
    "registration.code-n": Question(
        facts=Group({"recorded": DAY, "school_days": CALENDAR}),
        answer=registration.code_n,
        says=same("settle_by", "then"),
        rules=rules("registration.code-n"),
    ),
    "registration.attendance-return": Question(
        facts=Group({"marks": MARKS, "school_days": CALENDAR}),
        answer=registration.attendance_return,
        says={
            "ten_day_run": "ten_day_run",
            "from?": "first",
            "to?": "last",
            "regular_limb": "regular_limb",
        },
        rules=rules("registration.attendance-return"),
    ),
    "registration.deletion": Question(
        facts=Group(
            {
                "ground": Choice(tuple(GROUNDS)),
                "on": DAY,
                "attendance_order": FLAG,
                "special_school_placed": FLAG,
            },
            {
                "authority_consents": FLAG,
                "written": FLAG,
                "last_day": DAY,
                "far": FLAG,
                "expected_back": FLAG,
                "leave_ended": DAY,
                "absent_from": DAY,
                "marks": MARKS,
                "school_days": CALENDAR,
                "sickness_grounds": FLAG,
                "joint": Group({"school": _FOUND, "authority": _FOUND}, into=deletion.JointEfforts),
                "review_ended": FLAG,
            },
        ),
        answer=lambda **facts: deletion.may_delete(deletion.Deletion(**facts)),
        says=same("may", "against"),
        rules=rules("registration.deletion"),
    ),
    "exclusion.sixth-day": Question(
        facts=Group({"first_day": DAY, "school_days": CALENDAR}),
        answer=clocks.sixth_day,
        says=same("provision_from"),
        rules=rules("exclusion."),
    ),
    "breach.clock": Question(
        facts=Group({"aware": Moment()}),
        answer=clocks.breach,
        says=same("report_by"),
        rules=rules("breach."),
    ),
}
