"""A school sends a leaver form; the coordinator opens it byte for byte and acknowledges; the school sees it."""

import hashlib
import re
import socket
import threading
from io import BytesIO

import pytest

from portal.audit import records as audit
from portal.demo import cast, papers
from portal.documents import records as documents
from portal.exchange.records import Transfer

FORM = papers.leaver_form(cast.children()[5], papers.date(2026, 11, 20))


@pytest.fixture
def school(browser):
    return browser("office.alderbrook")


def fill(school, file=FORM, called="leaver.docx", *, left=("20", "11", "2026")):
    """Answer every question and attach the file."""
    school.get("/leavers/new")
    school.post("/leavers/new")
    address = school.page.location
    which = re.search(r"/leavers/([0-9a-f-]+)/", address)[1]
    school.follow()
    answers = {
        "forenames": "Élodie",
        "surname": "O’Test",
        "born__day": "3",
        "born__month": "may",
        "born__year": "2014",
        "upn": "",
    }
    assert school.post(address, **answers).location.endswith("/leaving")
    school.follow()
    day, month, year = left
    school.post(f"/leavers/{which}/leaving", left__day=day, left__month=month, left__year=year)
    school.get(f"/leavers/{which}/ground")
    school.post(f"/leavers/{which}/ground", ground="a")
    school.get(f"/leavers/{which}/destination")
    school.post(
        f"/leavers/{which}/destination",
        destination="known",
        next_school="Hill Top School",
        starts__day="",
        starts__month="",
        starts__year="",
    )
    school.get(f"/leavers/{which}/file")
    school.post(f"/leavers/{which}/file", file=(BytesIO(file), called))
    return which


def test_a_leaver_form_goes_from_school_to_coordinator_and_back(school, browser, demo):
    which = fill(school)
    assert school.page.location.endswith("/check")
    assert "Élodie" in school.follow().text
    school.post(f"/leavers/{which}/check")
    confirmation = school.follow().text
    digest = hashlib.sha256(FORM).hexdigest()
    assert digest in confirmation
    assert f"{len(FORM):,}" in confirmation
    coordinator = browser("cora.penhale")
    item = coordinator.get(f"/transfers/{which}").text
    assert "Not checked for viruses" in item
    address = re.search(rf'action="(/transfers/{which}/files/[0-9a-f-]+)"', item)[1]
    file = coordinator.post(address)
    assert file.data == FORM
    assert "attachment" in file.headers["Content-Disposition"]
    coordinator.get(f"/transfers/{which}")
    coordinator.post(f"/transfers/{which}/acknowledge")
    assert "Acknowledged" in school.get(f"/transfers/{which}").text
    with demo.database.reading() as tx:
        story = audit.story(tx, "transfer", which)
    assert story == [
        "document.received",
        "transfer.sent",
        "document.opened",
        "transfer.opened",
        "transfer.acknowledged",
    ]


def test_a_double_click_sends_once(school, demo):
    which = fill(school)
    school.follow()
    first = school.post(f"/leavers/{which}/check")
    school.get(f"/transfers/{which}")
    second = school.client.post(f"/leavers/{which}/check", data={"csrf_token": token(school)})
    assert first.location == second.location
    with demo.database.reading() as tx:
        assert audit.story(tx, "transfer", which).count("transfer.sent") == 1


def token(one):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', one.page.text)[1]


def test_what_was_typed_is_kept_when_an_answer_needs_another_look(school):
    school.get("/leavers/new")
    school.post("/leavers/new")
    address = school.page.location
    school.follow()
    page = school.post(
        address, forenames="Ann", surname="", born__day="31", born__month="2", born__year="2014", upn="H80"
    )
    assert page.status_code == 422
    assert all(
        words in page.text
        for words in (
            'value="Ann"',
            'value="31"',
            "Enter the child’s last name",
            "must be a real date",
            "13 characters",
        )
    )


def test_an_unfinished_form_is_not_sent_and_names_what_is_open(school):
    school.get("/leavers/new")
    school.post("/leavers/new")
    which = re.search(r"/leavers/([0-9a-f-]+)/", school.page.location)[1]
    school.get(f"/leavers/{which}/check")
    page = school.post(f"/leavers/{which}/check")
    assert page.status_code == 422
    assert "Select why the child’s name is to be deleted" in page.text


REFUSED = {
    "empty": (b"", "leaver.pdf", "is empty"),
    "a program": (b"MZ\x00\x01" + bytes(200), "leaver.pdf", "must be a Word document, PDF or spreadsheet"),
    "not what its name says": (FORM, "leaver.pdf", "is not what its name says"),
    "a page that says it is a form": (b"<html><body>hello</body></html>", "leaver.docx", "must be a Word document"),
    "a damaged package": (FORM[:2000], "leaver.docx", "is damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_form_is_refused_in_words_and_leaves_no_trace(school, demo, case):
    body, called, words = REFUSED[case]
    before = set(demo.vault.names())
    which = fill(school, body, called)
    assert school.page.status_code == 422
    assert words in school.page.text
    assert set(demo.vault.names()) == before
    with demo.database.reading() as tx:
        assert audit.story(tx, "transfer", which) == ["document.refused"]


def test_plaintext_never_lies_in_the_data_folder(school, demo):
    marker = b"a marker that nobody else writes"
    which = fill(school, b"name,born\n" + marker + b",2014-05-03\n", "leaver.csv")
    school.follow()
    school.post(f"/leavers/{which}/check")
    for path in demo.config.data.rglob("*"):
        assert not path.is_file() or marker not in path.read_bytes()


def test_a_body_shorter_than_announced_is_refused_and_leaves_no_trace(demo, school):
    from werkzeug.serving import make_server

    before = set(demo.vault.names())
    fill(school)
    kept = set(demo.vault.names())
    server = make_server("127.0.0.1", 0, school.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    cookie = school.client.get_cookie("portal_session").value
    head = f"POST /leavers/new HTTP/1.1\r\nHost: x\r\nCookie: portal_session={cookie}\r\nContent-Length: 5000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as talk:
        talk.sendall(head.encode() + b"--b\r\n")
        talk.shutdown(socket.SHUT_WR)
        answer = talk.recv(4096)
    server.shutdown()
    server.server_close()
    assert b" 400 " in answer.splitlines()[0] + b" " or b" 422 " in answer.splitlines()[0] + b" "
    assert len(kept - before) == 1
    assert set(demo.vault.names()) == kept


def test_a_held_file_cannot_be_opened_before_it_was_scanned(school, browser, demo):
    which = fill(school)
    school.follow()
    school.post(f"/leavers/{which}/check")
    with demo.database.transaction() as tx:
        (file,) = documents.in_folder(tx, papers_id(which))
        tx.get(documents.Document, file.id).scan = documents.ScanState.HELD
    coordinator = browser("cora.penhale")
    assert "Download file" not in coordinator.get(f"/transfers/{which}").text
    assert coordinator.post(f"/transfers/{which}/files/{file.id}").status_code == 409
    with demo.database.reading() as tx:
        assert tx.get(Transfer, papers_id(which)).opened is None


def papers_id(text):
    from uuid import UUID

    return UUID(text)
