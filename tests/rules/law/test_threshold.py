"""Ten sessions in ten school weeks: SI 2007/1867 reg 9A, and brute force beside it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.law.calendar import SchoolDays, monday_of
from portal.law.codes import Mark
from portal.law.errors import FactMissing, FactWrong
from portal.law.penalty_notice import Proposal, School, may_issue, threshold

D = date.fromisoformat
DAY = timedelta(days=1)
YEAR = SchoolDays((
    (D("2026-04-13"), D("2026-05-22")), (D("2026-06-01"), D("2026-07-21")),
    (D("2026-09-02"), D("2026-10-23")), (D("2026-11-02"), D("2026-12-18")),
))  # fmt: skip


def register(first, last, absences, *, school_days=YEAR):
    """Present, but for {(day, half): code}."""
    return [
        Mark(day, half, absences.get((str(day), half), "/"))
        for day in school_days.between(D(first), D(last))
        for half in ("am", "pm")
    ]


def whole_days(code, *days):
    return {(day, half): code for day in days for half in ("am", "pm")}


ACROSS_THE_SUMMER = whole_days("O", "2026-07-17") | whole_days(
    "G", "2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10"
)


def test_two_before_the_summer_and_eight_after_it_meet_on_10_september():
    """(term ends 21 Jul, starts 2 Sep) weeks 13 Jul, 20 Jul, 31 Aug, 7 Sep = 4 -> met on 10 Sep."""
    found = threshold(marks=register("2026-07-13", "2026-09-11", ACROSS_THE_SUMMER), school_days=YEAR)
    assert (found.met, found.on, found.counted) == (True, D("2026-09-10"), 10)
    assert found.codes == {"G": 8, "N": 0, "O": 2, "U": 0}
    assert [mark.code for mark in found.dates] == ["O", "O"] + ["G"] * 8
    # The window from 13 Jul runs through the week of 19 Oct; half-term is no school week.
    assert (found.weeks_from, found.weeks_to) == (D("2026-07-13"), D("2026-10-25"))


@pytest.mark.parametrize(
    ("last", "met"),
    [
        pytest.param("2026-10-23", True, id="tenth school week, w/c 19 Oct"),
        pytest.param("2026-11-02", False, id="half-term skipped, w/c 2 Nov is the eleventh"),
    ],
)
def test_the_window_is_ten_school_weeks(last, met):
    absent = whole_days("O", "2026-07-17") | whole_days("G", "2026-09-07", "2026-09-08", "2026-09-09")
    absent |= whole_days("U", last)
    found = threshold(marks=register("2026-07-13", last, absent), school_days=YEAR)
    assert found.met is met
    assert found.on == (D(last) if met else None)
    assert found.counted == (10 if met else 8)


@pytest.mark.parametrize(
    ("code", "met"),
    [("G", True), ("N", True), ("O", True), ("U", True), ("I", False), ("C", False), ("E", False)],
)
def test_only_g_n_o_and_u_count(code, met):
    week = whole_days(code, *(f"2026-11-{day:02}" for day in range(2, 7)))
    found = threshold(marks=register("2026-11-02", "2026-11-06", week), school_days=YEAR)
    assert found.met is met


def test_nine_sessions_are_not_ten():
    week = whole_days("O", *(f"2026-11-{day:02}" for day in range(2, 7)))
    week[("2026-11-06", "pm")] = "/"
    found = threshold(marks=register("2026-11-02", "2026-11-06", week), school_days=YEAR)
    assert (found.met, found.on, found.counted) == (False, None, 9)


def test_an_n_settled_to_illness_drops_out_and_one_left_is_flagged():
    week = whole_days("N", *(f"2026-11-{day:02}" for day in range(2, 7)))
    found = threshold(marks=register("2026-11-02", "2026-11-06", week), school_days=YEAR)
    assert any("not yet established" in reason.rule for reason in found.because)
    week |= whole_days("I", "2026-11-06")
    assert not threshold(marks=register("2026-11-02", "2026-11-06", week), school_days=YEAR).met


def test_absences_before_19_august_2024_do_not_count():
    terms = SchoolDays(((D("2024-07-01"), D("2024-07-19")), (D("2024-09-02"), D("2024-09-20"))))
    absent = whole_days("O", "2024-07-18", "2024-07-19", "2024-09-02", "2024-09-03", "2024-09-04")
    marks = register("2024-07-15", "2024-09-06", absent, school_days=terms)
    found = threshold(marks=marks, school_days=terms)
    assert (found.met, found.counted) == (False, 6)


def test_what_if_the_numbers_were_others():
    week = whole_days("O", "2026-11-02", "2026-11-03")
    marks = register("2026-11-02", "2026-11-06", week)
    assert threshold(marks=marks, school_days=YEAR, sessions=4).on == D("2026-11-03")
    assert not threshold(marks=marks, school_days=YEAR, sessions=5, weeks=1).met


def test_a_term_week_with_no_mark_is_an_error_that_names_it():
    marks = [mark for mark in register("2026-07-13", "2026-09-11", ACROSS_THE_SUMMER) if mark.day.month != 7]
    marks += register("2026-07-13", "2026-07-17", ACROSS_THE_SUMMER)
    with pytest.raises(FactMissing, match="the week of 2026-07-20"):
        threshold(marks=marks, school_days=YEAR)


def test_a_week_of_closures_only_is_no_school_week():
    closed = SchoolDays(YEAR.terms, frozenset(D("2026-11-09") + n * DAY for n in range(5)))
    marks = register("2026-11-02", "2026-11-20", {}, school_days=closed)
    assert not threshold(marks=marks, school_days=closed).met


def test_a_week_cancelled_session_by_session_is_no_school_week_either():
    """The school did not meet: ten school weeks reach one week further."""
    absent = whole_days("O", "2026-09-02", "2026-09-03", "2026-09-04", "2026-09-07", "2026-11-09")
    open_marks = register("2026-09-02", "2026-11-13", absent)
    assert not threshold(marks=open_marks, school_days=YEAR, weeks=9).met
    storm = whole_days("Y4", *(f"2026-09-{day}" for day in range(14, 19)))
    closed_marks = register("2026-09-02", "2026-11-13", absent | storm)
    assert threshold(marks=closed_marks, school_days=YEAR, weeks=9).on == D("2026-11-09")


def test_a_week_with_one_session_counts():
    short = SchoolDays(((D("2026-11-02"), D("2026-12-11")), (D("2026-12-14"), D("2026-12-14"))))
    absent = whole_days("O", *(f"2026-11-{day:02}" for day in (2, 3, 4, 5))) | whole_days("O", "2026-12-14")
    marks = register("2026-11-02", "2026-12-14", absent, school_days=short)
    assert threshold(marks=marks, school_days=short, weeks=7).on == D("2026-12-14")


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        pytest.param(Mark(D("2026-10-28"), "am", "O"), "not a school day", id="half-term"),
        pytest.param(Mark(D("2026-11-02"), "am", "O"), "marked twice", id="twice"),
        pytest.param(Mark(D("2026-11-07"), "am", "?"), "no attendance code", id="no code"),
        pytest.param(Mark(D("2026-11-07"), "am", "H"), "was no attendance code", id="withdrawn"),
    ],
)
def test_a_register_that_cannot_be_is_refused(extra, why):
    with pytest.raises(FactWrong, match=why):
        threshold(marks=[*register("2026-11-02", "2026-11-06", {}), extra], school_days=YEAR)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 125), st.sampled_from(["am", "pm"])), max_size=40), st.data())
def test_the_count_agrees_with_brute_force(places, data):
    days = YEAR.days
    code = {place: data.draw(st.sampled_from("GNOUI")) for place in sorted(places)}
    absent = {(str(days[n % len(days)]), half): code[(n, half)] for n, half in sorted(places)}
    marks = register("2026-04-13", "2026-12-18", absent)
    found = threshold(marks=marks, school_days=YEAR)

    mondays = sorted({monday_of(day) for day in days})
    best, reached = 0, []
    for start in range(len(mondays)):
        window = set(mondays[start : start + 10])
        inside = [mark for mark in marks if mark.code in "GNOU" and monday_of(mark.day) in window]
        best = max(best, len(inside))
        reached += [sorted(inside)[9].day] if len(inside) >= 10 else []
    assert found.counted == best == sum(found.codes.values()) == len(found.dates)
    assert found.on == (min(reached) if reached else None)


def propose(counted):
    return may_issue(
        Proposal(
            school=School.MAINTAINED, born=D("2015-05-05"), offence_from=D("2026-09-07"),
            offence_to=D("2026-09-10"), issued=D("2026-11-19"), posted=D("2026-11-20"),
            previous=(), threshold=counted,
        )
    )  # fmt: skip


def test_below_the_threshold_warns_and_above_it_does_not():
    marks = register("2026-07-13", "2026-09-11", ACROSS_THE_SUMMER)
    assert propose(threshold(marks=marks, school_days=YEAR)).warnings == ()
    few = propose(threshold(marks=marks[:4], school_days=YEAR))
    assert few
    assert "discretion" in few.warnings[0].rule


def test_sessions_whose_reason_is_not_established_warn():
    absent = whole_days("N", "2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11")
    decision = propose(threshold(marks=register("2026-09-07", "2026-09-11", absent), school_days=YEAR))
    assert decision
    assert any("not yet established" in reason.rule for reason in decision.warnings)
