"""The frame in a real browser: no axe violation, nothing refused by the policy, no need of JavaScript."""

import shutil
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
PAGES = [
    "/",
    "/help",
    "/privacy",
    "/cookies",
    "/accessibility",
    "/form",
    "/list",
    "/done",
    "/refused",
    "/none",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: make system")


@pytest.fixture
def served(framed):
    server = make_server("127.0.0.1", 0, framed, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def violations(page):
    """What axe finds, but for its wish that the Back link stand in a landmark (GOV.UK's own place for it)."""
    found = Axe().run(page).response["violations"]
    return [
        (v["id"], [node["target"] for node in v["nodes"]])
        for v in found
        if not (v["id"] == "region" and all(n["target"] == [".govuk-back-link"] for n in v["nodes"]))
    ]


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_every_page_is_accessible_fits_its_screen_and_keeps_the_policy(served, browser, width):
    """320 pixels is a desktop at 400% zoom (WCAG 2.2, 1.4.10)."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    said = []
    page.on("console", lambda m: said.append(m.text) if "Content Security Policy" in m.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES:
        page.goto(served + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert said == []
    page.close()


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(served, browser):
    page = browser.new_page()
    page.goto(f"{served}/form")
    page.get_by_role("button", name="Continue").click()
    # The script is a module and runs after the page is there, so the focus is waited for, not hoped for.
    page.wait_for_function("document.activeElement.className === 'govuk-error-summary'")
    assert violations(page) == []
    page.get_by_role("link", name="Enter the child’s date of birth").click()
    page.wait_for_function("document.activeElement.id === 'born-day'")
    assert page.evaluate("document.activeElement.id") == "born-day"
    page.close()


def test_a_form_can_be_sent_without_javascript(served, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{served}/form")
    page.get_by_role("button", name="Continue").click()
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.locator(".govuk-service-navigation__list").is_visible()
    page.close()


def test_the_keyboard_meets_the_skip_link_first(served, browser):
    page = browser.new_page()
    page.goto(f"{served}/list")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.close()


def test_paper_has_neither_navigation_nor_buttons(served, browser):
    page = browser.new_page()
    page.goto(f"{served}/list")
    page.emulate_media(media="print")
    for gone in (".govuk-service-navigation", ".govuk-phase-banner", "footer", ".portal-filter"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator("h1").is_visible()
    page.close()
