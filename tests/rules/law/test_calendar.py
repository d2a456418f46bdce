"""Working days against a second, independent reckoning; school days and school weeks of one school."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law import calendar
from portal.law.calendar import SchoolDays, add_working_days, is_working_day, take_working_days
from portal.law.errors import CalendarEnds, FactWrong

D = date.fromisoformat
DAY = timedelta(days=1)
PROCLAIMED = {
    # One-off bank holidays and moved ones, from the proclamations.
    D("2020-05-08"), D("2022-06-02"), D("2022-06-03"), D("2022-09-19"), D("2023-05-08"),
}  # fmt: skip
MOVED_AWAY = {D("2020-05-04"), D("2022-05-30")}


def easter(year):
    """Gauss's reckoning as corrected, month and day from the golden number and the epact."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def first_monday(year, month):
    first = date(year, month, 1)
    return first + DAY * (-first.weekday() % 7)


def substitutes(*days):
    """Fixed days that fall on a weekend move to the next free weekday."""
    taken = set()
    for day in days:
        moved = day
        while moved.weekday() > 4 or moved in taken:
            moved += DAY
        taken.add(moved)
    return taken


def holidays(year):
    may, august = first_monday(year, 5), first_monday(year, 8)
    spring = max(may + DAY * 7 * n for n in range(5) if (may + DAY * 7 * n).month == 5)
    summer = max(august + DAY * 7 * n for n in range(5) if (august + DAY * 7 * n).month == 8)
    fixed = substitutes(date(year, 1, 1)) | substitutes(date(year, 12, 26), date(year, 12, 25))
    if date(year, 12, 25).weekday() < 5:
        fixed = substitutes(date(year, 1, 1)) | substitutes(date(year, 12, 25), date(year, 12, 26))
    movable = {easter(year) - 2 * DAY, easter(year) + DAY, may, spring, summer}
    return (fixed | movable | {day for day in PROCLAIMED if day.year == year}) - MOVED_AWAY


def reckoned(day):
    return day.weekday() < 5 and day not in holidays(day.year)


def test_every_day_from_2015_to_the_last_known_agrees_with_an_independent_reckoning():
    day, wrong = date(2015, 1, 1), []
    while day <= calendar.LAST_KNOWN:
        wrong += [day] if is_working_day(day) != reckoned(day) else []
        day += DAY
    assert wrong == []


@given(
    st.dates(date(2015, 1, 1), calendar.LAST_KNOWN - DAY * 60),
    st.integers(min_value=1, max_value=25),
)
def test_so_many_working_days_later_has_so_many_between(day, days):
    later = add_working_days(day, days)
    passed = [day + DAY * n for n in range(1, (later - day).days + 1)]
    assert reckoned(later)
    assert sum(map(reckoned, passed)) == days


@given(st.dates(date(2015, 6, 1), calendar.LAST_KNOWN), st.integers(min_value=1, max_value=25))
def test_so_many_working_days_earlier_has_so_many_between(day, days):
    earlier = take_working_days(day, days)
    passed = [earlier + DAY * n for n in range((day - earlier).days)]
    assert reckoned(earlier)
    assert sum(map(reckoned, passed)) == days


def test_bank_holidays_are_known_to_the_end_of_a_year():
    assert date(2028, 12, 31) <= calendar.LAST_KNOWN
    assert calendar.LAST_KNOWN.month == 12


@pytest.mark.parametrize("day", [calendar.LAST_KNOWN + DAY, calendar.FIRST_KNOWN - DAY])
def test_a_day_outside_the_known_years_is_refused_and_the_last_known_named(day):
    with pytest.raises(CalendarEnds, match=str(calendar.LAST_KNOWN)):
        is_working_day(day)


def test_counting_over_the_last_known_day_is_refused():
    with pytest.raises(CalendarEnds, match=str(calendar.LAST_KNOWN)):
        add_working_days(calendar.LAST_KNOWN - DAY * 2, 3)


def test_a_list_cut_before_christmas_is_known_only_so_far():
    assert calendar._known_to(D("2029-08-27")) == D("2029-08-27")
    assert calendar._known_to(D("2029-12-26")) == D("2029-12-31")


AUTUMN = SchoolDays(
    ((D("2026-09-02"), D("2026-10-23")), (D("2026-11-02"), D("2026-12-18"))),
    frozenset({D("2026-11-30")}),
)


@pytest.mark.parametrize(
    ("day", "meets"),
    [
        pytest.param("2026-09-02", True, id="first day of term"),
        pytest.param("2026-09-05", False, id="Saturday"),
        pytest.param("2026-10-26", False, id="half-term"),
        pytest.param("2026-11-30", False, id="INSET"),
        pytest.param("2026-12-18", True, id="last day of term"),
        pytest.param("2026-12-21", False, id="after the last term"),
    ],
)
def test_a_school_meets_on_weekdays_of_its_terms(day, meets):
    assert AUTUMN.is_open(D(day)) is meets


def test_a_bank_holiday_in_term_is_no_school_day():
    assert not SchoolDays(((D("2026-04-20"), D("2026-05-22")),)).is_open(D("2026-05-04"))


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        pytest.param((), "no term", id="none"),
        pytest.param(((D("2026-10-01"), D("2026-09-01")),), "before it begins", id="reversed"),
        pytest.param(
            ((D("2026-09-01"), D("2026-10-20")), (D("2026-10-20"), D("2026-12-18"))),
            "overlap",
            id="overlap",
        ),
    ],
)
def test_terms_that_cannot_be_are_refused(terms, why):
    with pytest.raises(FactWrong, match=why):
        SchoolDays(terms)


def test_a_calendar_that_ends_too_soon_says_where():
    with pytest.raises(FactWrong, match="end on 2026-12-18"):
        AUTUMN.after(D("2026-12-16"), 3)
    with pytest.raises(FactWrong, match="there are none"):
        SchoolDays(((D("2026-09-05"), D("2026-09-06")),)).after(D("2026-09-05"), 1)


def test_days_are_counted_from_a_school_day():
    with pytest.raises(FactWrong, match="2026-11-30 is not a school day"):
        AUTUMN.beginning_with(D("2026-11-30"), 6)
    assert AUTUMN.beginning_with(D("2026-09-02"), 1) == D("2026-09-02")
    assert AUTUMN.between(D("2026-10-22"), D("2026-11-02")) == (
        D("2026-10-22"),
        D("2026-10-23"),
        D("2026-11-02"),
    )
