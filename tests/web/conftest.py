"""A small application with nothing in it but the frame, so that the look is tested by itself."""

import re
from types import SimpleNamespace

import pytest
from flask import Flask, flash, render_template, render_template_string, request
from flask_wtf.csrf import CSRFProtect

from portal import resources
from portal.errors import Reason, RuleForbids
from portal.web import frame, pages
from portal.web.forms import (
    CheckboxField,
    DataRequired,
    DatePartsField,
    FileField,
    FullName,
    Optional,
    PasswordField,
    PortalForm,
    Postcode,
    RadiosField,
    TextAreaField,
)

SETTINGS = SimpleNamespace(
    authority_name="Westmarch Council",
    service_name="Children missing education and attendance",
    contact_email="cme@westmarch.example.org",
    contact_phone="01632 960100",
    feedback_url="",
    https=False,
    idle_minutes=30,
    session_hours=12,
    upload_limit=200 * 2**20,
)
STRANGER = {
    "home_url": "/", "sign_in_url": "/sign-in", "sign_out_url": None, "account_url": None,
    "person_name": None, "navigation": [],
}  # fmt: skip
OFFICER = {
    "home_url": "/home", "sign_in_url": None, "sign_out_url": "/sign-out", "account_url": "/devices",
    "person_name": "Ines Abara",
    "navigation": [
        {"text": name, "href": f"/{name.lower()}", "active": name == "Inbox"}
        for name in ("Inbox", "Sent", "Pupils", "Notices")
    ],
}  # fmt: skip


class Leaver(PortalForm):
    """One of every kind of question."""

    name = FullName(
        "Full name of the child",
        [DataRequired("Enter the child’s full name")],
        description="As it is in your admission register",
    )
    born = DatePartsField("Date of birth", [DataRequired("Enter the child’s date of birth")], subject="Date of birth")
    postcode = Postcode("Last known postcode", [Optional()])
    ground = RadiosField(
        "Why is the name deleted?",
        missing="Select why the name is deleted",
        choices={"a": "Registered at another school", "?": "I do not know"},
    )
    form_file = FileField("Leaver form", thing="leaver form", validators=[DataRequired("Select a leaver form")])
    notes = TextAreaField("Anything else", [Optional()])
    word = PasswordField("Your password", [DataRequired("Enter your password")])
    agreed = CheckboxField("I have told the parent", [Optional()])


FORM = """{% extends "layout.html" %}{% from "parts/form.html" import form_page %}
{% set back_url = "/home" %}{% block title %}Leaver{% endblock %}
{% block page %}<h1 class="govuk-heading-l">Who has left?</h1>
{% call form_page(form, files=true) %}{% for field in form if field.name != "csrf_token" %}{{ field() }}{% endfor %}{% endcall %}
{% endblock %}"""

LIST = """{% extends "layout.html" %}{% set wide = true %}{% block title %}Inbox (page 2 of 7){% endblock %}
{% from "parts/table.html" import table %}{% from "parts/pagination.html" import pagination %}
{% from "parts/filters.html" import filters %}{% from "parts/timeline.html" import timeline %}
{% from "parts/identity_bar.html" import identity_bar %}{% from "parts/sections.html" import sections %}
{% from "parts/summary_list.html" import summary_list %}{% from "parts/file_state.html" import file_state %}
{% from "parts/attendance.html" import attendance_table %}{% from "parts/receipt.html" import receipt %}
{% from "parts/tags.html" import status_tag %}
{% block page %}<h1 class="govuk-heading-l">Inbox</h1>
{{ identity_bar("Amira Okonjo", today, "Hollow Lane Primary", "CME-1", "Open", "green", [("UPN", "A823432120001")]) }}
{{ sections([{"text": "Summary", "href": "#", "active": true}, {"text": "Timeline", "href": "#", "active": false}]) }}
{{ filters([{"label": "Name", "name": "q", "value": "Ab"},
  {"legend": "Status", "name": "status", "boxes": [{"value": "new", "text": "New", "checked": true}]}],
  [{"text": "New", "href": "?"}], "/list") }}
{{ table("Received", [{"text": "Child", "sort_url": "?sort=child"}, {"text": "Size", "numeric": true}, {"text": "Status"}],
  [[{"text": "Amira <b>", "href": "/1", "hint": "born 3 May 2014"}, "12KB", {"text": "New", "tag": "blue"}]]) }}
{{ table("Nothing", [], [], empty="You have received nothing yet.") }}
{{ pagination(2, 7) }}
{{ summary_list([{"key": "Destination", "value": "", "change_url": "/c"}, {"key": "Name", "value": "Amira"}], title="Leaver") }}
{{ attendance_table(weeks, "3 unauthorised sessions in one week") }}
{{ receipt("CME-1", "leaver.pdf", 2048, "ab" * 32, moment, "0193", sender="Hollow Lane Primary") }}
{{ timeline([{"title": "Opened", "at": moment, "by": "Ines Abara"}, {"title": "Left", "on": today}]) }}
{{ file_state("clean") }} {{ file_state("not scanned") }} {{ status_tag("Sent") }}{% endblock %}"""


