"""Whether a penalty notice may issue: every reason against, and every doubt."""

from datetime import date, timedelta

import pytest

from portal.law.errors import FactWrong
from portal.law.penalty_notice import Previous, Proposal, School, may_issue

D = date.fromisoformat
DAY = timedelta(days=1)


def previous(issued, offence_from=None, **ended):
    day = D(issued)
    return Previous(
        issued=day,
        offence_from=D(offence_from) if offence_from else day - 30 * DAY,
        **{name: D(on) for name, on in ended.items()},
    )


def proposal(**changed):
    facts = {
        "school": School.ACADEMY,
        "born": D("2015-05-05"),
        "offence_from": D("2026-09-07"),
        "offence_to": D("2026-09-18"),
        "issued": D("2026-11-19"),
        "posted": D("2026-11-20"),
        "previous": (),
    }
    return Proposal(**(facts | changed))


def test_nothing_against_a_sound_notice():
    decision = may_issue(proposal())
    assert decision
    assert decision.against == ()
    assert decision.amount.reduced == 80
    assert decision.deadlines.reduced_until == D("2026-12-14")


TWICE = (previous("2025-11-20"), previous("2026-03-02"))


@pytest.mark.parametrize(
    ("changed", "source"),
    [
        pytest.param({"school": School.INDEPENDENT}, "s.444A(1)", id="independent school"),
        pytest.param({"school": School.NON_MAINTAINED_SPECIAL}, "s.444A(1)", id="non-maintained special"),
        pytest.param({"previous": TWICE}, "reg 12A", id="two previous notices"),
        pytest.param({"born": D("2021-09-01")}, "ss.8, 444(1)", id="not yet five"),
        pytest.param({"born": D("2010-08-31")}, "ss.8, 444(1)", id="past compulsory school age"),
        pytest.param({"addressees": 2}, "reg 13", id="two parents on one notice"),
        pytest.param({"addressees": 0}, "reg 13", id="nobody"),
        pytest.param({"proceedings": True}, "regs 14-16", id="proceedings contemplated"),
        pytest.param({"offence_to": D("2026-09-04")}, "reg 3(d)", id="period ends before it begins"),
        pytest.param({"offence_to": D("2026-11-20")}, "reg 3(d)", id="issued before the period ends"),
        pytest.param(
            {"offence_from": D("2026-03-02"), "offence_to": D("2026-03-06")},
            "s.127",
            id="no session could still be charged",
        ),
        pytest.param(
            {"offence_from": D("2024-06-03"), "offence_to": D("2024-06-07"), "born": D("2014-05-05")},
            "s.127",
            id="old law, long out of time",
        ),
    ],
)  # fmt: skip
def test_what_the_law_forbids_is_refused_with_its_section(changed, source):
    decision = may_issue(proposal(**changed))
    assert not decision
    assert any(source in reason.source for reason in decision.against)


def test_a_refusal_carries_every_reason():
    decision = may_issue(proposal(school=School.INDEPENDENT, previous=TWICE, addressees=2, born=D("2021-09-01")))
    assert len(decision.against) == 4


def test_an_offence_of_the_old_law_keeps_its_own_sums():
    decision = may_issue(
        proposal(
            born=D("2014-05-05"),
            offence_from=D("2024-07-15"),
            offence_to=D("2024-09-20"),
            issued=D("2024-10-01"),
            posted=D("2024-10-01"),
            previous=(previous("2023-01-10"), previous("2023-03-10")),
        )
    )
    assert decision
    assert (decision.amount.reduced, decision.amount.full) == (60, 120)


def test_a_second_notice_offers_no_reduced_day():
    decision = may_issue(proposal(previous=(previous("2025-11-20"),)))
    assert decision.amount.ladder == "second"
    assert decision.deadlines.reduced_until is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({}, "was not counted", id="threshold not counted"),
        pytest.param(
            {"issued": D("2027-02-01"), "posted": D("2027-02-01")}, "2027-02-02", id="posting day near"
        ),
        pytest.param(
            {"offence_from": D("2026-05-01"), "offence_to": D("2026-09-18")},
            "leave them out",
            id="first sessions out of time",
        ),
    ],
)  # fmt: skip
def test_a_doubt_warns_and_does_not_forbid(changed, says):
    decision = may_issue(proposal(**changed))
    assert decision
    assert any(says in reason.rule for reason in decision.warnings)


def test_a_notice_is_not_posted_before_it_is_issued():
    with pytest.raises(FactWrong, match="posted"):
        may_issue(proposal(posted=D("2026-11-18")))
