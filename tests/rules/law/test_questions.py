"""The worked examples of the guidance, asked as other people's scripts ask them."""

from datetime import date, datetime, timedelta

import pytest

from portal.law import clocks
from portal.law.errors import CalendarEnds, FactMissing, FactWrong, QuestionUnknown
from portal.law.questions import ask, questions

D = date.fromisoformat
DAY = timedelta(days=1)
YEAR = {
    "terms": [["2026-04-13", "2026-05-22"], ["2026-06-01", "2026-07-21"],
              ["2026-09-02", "2026-10-23"], ["2026-11-02", "2026-12-18"]],
    "closed": [],
}  # fmt: skip
INSET = {**YEAR, "closed": ["2026-11-30"]}


def answer(question, **facts):
    return ask(question, facts)["answer"]


def register(first, last, code="/", **others):
    """Two marks a weekday; *others* by day, as d2026_11_04="I"."""
    marks, day = [], D(first)
    while day <= D(last):
        half_term = D("2026-10-24") <= day <= D("2026-11-01")
        if day.weekday() < 5 and not half_term:
            given = others.get(f"d{day:%Y_%m_%d}", code)
            marks += [{"date": str(day), "session": half, "code": given} for half in ("am", "pm")]
        day += DAY
    return marks


EXAMPLES = [
    # row, in the guidance's words; question; facts; what the answer holds
    ("1 Fri 20 Nov 2026 -> Tue 24 Nov", "service.deemed",
     {"method": "first-class", "on": "2026-11-20", "kind": "penalty-notice"}, {"served": "2026-11-24", "why_not": None}),
    ("1 Thu 24 Dec 2026 -> Wed 30 Dec", "service.deemed",
     {"method": "first-class", "on": "2026-12-24", "kind": "penalty-notice"}, {"served": "2026-12-30"}),
    ("1 Thu 2 Apr 2026 -> Wed 8 Apr", "service.deemed",
     {"method": "first-class", "on": "2026-04-02", "kind": "s572"}, {"served": "2026-04-08"}),
    ("2 hand, same day", "service.deemed",
     {"method": "hand", "on": "2026-11-23", "kind": "s572"}, {"served": "2026-11-23"}),
    ("2 left at residence, same day", "service.deemed",
     {"method": "left", "on": "2026-11-23", "kind": "s572"}, {"served": "2026-11-23"}),
    ("3 served Tue 24 Nov 2026 -> last Tue 8 Dec, decide 9 Dec", "attendance-order.deadlines",
     {"notice_served": "2026-11-24", "ehc_plan": True}, {"satisfy_until": "2026-12-08", "decide_from": "2026-12-09", "order_from": "2026-12-09"}),
    ("3 served 30 Dec 2026 -> last 13 Jan 2027", "attendance-order.deadlines",
     {"notice_served": "2026-12-30", "ehc_plan": False}, {"satisfy_until": "2027-01-13", "order_from": None, "choose_until": None}),
    ("4 served 9 Dec 2026 -> last Wed 23 Dec", "attendance-order.deadlines",
     {"notice_served": "2026-11-24", "ehc_plan": False, "choice_served": "2026-12-09"},
     {"choose_until": "2026-12-23", "order_from": "2026-12-24", "why_not_yet": None}),
    ("5 rec 25 Nov 2026 -> 9 Dec", "attendance-order.deadlines",
     {"notice_served": "2026-11-01", "ehc_plan": True, "school_notice_received": "2026-11-25"}, {"order_from": "2026-12-10"}),
    ("7 born 1 Sep 2010 -> 25 Jun 2027", "ages.compulsory-school-age", {"born": "2010-09-01"}, {"ends": "2027-06-25"}),
    ("8 31 Aug 2021 -> 31 Aug 2026, on the day", "ages.compulsory-school-age", {"born": "2021-08-31"}, {"starts": "2026-08-31"}),
    ("8 1 Sep 2021 -> 31 Dec 2026", "ages.compulsory-school-age", {"born": "2021-09-01"}, {"starts": "2026-12-31"}),
    ("8 1 Jan 2022 -> 31 Mar 2027", "ages.compulsory-school-age", {"born": "2022-01-01"}, {"starts": "2027-03-31"}),
    ("8 29 Feb 2020 -> 31 Mar 2025", "ages.compulsory-school-age", {"born": "2020-02-29"}, {"starts": "2025-03-31"}),
    ("9 31 Aug 2010 -> 26 Jun 2026", "ages.compulsory-school-age", {"born": "2010-08-31"}, {"ends": "2026-06-26"}),
    ("9 last Friday in June 2025", "ages.compulsory-school-age", {"born": "2009-03-03"}, {"ends": "2025-06-27"}),
    ("9 last Friday in June 2028", "ages.compulsory-school-age", {"born": "2012-03-03"}, {"ends": "2028-06-30"}),
    ("10 R 24 Nov 2026 -> Mon 14 Dec", "penalty-notice.deadlines",
     {"received": "2026-11-24", "offence_from": "2026-09-07"}, {"reduced_until": "2026-12-14"}),
    ("10 R 10 Feb 2028 -> 1 Mar, leap", "penalty-notice.deadlines",
     {"received": "2028-02-10", "offence_from": "2028-01-10"}, {"reduced_until": "2028-03-01"}),
    ("10 10 Feb 2027 -> 2 Mar", "penalty-notice.deadlines",
     {"received": "2027-02-10", "offence_from": "2027-01-11"}, {"reduced_until": "2027-03-02"}),
    ("11, 12 R 24 Nov 2026 -> Tue 22 Dec 2026, Wed 23 Dec 2026", "penalty-notice.deadlines",
     {"posted": "2026-11-20", "offence_from": "2026-09-07"},
     {"received": "2026-11-24", "pay_until": "2026-12-22", "proceedings_from": "2026-12-23",
      "charge_by": "2027-03-07", "enforceable": True}),
    ("19 posted Tue 2 Feb 2027, charge Fri 5 Mar", "penalty-notice.deadlines",
     {"posted": "2027-02-02", "offence_from": "2026-09-07"},
     {"received": "2027-02-04", "pay_until": "2027-03-04", "proceedings_from": "2027-03-05", "enforceable": True}),
    ("19 posted too late for the first absence", "penalty-notice.deadlines",
     {"posted": "2027-02-05", "offence_from": "2026-09-07"}, {"proceedings_from": "2027-03-10", "enforceable": False}),
    ("20 29 May 2026 -> Sun 29 Nov 2026", "prosecution.limit",
     {"sessions": ["2026-05-29"], "on": "2026-11-29"}, {"charge_by": "2026-11-29", "in_time": ["2026-05-29"], "out_of_time": []}),
    ("20 31 Aug 2026 -> 28 Feb 2027", "prosecution.limit",
     {"sessions": ["2026-08-31"], "on": "2027-03-01"}, {"charge_by": "2027-02-28", "in_time": [], "out_of_time": ["2026-08-31"]}),
    ("20 31 Aug 2027 -> 29 Feb 2028", "prosecution.limit",
     {"sessions": ["2027-09-01", "2027-08-31"], "on": "2028-03-01"},
     {"charge_by": "2028-02-29", "earliest_session": "2027-08-31", "in_time": ["2027-09-01"], "out_of_time": ["2027-08-31"]}),
    ("21 444(1) adult -> SJP", "prosecution.single-justice",
     {"offence": "444(1)", "born": "1990-01-01", "on": "2026-11-23"}, {"eligible": True, "against": []}),
    ("24, 25 ESO made 23 Nov 2026 -> 22 Nov 2027, from 22 Aug 2027", "supervision-order.term",
     {"made": "2026-11-23", "born": "2015-05-05"}, {"expires": "2027-11-22", "extend_from": "2027-08-22"}),
    ("24 29 Feb start -> 28 Feb", "supervision-order.term",
     {"made": "2028-02-29", "born": "2016-05-05"}, {"expires": "2029-02-28", "extend_from": "2028-11-28"}),
    ("24 CSA end first", "supervision-order.term",
     {"made": "2026-11-23", "born": "2010-09-01"}, {"expires": "2027-06-25", "extend_from": None}),
    ("26 Thu 19 Nov 2026 -> Tue 24 Nov", "registration.new-pupil-return", {"entered": "2026-11-19"}, {"due": "2026-11-24"}),
    ("27 Fri 23 Oct 2026 -> Fri 6 Nov, half-term", "registration.code-n",
     {"recorded": "2026-10-23", "school_days": YEAR}, {"settle_by": "2026-11-06", "then": "O"}),
    ("28 2 Nov -> 13 Nov 2026", "registration.attendance-return",
     {"marks": register("2026-11-02", "2026-11-13", "O"), "school_days": YEAR},
     {"ten_day_run": True, "from": "2026-11-02", "to": "2026-11-13", "regular_limb": "officer decides"}),
    ("28 an authorised mark breaks the run", "registration.attendance-return",
     {"marks": register("2026-11-02", "2026-11-13", "O", d2026_11_04="I"), "school_days": YEAR},
     {"ten_day_run": False, "regular_limb": "officer decides"}),
    ("31 PEX first day Wed 25 Nov 2026 -> Wed 2 Dec", "exclusion.sixth-day",
     {"first_day": "2026-11-25", "school_days": YEAR}, {"provision_from": "2026-12-02"}),
    ("31 with INSET 30 Nov -> 3 Dec", "exclusion.sixth-day",
     {"first_day": "2026-11-25", "school_days": INSET}, {"provision_from": "2026-12-03"}),
    ("35 Fri 20 Nov 16:30 -> Mon 23 Nov 16:30", "breach.clock",
     {"aware": "2026-11-20T16:30:00+00:00"}, {"report_by": "2026-11-23T16:30:00+00:00"}),
    ("35 hours, not the clock on the wall", "breach.clock",
     {"aware": "2026-10-23T16:30:00+01:00"}, {"report_by": "2026-10-26T16:30:00+01:00"}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "facts", "holds"), [pytest.param(*row[1:], id=row[0]) for row in EXAMPLES])