def _add_examples(app, today, moment):
    @app.route("/form", methods=["GET", "POST"])
    def form():
        form = Leaver()
        form.validate_on_submit()
        flash("This waits while there are errors", "success")
        return render_template_string(FORM, form=form)

    @app.get("/list")
    def listed():
        marks = [{"code": "/", "says": "Present", "kind": "present"}] * 7
        marks += [{"code": "O", "says": "Absent, unauthorised", "kind": "unauthorised"}] * 3
        weeks = [{"begins": today, "sessions": marks}]
        return render_template_string(LIST, weeks=weeks, today=today, moment=moment)

    @app.get("/done")
    def done():
        flash("Maria Lund has been invited", "success")
        return render_template("errors/403.html"), 403

    @app.get("/refused")
    def refused():
        against = [
            Reason("two notices count against this parent", "regulation 9"),
            Reason("too late"),
        ]
        return render_template("errors/409.html", error=RuleForbids(against)), 409

    @app.get("/typo")
    def typo():
        return render_template_string("{{ no_such_thing }}")


@pytest.fixture
def framed():
    """The application. `/form`, `/list`, `/done`, `/refused`, `/typo` and the pages for everybody."""
    from datetime import UTC, date, datetime

    app = Flask("portal", template_folder=str(resources.TEMPLATES), static_folder=str(resources.STATIC))
    app.config.update(SECRET_KEY="not secret", PORTAL=SETTINGS)
    CSRFProtect(app)
    frame.prepare(app, links=lambda: OFFICER if request.path in {"/form", "/list", "/done"} else STRANGER)
    app.register_blueprint(pages.bp)
    _add_examples(app, date(2026, 11, 23), datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    for status in (404, 500):
        app.register_error_handler(status, lambda _, status=status: (render_template(f"errors/{status}.html"), status))
    return app


@pytest.fixture
def visit(framed):
    """`visit("/list")` -> the answer, from a fresh browser."""
    return lambda path, **how: framed.test_client().open(path, buffered=True, **how)


@pytest.fixture(scope="session")
def find():
    """`find(page, "main .govuk-tag, h1")`: elements in page order, by tag, .class, #id, [name] and [name=value]."""
    return _find


def _find(element, css):
    return element.xpath(" | ".join(".//" + "//".join(map(_step, path.split())) for path in css.split(",")))


def _step(part):
    tag, conditions = re.fullmatch(r"([\w-]*)(.*)", part).groups()
    return (tag or "*") + "".join(_condition(found) for found in re.findall(r"[.#][\w-]+|\[[^\]]+\]", conditions))


def _condition(found):
    if found.startswith("."):
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {found[1:]} ')]"
    name, _, value = f"id={found[1:]}".partition("=") if found.startswith("#") else found[1:-1].partition("=")
    return f"[@{name}='{value}']" if value else f"[@{name}]"
