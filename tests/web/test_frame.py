"""The frame of every page: rules U1 to U12, U31, U47, U49, U57 of the page conventions."""

import re
from datetime import UTC, date, datetime

import lxml.html
import pytest
from jinja2 import UndefinedError

from portal import resources
from portal.web import frame, shown

EVERYBODY = ["/", "/help", "/privacy", "/cookies", "/accessibility"]
ALL = [*EVERYBODY, "/form", "/list", "/done", "/refused", "/no-such-page"]
TEMPLATES = sorted(resources.TEMPLATES.rglob("*.html"))


def page(visit, path):
    return lxml.html.fromstring(visit(path).text)


@pytest.mark.parametrize("path", ALL)
def test_every_page_stands_in_the_same_frame(visit, find, path):
    found = page(visit, path)
    assert found.get("lang") == "en"
    assert find(found, "body")[0].find("a").get("href") == "#main-content"
    assert len(find(found, "main#main-content")) == len(find(found, "h1")) == 1
    header = [part.get("class").split()[0] for part in find(found, "header")[0]]
    assert header == ["govuk-generic-header", "govuk-service-navigation", "govuk-phase-banner"]
    links = [link.text for link in find(found, "footer a")]
    assert links == ["Help", "Privacy", "Cookies", "Accessibility statement"]
    assert found.findtext(".//title").endswith(" – Children missing education and attendance – Westmarch Council")


@pytest.mark.parametrize("path", ALL)
def test_no_page_shows_what_is_the_governments_alone(visit, path):
    html = visit(path).text.lower()
    for word in ("govuk-header", "govuk-logo", "govuk-crest", "crown", "og:image", "#1d70b8"):
        assert word not in html