def test_the_worked_examples_of_the_guidance(question, facts, holds):
    found = answer(question, **facts)
    assert {name: found[name] for name in holds} == holds


THRESHOLD = "penalty-notice.threshold"


def test_the_threshold_is_told_with_its_codes():
    """2 O on Fri 17 Jul 2026 and 8 G Mon 7-Thu 10 Sep: met on 10 Sep."""
    away = {f"d2026_09_{day:02}": "G" for day in (7, 8, 9, 10)}
    marks = register("2026-07-17", "2026-07-21", d2026_07_17="O")
    marks += register("2026-09-02", "2026-09-11", **away)
    assert answer(THRESHOLD, marks=marks, school_days=YEAR, weeks=None) == {
        "met": True, "on": "2026-09-10", "counted": 10, "codes": {"G": 8, "N": 0, "O": 2, "U": 0},
    }  # fmt: skip
    assert answer(THRESHOLD, marks=marks, school_days=YEAR, sessions=11)["on"] is None


@pytest.mark.parametrize("paid", [True, "2026-12-01"])
def test_withdrawal_takes_the_day_of_payment_or_whether_it_was_paid(paid):
    found = answer("penalty-notice.withdrawal", ground="ought-not", issued="2026-11-20", paid=paid)
    assert found == {
        "may_withdraw": True, "must_withdraw": False, "proceedings_barred": True, "repay": True,
    }  # fmt: skip


