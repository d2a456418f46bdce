"""The portal served on loopback, and a real Chromium in front of it."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from portal.app import create_app
from portal.demo import cast
from portal.people import demonstration

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: make system")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served(demo):
    """The demonstration on a port of its own; gives its parts, whose `base_url` is where it is served."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, lambda *_: None, threaded=True)
    parts = replace(demo, config=demo.config.model_copy(update={"base_url": f"http://127.0.0.1:{server.port}"}))
    server.app = create_app(parts=parts)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield parts
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visitor(chromium, served):
    """Signs somebody in: `visitor("cora.penhale")` is her page; `script=False` switches JavaScript off."""
    contexts = []

    def visit(login=None, *, script=True, width=1280):
        context = chromium.new_context(
            base_url=served.config.base_url, java_script_enabled=script, viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        if login:
            page.goto("/account/sign-in")
            page.get_by_label("Email address").fill(f"{login}@example.org")
            page.get_by_label("Password").fill(cast.PASSWORD)
            page.get_by_role("button", name="Continue").click()
            page.get_by_label("Six-digit code").fill(demonstration.code(served, f"{login}@example.org"))
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/home")
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def axe():
    """Nothing on this page keeps anybody out; the back link stands outside a landmark, as the design system has it."""
    from axe_playwright_python.sync_playwright import Axe

    tester = Axe()

    def check(page):
        found = tester.run(page, options={"rules": {"region": {"enabled": False}}}).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], page.url

    return check
