"""Penalty notices: SI 2007/1867, row by row, and the ladder against brute force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.errors import FactMissing, FactWrong
from portal.law.penalty_notice import (
    Previous,
    amount,
    deadlines,
    first_day_counted,
    last_safe_posting,
    withdrawal,
)

D = date.fromisoformat
DAY = timedelta(days=1)


def previous(issued, offence_from=None, **ended):
    day = D(issued)
    return Previous(
        issued=day,
        offence_from=D(offence_from) if offence_from else day - 30 * DAY,
        **{name: D(on) for name, on in ended.items()},
    )


def on(issued, *earlier, offence_from=None, section="444A"):
    day = D(issued)
    start = D(offence_from) if offence_from else day - 20 * DAY
    return amount(offence_from=start, offence_to=day - 5 * DAY, issued=day, previous=earlier, section=section)


FIRST, SECOND, REFUSED = (80, 160, "first"), (None, 160, "second"), (None, None, "refused")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(on("2026-11-20"), FIRST, id="no previous notice: 80 or 160"),
        pytest.param(on("2026-11-20", previous("2025-11-20")), SECOND, id="one: flat 160"),
        pytest.param(
            on("2026-11-20", previous("2025-11-20"), previous("2026-03-02")),
            REFUSED,
            id="two: none (reg 12A)",
        ),
        pytest.param(
            on("2027-09-18", previous("2024-09-19", "2024-08-19")),
            SECOND,
            id="issued 19 Sep 2024 counts to 18 Sep 2027",
        ),
        pytest.param(
            on("2027-09-19", previous("2024-09-19", "2024-08-19")), FIRST, id="gone on 19 Sep 2027"
        ),
        pytest.param(
            on("2031-02-28", previous("2028-02-29")), SECOND, id="29 Feb 2028 counts to 28 Feb 2031"
        ),
        pytest.param(on("2031-03-01", previous("2028-02-29")), FIRST, id="and no longer"),
        pytest.param(
            on("2028-02-29", previous("2025-03-01")), SECOND, id="D 29 Feb 2028: from 1 Mar 2025"
        ),
        pytest.param(
            on("2028-02-29", previous("2025-02-28")), FIRST, id="D 29 Feb 2028: 28 Feb 2025 is out"
        ),
        pytest.param(
            on("2026-11-20", previous("2024-10-01", "2024-07-15")),
            FIRST,
            id="offence began before 19 Aug 2024: disregarded",
        ),
        pytest.param(
            on("2026-11-20", previous("2025-11-20", withdrawn="2026-01-05")),
            FIRST,
            id="withdrawn: disregarded",
        ),
        pytest.param(
            on("2026-11-20", previous("2025-11-20", withdrawn="2026-11-20")),
            FIRST,
            id="withdrawn on the day of issue",
        ),
        pytest.param(
            on("2026-11-20", previous("2025-11-20", withdrawn="2026-11-21")),
            SECOND,
            id="withdrawn after the day of issue does not help",
        ),
        pytest.param(
            on("2026-11-20", previous("2025-11-20", acquitted="2026-06-01")),
            FIRST,
            id="found not guilty: disregarded",
        ),
        pytest.param(
            on("2026-11-20", previous("2025-11-20", acquitted="2026-12-01")),
            SECOND,
            id="found not guilty later does not help",
        ),
        pytest.param(
            on(
                "2026-11-20",
                previous("2025-02-03"),
                previous("2025-11-20", withdrawn="2026-01-05"),
            ),
            SECOND,
            id="a withdrawn notice restores the ladder for the next one",
        ),
        pytest.param(
            on("2026-11-20", previous("2026-11-20")), SECOND, id="issued the same day counts"
        ),
        pytest.param(on("2026-11-20", previous("2026-11-21")), FIRST, id="a later one is not previous"),
        pytest.param(
            amount(
                offence_from=D("2024-07-15"),
                offence_to=D("2024-09-20"),
                issued=D("2024-10-01"),
                previous=[],
            ),
            (60, 120, None),
            id="offence 15 Jul-20 Sep 2024, issued 1 Oct 2024",
        ),
        pytest.param(
            on("2024-09-20", offence_from="2024-08-18"), (60, 120, None), id="from 18 Aug 2024"
        ),
        pytest.param(on("2024-09-20", offence_from="2024-08-19"), FIRST, id="from 19 Aug 2024"),
        pytest.param(
            on("2024-09-20", previous("2023-01-10"), previous("2023-03-10"), offence_from="2024-06-03"),
            (60, 120, None),
            id="old law: no ladder",
        ),
        pytest.param(
            on("2013-09-20", offence_from="2013-08-31"), (60, 120, None), id="before 1 Sep 2013"
        ),
        pytest.param(
            on("2012-09-20", offence_from="2012-08-31"), (50, 100, None), id="before 1 Sep 2012"
        ),
        pytest.param(
            on("2012-09-20", offence_from="2012-09-01"), (60, 120, None), id="from 1 Sep 2012"
        ),
        pytest.param(
            on("2026-11-20", previous("2026-01-10"), previous("2026-02-10"), section="105"),
            (60, 120, None),
            id="s.105 keeps 60 and 120, no ladder",
        ),
    ],
)  # fmt: skip
def test_the_amount(found, expected):
    assert (found.reduced, found.full, found.ladder) == expected


def test_a_notice_of_29_february_is_left_to_the_solicitor():
    assert on("2031-02-28", previous("2028-02-29")).unconfirmed
    assert not on("2031-02-28", previous("2028-03-02")).unconfirmed


def test_a_notice_set_aside_is_explained():
    said = [reason.source for reason in on("2026-11-20", previous("2025-11-20", withdrawn="2026-01-05")).because]
    assert "SI 2007/1867 regs 4(4A)(b), 12A(3)" in said


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: previous("2026-01-10", withdrawn="2026-01-09"),
        lambda: previous("2026-01-10", acquitted="2026-01-09"),
        lambda: previous("2026-01-10", "2026-01-11"),
        lambda: on("2026-01-10", offence_from="2026-01-09"),
        lambda: amount(
            offence_from=D("2026-09-07"),
            offence_to=D("2026-09-18"),
            issued=D("2026-09-17"),
            previous=[],
        ),
        lambda: on("2007-08-20"),
    ],
)
def test_dates_that_contradict_are_refused(wrong):
    with pytest.raises(FactWrong):
        wrong()


DAYS = st.dates(D("2024-09-01"), D("2031-12-31"))
EARLIER = st.builds(
    lambda issued, began, withdrawn: Previous(
        issued=issued,
        offence_from=issued - began * DAY,
        withdrawn=None if withdrawn is None else issued + withdrawn * DAY,
    ),
    DAYS,
    st.integers(0, 60),
    st.none() | st.integers(0, 1500),
)


def counts(one, issued):
    """Whether it counts, by walking the calendar a day at a time instead of subtracting years."""
    last = one.issued
    while (last.year, last.month, last.day) < (
        one.issued.year + 3,
        one.issued.month,
        one.issued.day,
    ):
        last += DAY
    alive = one.issued <= issued < last
    spoiled = one.withdrawn is not None and one.withdrawn <= issued
    return alive and not spoiled and one.offence_from >= D("2024-08-19")


@given(DAYS.filter(lambda day: (day.month, day.day) != (2, 29)), st.lists(EARLIER, max_size=5))
def test_the_ladder_agrees_with_a_walk_through_the_calendar(issued, earlier):
    rung = ["first", "second", "refused"][min(2, sum(counts(one, issued) for one in earlier))]
    start = max(issued - 10 * DAY, D("2024-08-19"))
    found = amount(offence_from=start, offence_to=issued, issued=issued, previous=earlier)
    assert found.ladder == rung


@given(st.dates(D("2005-01-01"), D("2100-01-01")))
def test_the_three_years_end_with_the_day_of_issue(issued):
    start = first_day_counted(issued)
    assert 1095 <= (issued - start).days + 1 <= 1096


@pytest.mark.parametrize(
    ("offence_from", "reduced", "pay", "proceedings"),
    [
        pytest.param("2013-08-31", 28, 42, 43, id="2013 change: 28 and 42 days before it"),
        pytest.param("2013-09-01", 21, 28, 29, id="within 21 days of receipt"),
        pytest.param("2024-08-18", 21, 28, 29, id="last day of the old law"),
        pytest.param("2024-08-19", 20, 28, 29, id="21 days beginning with receipt"),
    ],
)
def test_the_days_follow_the_start_of_the_offence(offence_from, reduced, pay, proceedings):
    received = D(offence_from) + 40 * DAY
    found = deadlines(received=received, offence_from=D(offence_from))
    assert found.reduced_until == received + reduced * DAY
    assert found.pay_until == received + pay * DAY
    assert found.proceedings_from == received + proceedings * DAY


def test_a_second_notice_has_no_reduced_day():
    found = deadlines(received=D("2026-11-24"), offence_from=D("2026-09-07"), reduced=False)
    assert found.reduced_until is None
    assert found.pay_until == D("2026-12-22")


def test_posting_and_receipt_are_alternatives():
    with pytest.raises(FactMissing, match="posted or received"):
        deadlines(offence_from=D("2026-09-07"))
    with pytest.raises(FactWrong, match="not both"):
        deadlines(offence_from=D("2026-09-07"), posted=D("2026-11-20"), received=D("2026-11-24"))
    with pytest.raises(FactWrong, match="after the notice was received"):
        deadlines(offence_from=D("2026-09-07"), received=D("2026-09-06"))


@given(st.dates(D("2013-09-01"), D("2028-06-01")), st.integers(0, 150))
def test_deadlines_come_in_order(offence_from, later):
    found = deadlines(offence_from=offence_from, posted=offence_from + later * DAY)
    posted = offence_from + later * DAY
    assert posted < found.received < found.reduced_until < found.pay_until < found.proceedings_from
    assert found.received - posted <= 7 * DAY
    assert found.enforceable == (found.proceedings_from <= found.charge_by)
    assert 181 <= (found.charge_by - offence_from).days <= 184


def test_the_latest_safe_posting_of_the_guidance():
    """First absence Mon 7 Sep 2026: post by Tue 2 Feb 2027."""
    assert last_safe_posting(offence_from=D("2026-09-07")) == D("2027-02-02")


@given(st.dates(D("2013-09-01"), D("2028-01-01")))
def test_posted_on_the_last_safe_day_it_is_enforceable_and_a_week_later_it_is_not(offence_from):
    last = last_safe_posting(offence_from=offence_from)
    assert deadlines(offence_from=offence_from, posted=last).enforceable
    # The charge falls on a working day, so a long weekend may stand between the two.
    assert not deadlines(offence_from=offence_from, posted=last + 7 * DAY).enforceable


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"ground": "ought-not"}, (True, False, True, False), id="ought not"),
        pytest.param({"ground": "wrong-person", "paid": True}, (True, False, True, True), id="paid"),
        pytest.param(
            {"ground": "ought-not", "paid": D("2026-11-30")},
            (True, False, True, True),
            id="paid on",
        ),
        pytest.param({"ground": "unpaid"}, (True, True, True, False), id="unpaid: must"),
        pytest.param({"ground": "unpaid", "paid": True}, (True, True, True, True), id="part paid: repay"),
        pytest.param(
            {"ground": "material-errors"},
            (True, False, True, False),
            id="errors, no further notice",
        ),
        pytest.param(
            {"ground": "material-errors", "further_notice": "unpaid"},
            (True, False, False, False),
            id="errors, further notice unpaid: proceedings",
        ),
        pytest.param(
            {"ground": "material-errors", "further_notice": "paid"},
            (True, False, True, False),
            id="errors, further notice paid",
        ),
        pytest.param(
            {"ground": "ought-not", "further_notice": "unpaid"},
            (True, False, True, False),
            id="only errors open the way to proceedings",
        ),
    ],
)
def test_withdrawal(facts, expected):
    found = withdrawal(issued=D("2026-11-20"), **facts)
    said = (found.may_withdraw, found.must_withdraw, found.proceedings_barred, found.repay)
    assert said == expected


def test_the_condition_read_across_from_wales_is_unconfirmed():
    assert withdrawal(ground="material-errors", issued=D("2026-11-20")).unconfirmed
    assert not withdrawal(ground="ought-not", issued=D("2026-11-20")).unconfirmed


def test_paid_before_it_was_issued_cannot_be():
    with pytest.raises(FactWrong, match="paid"):
        withdrawal(ground="ought-not", issued=D("2026-11-20"), paid=D("2026-11-19"))
