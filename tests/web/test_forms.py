"""Asking, and saying what needs another look: rules U16, U18 to U20, U27 to U30 of the page conventions."""

import io
from datetime import date, timedelta

import lxml.html
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.web.fields import month_number, normal_postcode, tidy
from portal.web.forms import (
    DataRequired,
    DatePartsField,
    Optional,
    PortalForm,
    RadiosField,
    TodayOrBefore,
    portal_errors,
)
from portal.web.shown import MONTHS

TODAY = date(2026, 11, 24)
RIGHT = {
    "name": "Tadhg  Ó Briain ", "born-day": "3", "born-month": "May", "born-year": "2014",
    "postcode": "wm1-1aa", "ground": "a", "word": "long enough", "notes": "a\r\nb",
}  # fmt: skip


@pytest.fixture
def send(framed, find):
    """`send(name="…")` -> the form page's answer to what its own form sends."""

    def posted(**answers):
        client = framed.test_client()
        first = lxml.html.fromstring(client.get("/form").text)
        token = find(first, "form[enctype] [name=csrf_token]")[0].get("value")
        answer = client.post("/form", data={"csrf_token": token, **answers})
        return lxml.html.fromstring(answer.text)

    return posted


def test_nothing_is_marked_required_and_the_browser_says_nothing(visit, find):
    form = find(lxml.html.fromstring(visit("/form").text), "form[enctype]")[0]
    assert "novalidate" in form.attrib
    assert not find(form, "[required], [aria-required], [maxlength]")
    labels = [label.text_content().strip() for label in find(form, "label, legend")]
    assert "Last known postcode (optional)" in labels
    assert "Full name of the child" in labels
    assert find(form, "#name")[0].get("spellcheck") == "false"
    assert find(form, "[data-module=govuk-file-upload] #form_file")


def test_the_error_summary_comes_first_and_its_words_are_the_fields(send, find):
    found = send()
    assert found.findtext(".//title").startswith("Error: Leaver – ")
    summary = find(found, "main .govuk-error-summary")[0]
    assert summary.findtext(".//h2").strip() == "There is a problem"
    order = [e.tag for e in find(found, "main h1, main .govuk-error-summary")]
    assert order == ["div", "h1"]
    listed = [link.text for link in find(summary, "a")]
    fields = [p.text_content().replace("Error:", "").strip() for p in find(found, ".govuk-error-message")]
    assert listed == fields
    assert listed == [
        "Enter the child’s full name", "Enter the child’s date of birth", "Select why the name is deleted",
        "Select a leaver form", "Enter your password",
    ]  # fmt: skip


def test_no_green_message_stands_beside_an_error_summary(send, find):
    assert not find(send(), ".govuk-notification-banner")


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"born-day": "3"},
        {"born-day": "31", "born-month": "2", "born-year": "2014"},
        {"ground": "zz"},
    ],
)
def test_every_line_of_the_summary_leads_to_an_input(send, find, answers):
    found = send(**answers)
    for link in find(found, ".govuk-error-summary a"):
        (aim,) = find(found, link.get("href"))
        assert aim.tag in {"input", "select", "textarea", "button"}


def test_what_was_typed_is_still_there_but_for_password_and_file(send, find):
    file = (io.BytesIO(b"%PDF-"), "leaver.pdf")
    found = send(**{**RIGHT, "born-month": "Mya", "form_file": file})
    values = {e.get("name"): e.get("value") for e in find(found, "input.govuk-input")}
    assert values["name"] == "Tadhg Ó Briain"
    assert (values["born-day"], values["born-month"], values["born-year"]) == ("3", "Mya", "2014")
    assert find(found, "textarea")[0].text.strip() == "a\nb"
    assert find(found, "[name=ground][checked]")[0].get("value") == "a"
    assert values["word"] is None
    messages = [link.text for link in find(found, ".govuk-error-summary a")]
    assert messages[0] == "Date of birth must be a real date"
    assert messages[1].startswith("Select the leaver form again")


def test_right_answers_raise_no_error(send, find):
    found = send(**RIGHT, form_file=(io.BytesIO(b"%PDF-"), "leaver.pdf"))
    assert not find(found, ".govuk-error-summary")
    assert find(found, "#postcode")[0].get("value") == "WM1 1AA"


class Dated(PortalForm):
    born = DatePartsField(
        "Born",
        [DataRequired("Enter a date"), TodayOrBefore(lambda: TODAY)],
        subject="Date of birth",
    )
    left = DatePartsField("Left", [Optional()], subject="Leaving date")
    known = RadiosField("Known", missing="Select", choices={"y": "Yes"}, validators=[Optional()])