def test_the_ladder_refused_leaves_no_amount():
    earlier = [{"issued": day, "offence_from": "2025-01-06", "withdrawn": None} for day in ("2025-02-03", "2026-02-03")]
    found = answer(
        "penalty-notice.amount",
        offence_from="2026-09-07",
        offence_to="2026-09-18",
        issued="2026-11-20",
        previous=earlier,
    )
    assert found == {"reduced": None, "full": None, "ladder": "refused"}


def test_reasons_against_are_told_with_their_sources():
    found = answer("prosecution.single-justice", offence="444(1A)", born="1990-01-01", on="2026-11-23")
    assert found["against"][0]["source"] == "EA 1996 s.444(8A)"


def test_a_run_that_is_not_there_has_no_days():
    marks = register("2026-11-02", "2026-11-12", "O")
    found = answer("registration.attendance-return", marks=marks, school_days=YEAR)
    assert "from" not in found
    assert "to" not in found


@pytest.mark.parametrize(
    ("question", "facts", "name"),
    [
        ("penalty-notice.amount", {"offence_from": "2026-09-07"}, "offence_to, issued, previous"),
        ("penalty-notice.deadlines", {"offence_from": "2026-09-07"}, "posted or received"),
        ("penalty-notice.threshold", {"marks": [], "school_days": YEAR}, "marks"),
        ("registration.attendance-return", {"marks": [], "school_days": YEAR}, "marks"),
        ("service.deemed", {"method": "electronic", "on": "2026-11-20", "kind": "s572"}, "consent"),
        ("ages.compulsory-school-age", {"born": None}, "born"),
        ("prosecution.single-justice", {"offence": "443", "on": "2026-11-20"}, "born"),
        (
            "penalty-notice.amount",
            {"offence_from": "2026-09-07", "offence_to": "2026-09-18", "issued": "2026-11-20",
             "previous": [{"issued": "2026-01-10"}]},
            r"previous\[0\].offence_from",
        ),
        (
            "registration.attendance-return",
            {"marks": register("2026-11-02", "2026-11-06")[:-1], "school_days": YEAR},
            "marks for 2026-11-06 pm",
        ),
    ],
)  # fmt: skip
def test_a_missing_fact_is_an_error_that_names_it(question, facts, name):
    with pytest.raises(FactMissing, match=f"fact missing: {name}"):
        ask(question, facts)