@pytest.mark.parametrize("path", ALL)
def test_no_page_carries_a_style_or_a_script_without_its_nonce(visit, find, path):
    answer = visit(path)
    found = lxml.html.fromstring(answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert not find(found, "[style], style, [required], [onclick]")
    nonces = {script.get("nonce") for script in find(found, "script")}
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/no-such-page", "/typo", "/static/portal.css", "/static/none"])
def test_every_answer_tells_the_browser_to_trust_nobody_else(framed, visit, path):
    framed.config["PROPAGATE_EXCEPTIONS"] = False
    told = visit(path).headers
    assert "default-src 'none'" in told["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in told["Content-Security-Policy"]
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Referrer-Policy"] == "no-referrer"
    assert told["Cross-Origin-Opener-Policy"] == told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in told


def test_https_is_for_good(framed, visit):
    framed.config["PORTAL"].https = True
    try:
        assert "max-age=63072000" in visit("/").headers["Strict-Transport-Security"]
    finally:
        framed.config["PORTAL"].https = False


def test_nothing_is_kept_but_the_stylesheet_and_its_like(visit, find):
    assert visit("/").headers["Cache-Control"] == "no-store"
    assert visit("/static/none").headers["Cache-Control"] == "no-store"
    assert visit("/static/portal.css").headers["Cache-Control"] == "public, max-age=3600"
    address = find(page(visit, "/"), "link[rel=stylesheet]")[0].get("href")
    assert visit(address).headers["Cache-Control"].endswith("immutable")


def test_a_nonce_is_used_once(visit):
    policies = {visit("/").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_a_stranger_sees_the_way_in_and_no_sections(visit, find):
    found = page(visit, "/")
    assert find(found, ".govuk-button--start")[0].get("href") == "/sign-in"
    assert not find(found, ".govuk-service-navigation__list, .portal-account")


def test_a_person_sees_her_sections_her_name_and_the_way_out(visit, find):
    found = page(visit, "/list")
    assert len(find(found, ".govuk-service-navigation__list a")) == 4
    assert "Ines Abara" in find(found, ".portal-account")[0].text_content()
    out = find(found, ".portal-account form")[0]
    assert (out.get("method"), out.get("action")) == ("post", "/sign-out")
    assert find(out, "[name=csrf_token]")[0].get("value")


def test_a_page_without_what_its_template_names_is_a_fault(framed):
    framed.testing = True
    with pytest.raises(UndefinedError):
        framed.test_client().get("/typo")


def test_the_page_for_a_fault_asks_nothing_about_the_person(framed, visit):
    """It must stand when the database does not."""

    def broken():
        raise OSError("the database is away")

    app = framed
    app.config["PROPAGATE_EXCEPTIONS"] = False
    frame.prepare(app, links=broken)
    answer = visit("/typo")
    assert answer.status_code == 500
    assert "There is a problem with the service" in answer.text


def test_what_was_done_is_said_in_green(visit, find):
    banner = find(page(visit, "/done"), ".govuk-notification-banner--success")
    assert banner[0].get("role") == "alert"
    assert "Maria Lund has been invited" in banner[0].text_content()


def test_a_refusal_names_every_reason_with_its_section(visit, find):
    text = find(page(visit, "/refused"), "main")[0].text_content()
    assert "There are 2 reasons against it" in text
    for words in ("two notices count against this parent", "regulation 9", "too late"):
        assert words in text


def test_other_pages_of_a_list_keep_its_filters(visit, find):
    found = page(visit, "/list?status=new&status=old&page=2")
    address = find(found, "a[rel=next]")[0].get("href")
    assert address == "/list?status=new&status=old&page=3"


def test_a_table_is_captioned_scoped_and_escaped(visit, find):
    found = page(visit, "/list")
    table = find(found, "table.govuk-table")[0]
    assert table.findtext("caption") == "Received"
    assert {th.get("scope") for th in find(table, "thead th")} == {"col"}
    assert [th.get("scope") for th in find(table, "tbody th")] == ["row"]
    assert find(table, "tbody a")[0].text == "Amira <b>"
    assert find(table, "tbody .govuk-table__cell--numeric")[0].text == "12KB"


def test_the_register_extract_says_each_mark_in_letter_and_words(visit, find):
    found = page(visit, "/list")
    cells = find(found, ".portal-attendance td")
    assert len(cells) == 10
    assert cells[-1].text_content() == "OAbsent, unauthorised"
    box = find(found, ".portal-scroll")[1:2]
    assert (box[0].get("role"), box[0].get("tabindex")) == ("region", "0")


def test_the_cookies_page_names_the_one_cookie(visit, find):
    rows = find(page(visit, "/cookies"), "tbody tr")
    assert [find(row, "th")[0].text for row in rows] == ["portal_session"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_ask_kindly_and_plainly(template):
    """U11, U16, U31: no style, no `required`, no begging, nothing called invalid."""
    html = re.sub(r"\{#.*?#\}|\{[{%].*?[%}]\}", "", template.read_text(), flags=re.DOTALL)
    assert " style=" not in html
    assert not re.search(r"<(input|select|textarea)[^>]*\srequired", html)
    words = re.sub(r"<[^>]*>", " ", html)
    assert not re.search(r"\b(please|sorry|invalid|forbidden|oops)\b", words, re.IGNORECASE)
    assert all("novalidate" in form for form in re.findall(r"<form[^>]*>", html))


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "23 November 2026 at 4:30pm"),
        (datetime(2026, 7, 1, 16, 30, tzinfo=UTC), "1 July 2026 at 5:30pm"),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC).replace(tzinfo=None), "1 July 2026 at midnight"),
        (datetime(2026, 1, 5, 12, 0, tzinfo=UTC), "5 January 2026 at midday"),
        (datetime(2026, 1, 5, 9, 0, tzinfo=UTC), "5 January 2026 at 9am"),
        (datetime(2026, 1, 5, 0, 5, tzinfo=UTC), "5 January 2026 at 12:05am"),
    ],
)
def test_moments_are_told_by_the_clock_of_london(moment, says):
    assert shown.datetime_text(moment) == says


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1KB"), (1536, "1.5KB"),
        (1024 * 1024 - 1, "1MB"), (200 * 2**20, "200MB"), (3 * 2**30, "3GB"), (5000 * 2**30, "5,000GB"),
    ],
)  # fmt: skip
def test_sizes_are_told_in_one_number_and_unit(size, says):
    assert shown.size_text(size) == says


@pytest.mark.parametrize(("pence", "says"), [(8000, "£80"), (8050, "£80.50"), (125005, "£1,250.05"), (-100, "−£1")])
def test_money_is_told_in_pounds(pence, says):
    assert shown.money_text(pence) == says


def test_days_and_sentences_are_written_out():
    assert shown.date_text(date(2026, 11, 3)) == "3 November 2026"
    assert shown.sentence_text("the file is empty") == "The file is empty."
