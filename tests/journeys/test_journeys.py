"""The four journeys, in a real browser, on pages that keep nobody out."""

import re
from uuid import UUID

import pytest

from portal.demo import cast, papers
from portal.law.codes import COUNTED
from portal.notices import making

FORM = papers.leaver_form(cast.children()[5], papers.date(2026, 11, 20))


def date_of(page, name, day):
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name='{name}-{part}']").fill(str(value))


def leaver(page, axe):
    """A school sends a leaver form, up to the confirmation."""
    page.goto("/leavers/new")
    axe(page)
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("First names").fill("Élodie")
    page.get_by_label("Last name").fill("Testing")
    date_of(page, "born", papers.date(2014, 5, 3))
    axe(page)
    page.get_by_role("button", name="Continue").click()
    date_of(page, "left", papers.date(2026, 11, 20))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Registered at another school").check()
    axe(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("I do not know").check()
    page.get_by_role("button", name="Continue").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "CME1 form.docx", "mimeType": "application/octet-stream", "buffer": FORM}
    )
    axe(page)
    page.get_by_role("button", name="Continue", exact=True).click()
    axe(page)
    page.get_by_role("button", name="Send leaver form").click()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_leaver_form_reaches_the_coordinator_and_is_acknowledged(visitor, axe, script):
    no_axe = (lambda _: None) if not script else axe
    school = visitor("office.alderbrook", script=script)
    no_axe(school)
    leaver(school, no_axe)
    reference = school.locator(".govuk-panel__body strong").inner_text()
    school.get_by_role("heading", name="Receipt").wait_for()
    no_axe(school)
    school.get_by_role("link", name="Print or keep the receipt").click()
    no_axe(school)
    coordinator = visitor("cora.penhale", script=script)
    no_axe(coordinator)
    coordinator.get_by_role("link", name="Inbox").click()
    no_axe(coordinator)
    coordinator.get_by_role("link", name=reference).click()
    no_axe(coordinator)
    with coordinator.expect_download() as coming:
        coordinator.get_by_role("button", name="Download file").click()
    assert coming.value.path().read_bytes() == FORM
    assert coming.value.suggested_filename == "CME1 form.docx"
    coordinator.get_by_role("button", name="Acknowledge").click()
    coordinator.get_by_text("The sender has been told").wait_for()
    school.goto("/transfers/sent")
    assert "Acknowledged" in school.get_by_role("row").filter(has_text=reference).inner_text()
    no_axe(school)


def test_another_authority_sends_a_transfer_file(visitor, axe):
    body, called = papers.transfer_file("390", "399", cast.children()[:3], papers.date(2026, 11, 24))
    sender = visitor("admissions.390")
    sender.get_by_role("link", name="Send a common transfer file (CTF)").click()
    axe(sender)
    sender.locator("input[type=file]").set_input_files({"name": called, "mimeType": "text/xml", "buffer": body})
    sender.get_by_role("button", name="Continue", exact=True).click()
    sender.get_by_text("Ashdown, Amara").wait_for()
    axe(sender)
    sender.get_by_role("button", name="Send common transfer file").click()
    reference = sender.locator(".govuk-panel__body strong").inner_text()
    coordinator = visitor("cora.penhale")
    coordinator.goto("/transfers/inbox")
    coordinator.get_by_role("link", name=reference).click()
    coordinator.get_by_text("Ashdown, Amara").wait_for()
    axe(coordinator)


def lines(facts):
    """The register as an officer pastes it."""
    days = sorted({mark.day for mark in facts.marks})
    code = {(mark.day, mark.session): mark.code for mark in facts.marks}
    return "\n".join(f"{day:%d %B %Y}, {code[day, 'am']}, {code[day, 'pm']}" for day in days)


def propose(officer, axe, facts):
    """The officer finds the pupil, pastes the register, and sees the reckoning."""
    officer.goto("/pupils/?q=Lowther")
    axe(officer)
    officer.locator("table a").first.click()
    axe(officer)
    officer.get_by_role("button", name=re.compile("Make a penalty notice")).first.click()
    officer.get_by_label("Attendance marks").fill(lines(facts))
    officer.get_by_label("The school’s terms").fill("\n".join(f"{a:%d %B %Y} to {b:%d %B %Y}" for a, b in cast.TERMS))
    date_of(officer, "offence_from", facts.offence_from)
    date_of(officer, "offence_to", facts.offence_to)
    officer.get_by_label("Whom you asked").fill("The school and the police")
    axe(officer)
    officer.get_by_role("button", name="Reckon and propose").click()
    officer.wait_for_url(re.compile(r"/notices/[0-9a-f-]{36}$"))
    return UUID(officer.url.rpartition("/")[2])


def test_an_officer_makes_a_penalty_notice_that_a_second_officer_approves(visitor, axe, served):
    facts, officer = papers.register(served.today(), 1), visitor("owen.tarrant")
    which = propose(officer, axe, facts)
    assert f"{len([m for m in facts.marks if m.code in COUNTED])} sessions in 10 school weeks" in officer.content()
    assert "£80 if paid by 16 December 2026, otherwise £160" in officer.content()
    axe(officer)
    with officer.expect_download() as coming:
        officer.get_by_role("link", name="preview as Word document").click()
    assert coming.value.path().read_bytes().startswith(b"PK")
    officer.get_by_role("button", name="Send for approval").click()
    officer.get_by_text("Sent for approval").wait_for()
    approve(visitor("ana.quill"), axe, which)
    making.make_notice(served, which)
    post(visitor("pat.rowan"), axe)
    officer.goto(f"/notices/{which}")
    text = officer.content()
    dates = ("Deemed served", "26 November 2026", "Last day for £80", "First day of proceedings", "25 December 2026")
    assert [words for words in dates if words not in text] == []
    axe(officer)


def approve(approver, axe, which):
    approver.goto(f"/notices/{which}")
    axe(approver)
    approver.get_by_role("button", name="Approve and issue").click()
    approver.get_by_role("heading", level=1, name=re.compile("PN-2026-")).wait_for()


def post(room, axe):
    room.get_by_role("link", name="Post").first.click()
    axe(room)
    room.get_by_role("link", name=re.compile("Confirm the posting")).first.click()
    room.get_by_role("button", name="Confirm").click()
    room.wait_for_url("**/notices/posting")


PAGES = {
    "start": (None, "/"),
    "home": ("cora.penhale", "/home"),
    "inbox": ("cora.penhale", "/transfers/inbox"),
    "school": ("office.alderbrook", "/home"),
    "sent": ("office.alderbrook", "/transfers/sent"),
    "notices": ("owen.tarrant", "/notices/"),
    "people": ("ada.marlow", "/people/"),
    "trail": ("ivy.sorrel", "/trail/"),
}


@pytest.mark.parametrize("width", [1280, 375], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_each_main_page_fits_and_keeps_nobody_out(visitor, axe, name, width, tmp_path, request):
    """No page scrolls sideways; the pictures in docs/screens are these (`--screens` writes them anew)."""
    login, address = PAGES[name]
    page = visitor(login, width=width)
    page.goto(address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    folder = request.config.rootpath / "docs" / "screens" if request.config.getoption("--screens") else tmp_path
    page.screenshot(path=folder / f"{name}-{'desktop' if width > 500 else 'phone'}.png")
