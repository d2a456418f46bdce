"""The process that reads foreign files: confined, limited, and clear about what it could not read."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.documents import rules
from portal.gateways import reading
from portal.gateways.reading import Reader

KINDS = {"docx", "xlsx", "ods", "pdf", "csv", "xml"}


def judged(body, called="form.docx"):
    return rules.judge(Reader(), [body], called=called, wanted=KINDS, said="form")


def package(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in entries.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'


def word(**more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in {"[Content_Types].xml": TYPES, "word/document.xml": "<w/>"}.items():
            made.writestr(name, body)
        for name, body in more.items():
            made.writestr(name, body)
    return out.getvalue()


REFUSED = {
    "macros": (word(**{"word/vbaProject.bin": b"x"}), "macros"),
    "an embedded file": (word(**{"word/embeddings/a.bin": b"x"}), "other files inside"),
    "a template elsewhere": (
        word(
            **{
                "word/_rels/settings.xml.rels": '<Relationships><Relationship Type="x/attachedTemplate" Target="http://a" TargetMode="External"/></Relationships>'
            }
        ),
        "fetches content",
    ),
    "a field that runs a program": (word(**{"word/footnotes.xml": "<w>DDEAUTO c:\\\\x</w>"}), "fetches content"),
    "a bomb": (word(**{"word/big.xml": b"0" * 40_000_000}), "too large once it is unpacked"),
    "a name that climbs": (word(**{"../../etc/passwd": b"x"}), "damaged"),
    "an old or encrypted package": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(999),
        "password protected",
    ),
    "nothing": (b"", "is empty"),
    "entities": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type declaration"),
    "a PDF behind junk": (b"MZ junk\n%PDF-1.4\n", "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_active_hidden_or_broken_is_refused_in_words(case):
    body, words = REFUSED[case]
    assert words in judged(body).reasons[0]


def test_a_hyperlink_is_no_reason_to_refuse():
    link = '<Relationships><Relationship Type="x/hyperlink" Target="http://a" TargetMode="External"/></Relationships>'
    assert judged(word(**{"word/_rels/document.xml.rels": link})) == rules.Verdict("docx")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=3000),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<?xml version='1.0'?>", b"\xff\xd8\xff"]),
)
def test_no_bytes_bring_the_reader_down(body, start):
    verdict = judged(start + body)
    assert verdict.reasons or verdict.kind in KINDS


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_a_shown_name_has_no_path_no_control_and_a_length(called):
    shown = rules.safe_name(called)
    assert shown
    assert len(shown) <= rules.LONGEST_NAME
    assert not set(shown) & set("/\\\n\r\t\0\u202e")


def test_the_worker_is_held_by_every_protection_this_machine_gives():
    level = reading.level()
    assert level["no environment"]
    if not level["system calls filtered"]:
        pytest.skip("this kernel grants no system call filter")
    assert level["no network"]
    assert level["no files"]


def test_a_task_that_takes_too_long_is_ended():
    assert Reader(seconds=0.01).run("portal.gateways.reading.sniff", [b"a,b\n" * 100]).failed == "time"


def test_a_file_over_the_limit_is_not_read():
    assert Reader(longest=10).run("portal.gateways.reading.sniff", [b"x" * 11]).failed == "too big"


def test_the_first_sheet_becomes_rows():
    found = Reader().run("portal.gateways.reading.table", [b"date,am,pm\n2026-09-07,O,/\n"]).found
    assert found == {"rows": [["date", "am", "pm"], ["2026-09-07", "O", "/"]]}
