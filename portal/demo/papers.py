"""The papers of the demonstration: leaver forms, transfer files, registers, and unique pupil numbers that check."""

from datetime import date, timedelta
from io import BytesIO
from typing import Literal

from stdnum.gb import upn as upn_numbers

from portal.demo.cast import TERMS, Child
from portal.law.calendar import SchoolDays
from portal.law.codes import Mark
from portal.notices.rules import NoticeFacts


def upn(number: int, year: int) -> str:
    """A number with the right check letter, of the demonstration's own authority."""
    rest = f"399{2001 + number % 6:04}{year % 100:02}{number + 1:03}"
    return f"{upn_numbers.calc_check_digit('A' + rest)}{rest}"


def leaver_form(child: Child, left: date) -> bytes:
    """A filled CME 1 form as a Word document."""
    from docx import Document

    form = Document()
    form.core_properties.title = "CME 1 In-year leavers"
    form.add_heading("CME 1: in-year leavers", level=1)
    rows = (
        ("First names", child.forenames),
        ("Last name", child.surname),
        ("Date of birth", f"{child.born:%d %B %Y}"),
        ("Last day on roll", f"{left:%d %B %Y}"),
    )
    table = form.add_table(rows=0, cols=2)
    for key, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = key, value
    form.add_paragraph("Approved by a member of the senior leadership team.")
    out = BytesIO()
    form.save(out)
    return out.getvalue()


def transfer_file(sender: str, recipient: str, children: list[Child], on: date) -> tuple[bytes, str]:
    """A common transfer file, and its name."""
    pupils = "".join(
        f"<Pupil><UPN>{upn(number + 60, child.born.year + 5)}</UPN><Surname>{child.surname}</Surname><Forename>{child.forenames}</Forename>"
        f"<DOB>{child.born.isoformat()}</DOB><Sex>{'F' if number % 2 else 'M'}</Sex></Pupil>"
        for number, child in enumerate(children)
    )
    header = (
        "<DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>"
        f"<DateTime>{on.isoformat()}T09:30:00</DateTime><DocumentQualifier>full</DocumentQualifier><SupplierID>Demonstration</SupplierID>"
        f"<SourceSchool><LEA>{sender}</LEA><Estab>LLLL</Estab><SchoolName>Admissions</SchoolName><AcademicYear>{on.year}</AcademicYear></SourceSchool>"
        f"<DestSchool><LEA>{recipient}</LEA><Estab>LLLL</Estab></DestSchool>"
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<CTfile><Header>{header}</Header><CTFpupilData>{pupils}</CTFpupilData></CTfile>\n'
    return text.encode(), f"{sender}LLLL_CTF_{recipient}LLLL_001.xml"


def register(until: date, seed: int) -> NoticeFacts:
    """Six weeks of a register that end before *until*, with enough unauthorised sessions in them."""
    calendar = SchoolDays(TERMS, frozenset())
    days = calendar.between(until - timedelta(days=70), until - timedelta(days=4))[-30:]
    absent = {day for number, day in enumerate(days) if number % 5 in {0, 1 + seed % 3}}
    sides: tuple[tuple[Literal["am", "pm"], str], ...] = (("am", "/"), ("pm", "\\"))
    marks = [Mark(day, session, "O" if day in absent else mark) for day in days for session, mark in sides]
    return NoticeFacts(
        marks=tuple(marks),
        terms=TERMS,
        closed=frozenset(),
        offence_from=min(absent),
        offence_to=max(absent),
        asked_elsewhere="The school and the police",
    )
