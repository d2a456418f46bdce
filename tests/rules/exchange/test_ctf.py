"""Common transfer files: what they say, and what is wrong with them, in words."""

from datetime import date
from pathlib import Path

import pytest

from portal.demo import cast, papers
from portal.exchange import ctf
from portal.gateways.reading import Reader
from portal.people import records

KNOWN = records.listed_codes()
SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "ctf"
BODY, CALLED = papers.transfer_file("390", "399", cast.children()[:3], date(2026, 11, 24))


def read(body, called=CALLED):
    return ctf.read(Reader(), [body], called=called, known=KNOWN | {"390", "399"}, today=date(2026, 11, 24))


def test_a_good_file_is_summarised_without_a_word_against_it():
    report = read(BODY)
    assert (report.kind, report.version, report.source, report.destination) == (
        "CTF",
        "25.0",
        "390LLLL, Admissions",
        "399LLLL",
    )
    assert [pupil.surname for pupil in report.pupils] == [child.surname for child in cast.children()[:3]]
    assert (report.errors, report.warnings) == ((), ())


CHANGED = {
    "a wrong check letter": (b"<UPN>", b"<UPN>Z", "UPN must have 13 characters"),
    "no surname": (b"<Surname>", b"<Name>", "broken"),
    "a birth date that is none": (b"<DOB>20", b"<DOB>31-20", "must be like 2014-03-27"),
    "a document type": (b"<CTfile>", b'<!DOCTYPE x [<!ENTITY a "b">]><CTfile>', "document type declaration"),
    "another root": (b"CTfile>", b"Other>", "begins with Other"),
    "no destination": (b"DestSchool", b"Elsewhere", "does not say where it goes"),
    "many pupils to nowhere": (
        b"<DestSchool><LEA>399</LEA><Estab>LLLL</Estab>",
        b"<DestSchool><LEA>XXX</LEA><Estab>XXXX</Estab>",
        "one pupil only",
    ),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_is_wrong_is_said_in_words(case):
    old, new, words = CHANGED[case]
    errors = " ".join(read(BODY.replace(old, new)).errors)
    assert (words if words != "broken" else "not whole XML") in errors


def test_a_file_that_breaks_off_says_where():
    assert "at line" in read(BODY[:-40]).errors[0]


def test_a_name_that_says_otherwise_than_the_header_is_a_warning():
    assert "its header" in read(BODY, "3902001_CTF_399LLLL_001.xml").warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_other_encodings_are_read(encoding):
    text = BODY.decode().replace("UTF-8", "windows-1252" if encoding == "cp1252" else "UTF-8")
    assert len(read(text.replace("Ashdown", "Ashdówn").encode(encoding)).pupils) == 3


def test_gender_is_read_as_sex():
    report = read(BODY.replace(b"<Sex>", b"<Gender>").replace(b"</Sex>", b"</Gender>"))
    assert [pupil.sex for pupil in report.pupils] == ["M", "F", "M"]


EXPECTED = {
    "8150000_CTF_3830000_001.xml": 0,
    "8150000_CTF_815LLLL_001.xml": 0,
    "8150000_CTF_MMMMMMM_001.xml": 0,
    "8150000_CTF_XXXXXXX_001.xml": 0,
    "815LLLL_CTF_3830000_002.xml": 0,
    "bad_truncated.xml": 1,
    "bad_xxe.xml": 1,
    "variant_ctf12_gender_full.xml": 0,
    "variant_giap_partial.xml": 0,
    "variant_nonconformant_pupils_wrapper.xml": 2,
    "variant_windows1252.xml": 0,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_shared_samples_are_judged_as_their_makers_meant(name):
    if not SAMPLES.is_dir():
        pytest.skip("the shared sample files are not here; their twins above are ours")
    assert len(read((SAMPLES / name).read_bytes(), name).errors) == EXPECTED[name]
