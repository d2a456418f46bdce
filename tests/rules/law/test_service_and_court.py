"""Service that can fail, single justice, and orders: the gates with every reason against."""

from datetime import date

import pytest

from portal.law import attendance_order, prosecution, service
from portal.law.attendance_order import OrderProposal
from portal.law.errors import FactMissing, FactWrong

D = date.fromisoformat


def deemed(method, **more):
    return service.deemed(method=method, on=D("2026-11-20"), kind="penalty-notice", **more)


@pytest.mark.parametrize(
    ("found", "served"),
    [
        pytest.param(deemed("electronic", consent=True), "2026-11-20", id="consent recorded"),
        pytest.param(deemed("electronic", consent=False), None, id="no consent"),
        pytest.param(deemed("other-post"), None, id="other post: no presumption"),
        pytest.param(deemed("other-post", actual=D("2026-11-27")), "2026-11-27", id="receipt shown"),
        pytest.param(deemed("first-class", returned=True), None, id="returned"),
        pytest.param(deemed("first-class", actual=D("2026-11-26")), "2026-11-26", id="came later"),
        pytest.param(deemed("first-class", actual=D("2026-11-21")), "2026-11-21", id="came earlier"),
    ],
)  # fmt: skip
def test_service(found, served):
    assert found.served == (D(served) if served else None)
    assert (found.why_not is None) == (served is not None)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: deemed("hand", returned=True),
        lambda: deemed("first-class", returned=True, actual=D("2026-11-24")),
        lambda: deemed("first-class", actual=D("2026-11-19")),
    ],
)
def test_service_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(FactWrong):
        wrong()


@pytest.mark.parametrize(
    ("offence", "born", "regime", "against"),
    [
        pytest.param("444(1)", "1990-01-01", "1996", 0, id="444(1) adult: yes"),
        pytest.param("444(1A)", "1990-01-01", "1996", 1, id="444(1A): imprisonable"),
        pytest.param("443", "1990-01-01", "1996", 0, id="443 under the 1996 Act"),
        pytest.param("443", "1990-01-01", "2026", 1, id="443 under the 2026 Act"),
        pytest.param("444(1)", "2008-11-23", "1996", 0, id="eighteen today"),
        pytest.param("444(1)", "2008-11-24", "1996", 1, id="eighteen tomorrow"),
        pytest.param("444(1)", None, "1996", 1, id="unknown birth date blocks"),
        pytest.param("444(1A)", None, "1996", 2, id="every reason"),
    ],
)
def test_single_justice(offence, born, regime, against):
    found = prosecution.single_justice(
        offence=offence, born=D(born) if born else None, on=D("2026-11-23"), order_regime=regime
    )
    assert len(found.against) == against
    assert found.eligible == (against == 0)


def test_nobody_is_charged_before_birth():
    with pytest.raises(FactWrong, match="born"):
        prosecution.single_justice(offence="443", born=D("2030-01-01"), on=D("2026-11-23"))


def order(**changed):
    facts = {
        "on": D("2026-12-24"),
        "notice_served": D("2026-11-24"),
        "satisfied": False,
        "expedient": True,
        "supervision_order": False,
        "ehc_plan": False,
        "school": "maintained",
        "every_parent_served": True,
        "consulted": True,
        "decision_received": D("2026-12-01"),
        "over_number": False,
        "infant_prejudice": False,
        "excluded_from": False,
        "choice_served": D("2026-12-09"),
        "choice_honoured": True,
    }
    return OrderProposal(**(facts | changed))


ACADEMY = {"school": "academy", "over_number": True, "consulted": False, "decision_received": None}
PLAN = {"ehc_plan": True, "plan_names_school": True, "choice_served": None, "choice_honoured": None}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="everything done"),
        pytest.param(PLAN, id="EHC plan: no s.438 notice"),
        pytest.param({"decision_received": None, "direction": True}, id="direction given"),
        pytest.param(ACADEMY | {"agreed": True}, id="academy agreed: s.439 does not apply"),
        pytest.param(ACADEMY | {"direction": True}, id="academy: direction"),
        pytest.param({"school": "independent", "agreed": True}, id="independent agreed"),
        pytest.param(PLAN | {"school": "special"}, id="special school named in the plan"),
    ],
)
def test_an_order_may_be_served(changed):
    assert attendance_order.may_serve(order(**changed)).against == ()


@pytest.mark.parametrize(
    ("changed", "source"),
    [
        pytest.param({"on": D("2026-12-08")}, "s.437(1)-(2)", id="on the last day to satisfy"),
        pytest.param({"satisfied": True}, "s.437(3)(a)", id="satisfied"),
        pytest.param({"expedient": False}, "s.437(3)(b)", id="not expedient"),
        pytest.param({"supervision_order": True}, "para 13(2)(b)", id="supervision order"),
        pytest.param({"every_parent_served": False}, "576", id="one parent not served"),
        pytest.param({"choice_served": None}, "s.438(2)", id="no s.438 notice"),
        pytest.param({"on": D("2026-12-23")}, "s.438(2)-(3)", id="choice window open"),
        pytest.param({"choice_honoured": False}, "s.438(3)-(6)", id="choice not honoured"),
        pytest.param(PLAN | {"plan_names_school": False}, "s.441", id="plan names none"),
        pytest.param({"consulted": False}, "s.439(5)", id="not consulted"),
        pytest.param({"decision_received": None}, "s.439(6)", id="decision not notified"),
        pytest.param({"decision_received": D("2026-12-10")}, "s.439(7)", id="objection window open"),
        pytest.param({"over_number": True}, "s.439(1)", id="over admission number"),
        pytest.param({"infant_prejudice": True}, "s.439(4A)", id="infant class"),
        pytest.param({"excluded_from": True}, "s.439(4)", id="permanently excluded from it"),
        pytest.param(ACADEMY | {"agreed": False}, "s.437(6)", id="academy has not agreed"),
        pytest.param({"school": "independent", "agreed": False}, "437(6)", id="independent has not"),
    ],
)  # fmt: skip
def test_an_order_may_not_be_served(changed, source):
    found = attendance_order.may_serve(order(**changed))
    assert not found.may
    assert any(source in reason.source for reason in found.against)


def test_every_reason_against_an_order_is_told():
    found = attendance_order.may_serve(order(satisfied=True, expedient=False, consulted=False, excluded_from=True))
    assert len(found.against) == 4


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"consulted": None}, "consulted"),
        ({"over_number": None}, "over_number"),
        ({"choice_honoured": None}, "choice_honoured"),
        ({"ehc_plan": True}, "plan_names_school"),
        ({"school": "academy"}, "agreed"),
    ],
)
def test_what_decides_an_order_must_be_told(changed, name):
    with pytest.raises(FactMissing, match=name):
        attendance_order.may_serve(order(**changed))