BORN = "ages.compulsory-school-age"
LIMIT = "prosecution.limit"


@pytest.mark.parametrize(
    ("question", "facts", "says"),
    [
        pytest.param(BORN, {"born": "2015-01-01", "name": "A"}, "name", id="unknown fact"),
        pytest.param(BORN, {"born": "01/02/2015"}, "not a date", id="date another way"),
        pytest.param(BORN, {"born": "20150102"}, "not a date", id="basic date"),
        pytest.param(BORN, {"born": "2015-02-30"}, "there is no", id="no such day"),
        pytest.param(BORN, {"born": 20150102}, "not a date", id="number for date"),
        pytest.param(BORN, {"born": "9015-02-20"}, "between", id="year out of reach"),
        pytest.param(BORN, {"born": "1950-02-20"}, "begin", id="before our tables"),
        pytest.param(BORN, ["2015-01-01"], "object", id="facts no object"),
        pytest.param(LIMIT, {"sessions": "2026-01-05", "on": "2026-02-02"}, "list", id="no list"),
        pytest.param(LIMIT, {"sessions": [], "on": "2026-02-02"}, "none", id="empty list"),
        pytest.param(LIMIT, {"sessions": ["2026-03-02"], "on": "2026-02-02"}, "before", id="future session"),
        pytest.param("breach.clock", {"aware": "2026-11-20T16:30:00"}, "offset", id="time without offset"),
        pytest.param(
            "penalty-notice.threshold", {"marks": [], "school_days": YEAR, "weeks": 0}, "at least 1", id="no weeks"
        ),
        pytest.param(
            "penalty-notice.threshold",
            {"marks": [{"date": "2026-09-07", "session": "am", "code": ""}], "school_days": YEAR},
            r"marks\[0\].code",
            id="empty code",
        ),
        pytest.param("breach.clock", {"aware": "yesterday"}, "offset", id="no time"),
        pytest.param(
            "attendance-order.deadlines",
            {"notice_served": "2026-11-24", "ehc_plan": "no"},
            "true or false",
            id="text for yes or no",
        ),
        pytest.param(
            "attendance-order.deadlines",
            {"notice_served": "2026-11-24", "ehc_plan": False, "choice_served": "2026-11-01"},
            "before",
            id="choice before notice",
        ),
        pytest.param(
            "service.deemed",
            {"method": "owl", "on": "2026-11-24", "kind": "s572"},
            "none of",
            id="no such method",
        ),
        pytest.param(
            "registration.code-n",
            {"recorded": "2026-10-26", "school_days": YEAR},
            "not a school day",
            id="N in half-term",
        ),
        pytest.param(
            "registration.code-n",
            {"recorded": "2026-10-23", "school_days": {"terms": [["2026-09-02"]]}},
            r"school_days.terms\[0\]",
            id="term with one end",
        ),
        pytest.param("registration.new-pupil-return", {"entered": "2024-08-01"}, "before", id="older law"),
        pytest.param(
            "supervision-order.term",
            {"made": "2026-11-23", "born": "2008-01-01"},
            "compulsory school age",
            id="too old for an order",
        ),
    ],
)
def test_a_wrong_fact_is_an_error_that_names_it(question, facts, says):
    with pytest.raises(FactWrong, match=says):
        ask(question, facts)