@pytest.fixture
def asked():
    """`asked("3", "5", "2014")` -> the form with that date of birth, checked."""
    app = Flask("forms")
    app.config.update(SECRET_KEY="not secret", WTF_CSRF_ENABLED=False)

    def ask(day, month, year, **more):
        with app.test_request_context(method="POST"):
            parts = {"born-day": day, "born-month": month, "born-year": year}
            form = Dated(formdata=MultiDict(parts | more))
            form.validate()
            return form

    return ask


@pytest.mark.parametrize(
    ("typed", "says", "leads_to"),
    [
        (("", "", ""), "Enter a date", "born-day"),
        (("3", "", "2014"), "Date of birth must include a month", "born-month"),
        (("", "5", ""), "Date of birth must include a day and year", "born-day"),
        (("3", "5", "26"), "Date of birth must have a year with 4 numbers, like 2026", "born-year"),
        (("3", "Mya", "2014"), "Date of birth must be a real date", "born-month"),
        (("three", "5", "2014"), "Date of birth must be a real date", "born-day"),
        (("31", "2", "2014"), "Date of birth must be a real date", "born-day"),
        (("٣", "5", "2014"), "Date of birth must be a real date", "born-day"),
        (("3", "13", "2014"), "Date of birth must be a real date", "born-month"),
        (("25", "11", "2026"), "Date of birth must be today or in the past", "born-day"),
    ],
)
def test_a_wrong_date_is_told_and_its_first_wrong_part_found(asked, typed, says, leads_to):
    assert portal_errors(asked(*typed)) == [{"text": says, "href": f"#{leads_to}"}]


@pytest.mark.parametrize("month", ["5", "05", "may", "May", "MAY", " may "])
def test_a_month_may_be_a_number_or_a_name(asked, month):
    form = asked("3", month, "2014")
    assert not form.errors
    assert form.born.data == date(2014, 5, 3)


def test_what_may_be_left_out_may_be_left_out(asked):
    form = asked("3", "5", "2014")
    assert form.left.data is None
    assert portal_errors(form) == []


def test_an_optional_date_that_is_half_there_is_still_wrong(asked):
    form = asked("3", "5", "2014", **{"left-year": "2026"})
    assert portal_errors(form)[0]["text"] == "Leaving date must include a day and month"


def test_an_action_can_refuse_an_answer_afterwards(asked):
    form = asked("3", "5", "2014")
    form.refuse("left", "Leaving date must be after the child joined")
    assert portal_errors(form) == [{"text": "Leaving date must be after the child joined", "href": "#left-day"}]


def test_a_known_date_is_shown_in_its_parts():
    app = Flask("forms")
    app.config.update(SECRET_KEY="not secret", WTF_CSRF_ENABLED=False)
    with app.test_request_context():
        form = Dated(formdata=None, data={"born": date(2014, 5, 3)})
    assert form.born.typed == {"day": "3", "month": "5", "year": "2014"}


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_month_is_known_by_number_name_and_short_name(day):
    name = MONTHS[day.month - 1]
    for typed in (str(day.month), f"{day.month:02}", name, name.lower(), name[:3]):
        assert month_number(typed) == day.month
    assert (day + timedelta(0)).month == day.month


@pytest.mark.parametrize("typed", ["", "ma", "0", "13", "first", "mayor", "²"])
def test_other_words_are_no_month(typed):
    assert month_number(typed) is None


@given(
    st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", fullmatch=True),
    st.sampled_from(["", " ", "-", ".", " , "]),
    st.booleans(),
)
def test_a_postcode_is_taken_however_it_is_typed(bare, between, lower):
    typed = f" {bare[:-3]}{between}{bare[-3:]}."
    found = normal_postcode(typed.lower() if lower else typed)
    assert found == f"{bare[:-3]} {bare[-3:]}"
    assert normal_postcode(found) == found


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("zz993vz", "ZZ99 3VZ"), ("bfpo 61", "BFPO 61"), ("gir 0aa", "GIR 0AA"), ("WM1", None)],
)
def test_odd_postcodes_are_postcodes_and_half_ones_are_not(typed, kept):
    assert normal_postcode(typed) == kept


@given(st.text())
def test_tidying_a_name_twice_changes_nothing_more(name):
    once = tidy(name)
    assert tidy(once) == once
    assert once == once.strip()
