"""Deletion from the admission register: SI 2024/208 reg 9, ground by ground; the codes."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from portal.law import codes, rows
from portal.law.codes import Mark
from portal.law.deletion import Deletion, may_delete
from portal.law.errors import FactMissing, FactWrong
from portal.law.questions import ask

D = date.fromisoformat
DAY = timedelta(days=1)
YEAR = {"terms": [["2026-09-02", "2026-10-23"], ["2026-11-02", "2026-12-18"]]}
NOT_FOUND = {"school": "not-found", "authority": "not-found"}
NO_RETURN = {"school": "agreed-no-return", "authority": "agreed-no-return"}


def absent(first, last, code="O", **others):
    marks, day = [], D(first)
    while day <= D(last):
        if day.weekday() < 5 and not D("2026-10-24") <= day <= D("2026-11-01"):
            given = others.get(f"d{day:%m_%d}", code)
            marks += [{"date": str(day), "session": half, "code": given} for half in ("am", "pm")]
        day += DAY
    return marks


def delete(ground, on="2026-12-01", **facts):
    base = {"ground": ground, "on": on, "attendance_order": False, "special_school_placed": False}
    return ask("registration.deletion", base | facts)["answer"]


F = {"written": True, "last_day": "2026-11-30"}
G = {"far": True, "expected_back": False}
H = {
    "leave_ended": "2026-11-06",
    "school_days": YEAR,
    "sickness_grounds": False,
    "joint": NOT_FOUND,
}
TWENTY = {"absent_from": "2026-11-02", "school_days": YEAR, "sickness_grounds": False, "joint": NOT_FOUND,
     "marks": absent("2026-11-02", "2026-12-18")}  # fmt: skip
OCTOBER = {"absent_from": "2026-10-12", "marks": absent("2026-10-12", "2026-11-13")}
PLACED = {"special_school_placed": True, "authority_consents": False}


@pytest.mark.parametrize(
    ("ground", "on", "facts"),
    [
        *[pytest.param(letter, "2026-12-01", {}, id=letter) for letter in "abcdejklmn"],
        pytest.param("f", "2026-12-01", F, id="f day passed"),
        pytest.param("g", "2026-12-01", G, id="g far"),
        pytest.param("h", "2026-11-20", H, id="h 6 Nov 2026 -> 20 Nov"),
        pytest.param("h", "2026-11-20", H | {"joint": NO_RETURN}, id="h agreed no return"),
        pytest.param("i", "2026-11-27", TWENTY, id="i 2 Nov 2026 -> 27 Nov"),
        pytest.param("i", "2026-11-13", TWENTY | OCTOBER, id="i 12 Oct -> 13 Nov across half-term"),
        pytest.param("o", "2026-12-01", {"review_ended": True}, id="o review ended"),
        *[pytest.param(g, "2026-12-01", PLACED | {"review_ended": True}, id=f"9(2) {g}") for g in "deko"],
        pytest.param("g", "2026-12-01", G | PLACED | {"authority_consents": True}, id="9(2) consent"),
    ],
)  # fmt: skip
def test_a_name_may_be_deleted(ground, on, facts):
    assert delete(ground, on, **facts) == {"may": True, "against": []}


@pytest.mark.parametrize(
    ("ground", "on", "facts", "source"),
    [
        pytest.param("a", "2026-12-01", {"attendance_order": True}, "9(1)(a)", id="a order names it"),
        pytest.param("e", "2026-12-01", {"attendance_order": True}, "9(1)(e)", id="e not revoked"),
        pytest.param("f", "2026-12-01", F | {"written": False}, "9(1)(f)", id="f not in writing"),
        pytest.param("f", "2026-11-30", F, "9(1)(f)", id="f on the last day"),
        pytest.param("f", "2026-12-01", F | {"attendance_order": True}, "9(1)(f)", id="f order"),
        pytest.param("g", "2026-12-01", G | {"far": False}, "9(1)(g)", id="g near"),
        pytest.param("g", "2026-12-01", G | {"expected_back": True}, "9(1)(g)", id="g expected back"),
        pytest.param("h", "2026-11-19", H, "9(1)(h)", id="h ninth school day"),
        pytest.param("h", "2026-11-20", H | {"sickness_grounds": True}, "9(1)(h), (i)", id="h sick"),
        pytest.param("h", "2026-11-20", H | {"joint": {"school": "not-found", "authority": None}}, "(i)", id="h half"),
        pytest.param("h", "2026-11-20", H | {"joint": {**NOT_FOUND, "school": "agreed-no-return"}}, "(i)", id="h differ"),
        pytest.param("i", "2026-11-26", TWENTY, "9(1)(i)", id="i nineteen days"),
        pytest.param("i", "2026-11-27", TWENTY | {"marks": absent("2026-11-02", "2026-11-27", d11_10="I")}, "9(1)(i)", id="i ill"),
        pytest.param("i", "2026-11-27", TWENTY | {"marks": absent("2026-11-02", "2026-11-27", d11_10="U")}, "9(1)(i)", id="i came late"),
        pytest.param("o", "2026-12-01", {"review_ended": False}, "9(5)(c)", id="o review open"),
        pytest.param("g", "2026-12-01", G | PLACED, "9(2)", id="9(2) no consent"),
    ],
)  # fmt: skip
def test_a_name_may_not_be_deleted(ground, on, facts, source):
    found = delete(ground, on, **facts)
    assert not found["may"]
    assert any(source in reason["source"] for reason in found["against"])


def test_both_halves_that_are_silent_are_named():
    silent = delete("h", "2026-11-20", **(H | {"joint": {"school": None, "authority": None}}))
    assert len(silent["against"]) == 2


def test_a_cancelled_day_is_no_school_day():
    """With one whole day cancelled, the twentieth school day comes a day later."""
    marks = absent("2026-11-02", "2026-11-30", d11_10="Y4")
    assert not delete("i", "2026-11-27", **(TWENTY | {"marks": marks}))["may"]
    assert delete("i", "2026-11-30", **(TWENTY | {"marks": marks}))["may"]


@pytest.mark.parametrize(
    ("ground", "facts", "name"),
    [
        ("f", {}, "written, last_day"),
        ("g", {"far": True}, "expected_back"),
        ("h", {}, "leave_ended, school_days, sickness_grounds, joint"),
        ("i", {k: v for k, v in TWENTY.items() if k != "marks"}, "marks"),
        ("i", TWENTY | {"marks": TWENTY["marks"][1:]}, "marks for 2026-11-02 am"),
        ("o", {}, "review_ended"),
        ("b", {"special_school_placed": True}, "authority_consents"),
        ("h", H | {"joint": {"school": "not-found"}}, "joint.authority"),
    ],
)
def test_what_a_ground_asks_for_must_be_told(ground, facts, name):
    with pytest.raises(FactMissing, match=name):
        delete(ground, **facts)


@pytest.mark.parametrize(
    ("ground", "facts", "why"),
    [
        ("p", {}, "ground"),
        ("i", TWENTY | {"absent_from": "2026-11-01"}, "not a school day"),
        ("i", TWENTY | {"marks": [*TWENTY["marks"], {"date": "2026-11-07", "session": "am", "code": "O"}]}, "school day"),
    ],
)  # fmt: skip
def test_a_deletion_that_cannot_be_is_refused(ground, facts, why):
    with pytest.raises(FactWrong, match=why):
        delete(ground, **facts)


def test_a_ground_that_is_no_letter_is_refused_in_the_rule_itself():
    facts = Deletion(ground="z", on=D("2026-12-01"), attendance_order=False, special_school_placed=False)
    with pytest.raises(FactWrong, match="reg 9"):
        may_delete(facts)


def test_the_grounds_are_the_fifteen_letters_of_the_regulation():
    assert "".join(codes.GROUNDS) == "abcdefghijklmno"
    assert codes.GROUNDS["f"].formerly == "8(1)(d)"


def test_the_codes_of_the_threshold_are_the_unauthorised_ones():
    unauthorised = {code.code for code in codes.ATTENDANCE.values() if code.kind == "unauthorised"}
    assert unauthorised == set(codes.COUNTED)


@pytest.mark.parametrize("code", ["H", "J", "Y"])
def test_a_withdrawn_code_is_read_in_old_registers_only(code):
    assert codes.attendance(code, D("2024-08-18"))
    with pytest.raises(FactWrong):
        codes.attendance(code, D("2024-08-19"))


def test_totals_leave_out_what_was_not_possible():
    """Possible = sessions less D, Q, Y*, X, #, Z (reg 10)."""
    day, given = (
        D("2026-11-02"),
        ["/", "L", "V", "I", "O", "G", "D", "Q", "Y1", "Y4", "X", "#", "Z"],
    )
    marks = [Mark(day + n * DAY, "am", code) for n, code in enumerate(given)]
    found = codes.totals(marks)
    assert (found.possible, found.attended, found.authorised, found.unauthorised) == (6, 3, 1, 2)
    assert found.by_code["G"] == 1


def test_no_two_rows_of_a_rule_are_in_force_on_one_day():
    for name in rows.names():
        held = rows.history(name)
        for earlier, later in pairwise(held):
            assert earlier.last is not None, name
            assert earlier.last + DAY == later.first, name


def test_every_row_has_words_a_source_and_a_mark():
    for name in rows.names():
        for row in rows.history(name):
            assert row.says
            assert row.source
            assert row.mark in "PVMI"


def test_a_value_that_is_no_number_is_a_fault_of_the_table():
    with pytest.raises(TypeError, match="not a number"):
        rows.newest("registration.code-n").number("then")


def test_the_tables_have_a_version_to_put_into_events():
    assert len(rows.version) == 64