def test_a_time_without_offset_is_refused_by_the_clock_itself():
    with pytest.raises(FactWrong, match="offset"):
        clocks.breach(aware=datetime(2026, 11, 20, 16, 30))  # noqa: DTZ001


def test_there_is_no_answer_beyond_the_known_bank_holidays():
    with pytest.raises(CalendarEnds, match="2028-12-31"):
        answer("service.deemed", method="first-class", on="2028-12-29", kind="penalty-notice")


def test_an_unknown_question_says_so():
    with pytest.raises(QuestionUnknown, match="no such question"):
        ask("penalty-notice.colour", {})


def test_every_question_of_the_contract_is_listed_with_facts_and_sources():
    listed = {one["question"]: one for one in questions()}
    assert set(listed) == {
        "penalty-notice.amount", "penalty-notice.deadlines", "penalty-notice.threshold",
        "penalty-notice.withdrawal", "attendance-order.deadlines", "attendance-order.may-serve",
        "ages.compulsory-school-age", "registration.new-pupil-return", "registration.deletion",
        "registration.code-n", "registration.attendance-return", "exclusion.sixth-day",
        "prosecution.limit", "prosecution.single-justice", "supervision-order.term",
        "service.deemed", "breach.clock",
    }  # fmt: skip
    for one in listed.values():
        assert one["sources"]
        assert one["facts"]["type"] == "object"
        assert set(one["facts"]["required"]) <= set(one["facts"]["properties"])


@pytest.mark.parametrize(("question", "facts"), [pytest.param(*row[1:3], id=row[0]) for row in EXAMPLES])
def test_every_answer_rests_on_listed_sources_and_flags_the_unconfirmed(question, facts):
    sources = next(one["sources"] for one in questions() if one["question"] == question)
    found = ask(question, facts)
    assert found["because"]
    assert {reason["source"] for reason in found["because"]} <= set(sources)
    assert all(reason["mark"] in "VMI" for reason in found["unconfirmed"])
    plain = [{"rule": one["rule"], "source": one["source"]} for one in found["unconfirmed"]]
    assert all(reason in found["because"] for reason in plain)


def test_what_was_read_in_the_primary_text_is_not_flagged():
    facts = {"offence_from": "2026-09-07", "offence_to": "2026-09-18", "issued": "2026-11-20"}
    assert ask("penalty-notice.amount", {**facts, "previous": []})["unconfirmed"] == []
    assert ask("prosecution.limit", {"sessions": ["2026-09-07"], "on": "2026-10-01"})["unconfirmed"]
