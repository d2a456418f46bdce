"""The penalty notice: template and declaration agree, nothing is blank, every prescribed particular is printed."""

import io
import os
import re
import signal
import socket
import subprocess
import threading
import zipfile
from datetime import date

import pikepdf
import pytest

from portal.gateways.office import Office
from portal.paperwork import docx, letters
from portal.paperwork.docx import TemplateWrong

LETTER = letters.load("penalty-notice")
ON = date(2026, 11, 24)
FIRST = {
    "authority_name": "Westmarch Council",
    "authority_address": ["County Hall", "Westmarch", "WM1 1AA"],
    "contact_phone": "01632 960100",
    "contact_email": "cme@westmarch.example.org",
    "payment_methods": "Online, or by telephone on 01632 960101",
    "title": "Penalty notice PN-2026-000001",
    "reference": "PN-2026-000001",
    "number": "PN-2026-000001",
    "issued": "24 November 2026",
    "parent_name": "Alex Ashdown",
    "parent_address": ["1 Mill Lane", "Westmarch"],
    "child_name": "Amara Ashdown",
    "child_address": ["7 Canal Walk", "Westmarch"],
    "school_name": "Beacon Hill Academy",
    "offence_from": "5 October 2026",
    "offence_to": "13 November 2026",
    "sessions": [{"day": "5 October 2026", "session": "Morning", "code": "O", "meaning": "Absent, other reason"}] * 12,
    "session_count": 12,
    "is_first": True,
    "reduced": "£80",
    "full": "£160",
    "reduced_until": "16 December 2026",
    "planned_posting": "24 November 2026",
    "received": "26 November 2026",
    "pay_until": "24 December 2026",
    "proceedings_from": "25 December 2026",
    "previous_count": 0,
    "officer_name": "Owen Tarrant",
    "officer_office": "Authorised officer of the local authority",
    "draft_mark": "",
}
SECOND = FIRST | {"is_first": False, "reduced": "", "reduced_until": "", "previous_count": 1}

# Regulation 3 of SI 2007/1867, letter by letter, and the words that satisfy it.
PARTICULARS = {
    "a": ["Alex Ashdown", "1 Mill Lane"],
    "b": ["Amara Ashdown", "7 Canal Walk", "Beacon Hill Academy"],
    "c": ["Owen Tarrant", "Authorised officer of the local authority"],
    "d": ["5 October 2026 to 13 November 2026", "Date of issue: 24 November 2026"],
    "e": ["£160", "three years that end with the date of issue"],
    "f": ["Westmarch Council, County Hall, Westmarch, WM1 1AA"],
    "g": ["Online, or by telephone"],
    "h": ["within 28 days of receiving it", "Last day to pay £160: 24 December 2026"],
    "i": ["your liability for this offence is discharged"],
    "j": ["Proceedings can begin from 25 December 2026"],
    "k": ["it ought not to have been issued", "it ought not to have been issued to you", "it contains material errors"],
}


def render(fields):
    return docx.render(LETTER.template_on(ON), fields)


def text_of(document):
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        paragraphs = re.findall(r"<w:p[ >].*?</w:p>", package.read("word/document.xml").decode(), re.DOTALL)
    import html

    return "\n".join(html.unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)", one))) for one in paragraphs)


def test_template_and_declaration_name_the_same_fields():
    assert letters.lint(LETTER.template_on(ON), LETTER) == []


@pytest.mark.parametrize("fields", [FIRST, SECOND], ids=["first", "second"])
@pytest.mark.parametrize("letter", PARTICULARS)
def test_every_prescribed_particular_is_printed(letter, fields):
    text = text_of(render(fields))
    assert [words for words in PARTICULARS[letter] if words not in text] == []


def test_every_particular_is_declared():
    assert [one.letter for one in LETTER.particulars] == list("abcdefghijk")


def test_a_first_notice_explains_the_reduced_sum_and_a_second_has_none():
    assert "£80 if you pay by 16 December 2026" in text_of(render(FIRST))
    assert "£80" not in text_of(render(SECOND))
    assert "There is no reduced sum" in text_of(render(SECOND))


def test_the_same_facts_give_the_same_bytes():
    assert render(FIRST) == render(FIRST)


def test_signs_are_printed_as_they_are():
    assert "A & <B>" in text_of(render(FIRST | {"parent_name": "A & <B>"}))


def test_a_missing_field_stops_the_letter():
    with pytest.raises(TemplateWrong):
        render({name: value for name, value in FIRST.items() if name != "pay_until"})


def test_everything_that_is_wrong_with_the_fields_is_said_at_once():
    wrong = letters.check(LETTER, FIRST | {"extra": 1, "session_count": "12", "parent_name": ""} | {})
    assert wrong == ["extra is not a field of this letter", "parent_name is empty", "session_count must be number"]


def test_a_template_that_reaches_for_python_is_refused():
    hostile = rewritten("{{ parent_name.__class__.__mro__ }}")
    with pytest.raises(TemplateWrong):
        docx.render(hostile, FIRST)


def rewritten(text):
    """The template with another text in place of the officer's name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LETTER.template_on(ON))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(
                name, body.replace(b"{{ officer_name }}", text.encode()) if name == "word/document.xml" else body
            )
    return out.getvalue()


def test_before_the_first_template_was_in_force_there_is_no_letter():
    with pytest.raises(letters.LetterWrong):
        LETTER.template_on(date(2024, 8, 18))


@pytest.fixture(scope="module")
def office():
    found = Office.find()
    if found is None:
        pytest.skip("LibreOffice with python3-uno is not installed: make system")
    yield found
    found._stop()


def test_libreoffice_makes_tagged_pdf_a_with_its_title(office):
    made = office.convert(render(FIRST), "a test")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")
        assert about["dc:title"] == FIRST["title"]
        assert pdf.Root.MarkInfo.Marked
        assert 2 <= len(pdf.pages) <= 3
        assert pdf.Root.Lang == "en-GB"


def test_a_killed_libreoffice_is_started_anew(office):
    office.convert(render(FIRST), "a test")
    found = subprocess.run(
        ["pgrep", "-g", str(office._bridge.pid), "soffice"], capture_output=True, text=True, check=False
    )
    for process in found.stdout.split():
        os.kill(int(process), signal.SIGKILL)
    assert office.convert(render(FIRST), "a test").startswith(b"%PDF")


def test_a_document_that_fetches_from_elsewhere_reaches_nobody(office):
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(3)
        listener = threading.Thread(target=listen, args=(server, asked))
        listener.start()
        office.convert(with_external_picture(server.getsockname()[1]), "a test")
        listener.join()
    assert asked == []


def listen(server, asked):
    try:
        connection, _ = server.accept()
    except TimeoutError:
        return
    asked.append(connection.recv(200))
    connection.close()


def with_external_picture(port):
    relation = f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:{port}/x.png" TargetMode="External"/></Relationships>'
    picture = (
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<v:shape style="width:10pt;height:10pt"><v:imagedata r:id="rIdX"/></v:shape></w:pict></w:r></w:p>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(render(FIRST))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "word/_rels/document.xml.rels":
                body = body.replace(b"</Relationships>", relation.encode())
            if name == "word/document.xml":
                body = body.replace(b"<w:sectPr", picture.encode() + b"<w:sectPr", 1)
            new.writestr(name, body)
    return out.getvalue()
