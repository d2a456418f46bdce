"""Writes the Word template of the penalty notice: `python author.py 2024-08-19.docx`.

A solicitor may go on in Word from what this writes; the digest of the file is part of what is approved.
"""

import sys
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph


def blank() -> Doc:
    """A4, Arial 11, English, with the margins of a letter."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(3.2), Cm(2)
    section.header_distance, section.footer_distance = Cm(1.1), Cm(1)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10.5)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(5), 1.1
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)
    for default in made.styles.element.iter(qn("w:lang")):
        default.set(qn("w:val"), "en-GB")
    for level, size in ((1, 15), (2, 11.5)):
        head = made.styles[f"Heading {level}"]
        head.font.name, head.font.size, head.font.bold, head.font.color.rgb = "Arial", Pt(size), True, RGBColor(0, 0, 0)
        head.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        fonts = head.element.rPr.rFonts
        for name in list(fonts.attrib):
            if "Theme" in name:
                del fonts.attrib[name]
        head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(9), Pt(3)
        head.paragraph_format.keep_with_next = True
    made.core_properties.title, made.core_properties.language = "Penalty notice", "en-GB"
    made.core_properties.author, made.core_properties.comments = "", ""
    made.core_properties.created = made.core_properties.modified = datetime(2026, 11, 24, tzinfo=UTC)
    return made


def field(paragraph: Paragraph, instruction: str) -> None:
    """A field that Word fills: the page number, the number of pages."""
    for kind, text in (("begin", ""), ("", instruction), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)  # noqa: SLF001  the library offers no field


def frame(made: Doc) -> None:
    """Letterhead and footer, on every page."""
    section = made.sections[0]
    head = section.header.paragraphs[0]
    head.add_run("{{ authority_name }}").bold = True
    mark = head.add_run("\t\t{{ draft_mark }}")
    mark.bold, mark.font.color.rgb = True, RGBColor(0xB0, 0x10, 0x10)
    foot = section.footer.paragraphs[0]
    foot.add_run("Penalty notice {{ number }}\t\tPage ")
    field(foot, "PAGE")
    foot.add_run(" of ")
    field(foot, "NUMPAGES")
    for run in foot.runs:
        run.font.size = Pt(9)


def address(made: Doc) -> None:
    """The recipient where the window of a DL envelope is, our own address and the dates beside it."""
    table = made.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Cm(9), Cm(7.6)
    left.paragraphs[0].add_run("{{ parent_name }}")
    for cell, lines in ((left, "parent_address"), (right, "authority_address")):
        for text in (f"{{%p for line in {lines} %}}", "{{ line }}", "{%p endfor %}"):
            paragraph = cell.add_paragraph(text) if cell is left or cell.paragraphs[0].text else cell.paragraphs[0]
            if paragraph.text != text:
                paragraph.add_run(text)
    for text in (
        "Telephone {{ contact_phone }}",
        "{{ contact_email }}",
        "",
        "Reference: {{ reference }}",
        "Date of issue: {{ issued }}",
    ):
        right.add_paragraph(text)
    for cell in (left, right):
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)


def head(made: Doc, text: str) -> None:
    """A heading that never stands alone at the foot of a page."""
    made.add_heading(text, level=2).paragraph_format.keep_with_next = True


def say(made: Doc, *texts: str) -> None:
    for text in texts:
        made.add_paragraph(text)


def bullets(made: Doc, *texts: str) -> None:
    for text in texts:
        made.add_paragraph(text, style="List Bullet").paragraph_format.space_after = Pt(2)


def sessions(made: Doc) -> None:
    """The sessions, with headings that come again on every page."""
    table = made.add_table(rows=4, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    heading = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(heading)  # noqa: SLF001
    for cell, text in zip(table.rows[0].cells, ("Day", "Session", "Code", "What the code means"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[1].cells[0].text = "{%tr for one in sessions %}"
    for cell, name in zip(table.rows[2].cells, ("day", "session", "code", "meaning"), strict=True):
        cell.text = f"{{{{ one.{name} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for column, width in zip(table.columns, (Cm(4.6), Cm(2.6), Cm(1.6), Cm(7.8)), strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, (Cm(4.6), Cm(2.6), Cm(1.6), Cm(7.8)), strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def money(made: Doc) -> None:
    """Regulation 3(e), (g) and (h)."""
    head(made, "How much the penalty is")
    say(made, "{%p if is_first %}")
    say(
        made,
        "No earlier penalty notice to you for {{ child_name }} counts in the three years that end with the date of issue. The penalty is "
        "{{ reduced }} if you pay by {{ reduced_until }}, that is within 21 days beginning with the day on which you receive this notice. Otherwise it is {{ full }}.",
    )
    say(made, "{%p else %}")
    say(
        made,
        "{{ previous_count }} earlier penalty notice to you for {{ child_name }} counts in the three years that end with the date of issue. For a second "
        "notice in three years the penalty is {{ full }}. There is no reduced sum.",
    )
    say(made, "{%p endif %}")
    head(made, "When to pay")
    say(
        made,
        "This notice is to be posted first class on {{ planned_posting }}. The law treats it as received on the second working day after, {{ received }}, "
        "unless the contrary is proved. You can pay within 28 days of receiving it.",
    )
    bullets(
        made,
        "{%p if is_first %}",
        "Last day to pay {{ reduced }}: {{ reduced_until }}",
        "{%p endif %}",
        "Last day to pay {{ full }}: {{ pay_until }}",
    )
    head(made, "How to pay")
    say(
        made,
        "{{ payment_methods }}. Give the reference {{ reference }}. Pay the whole sum at once: we cannot take part of it or instalments.",
    )
    say(
        made,
        "Payment goes to {{ authority_name }}, {{ authority_address | join(', ') }}, who also answer letters about this notice.",
    )


def consequences(made: Doc) -> None:
    """Regulation 3(i), (j) and (k)."""
    head(made, "What happens if you pay, and if you do not")
    say(
        made,
        "If you pay within that time, your liability for this offence is discharged: you cannot be convicted of it.",
        "If you do not pay in full by {{ pay_until }}, we have to prosecute you for the offence of failing to secure regular attendance, or withdraw this notice. "
        "Proceedings can begin from {{ proceedings_from }}. A court can fine you up to £1,000, or more where a parent knew of the absence and had no reasonable justification.",
    )
    head(made, "When this notice may be withdrawn")
    made.add_paragraph("We may withdraw it, whether or not it was paid, where").paragraph_format.keep_with_next = True
    bullets(
        made,
        "it ought not to have been issued",
        "it ought not to have been issued to you",
        "it contains material errors",
    )
    say(
        made,
        "We must withdraw it where it was not paid in time and we do not prosecute. If it is withdrawn, we tell you in writing and repay what was paid. There is no appeal against a penalty notice; if you think that one of these grounds applies, write to us before the last day to pay.",
    )


def ending(made: Doc) -> None:
    """Help, the officer who issues, and the list of sessions."""
    head(made, "Help, and your information")
    say(
        made,
        "For help with this notice, or for it in another language or format, telephone {{ contact_phone }} or write to {{ contact_email }}. We use your information to carry out our duties under the Education Act 1996; our privacy notice is on our website.",
    )
    signed = made.add_paragraph("Issued by")
    signed.paragraph_format.keep_with_next = True
    name = made.add_paragraph()
    name.add_run("{{ officer_name }}").bold = True
    name.paragraph_format.space_before, name.paragraph_format.keep_with_next = Pt(18), True
    say(made, "{{ officer_office }}, {{ authority_name }}")
    head(made, "Sessions that were not authorised")
    sessions(made)


def write() -> Doc:
    """The whole letter."""
    made = blank()
    frame(made)
    address(made)
    made.add_heading("Penalty notice: failing to secure regular attendance at school", level=1)
    say(made, "Education Act 1996, sections 444 and 444A. Education (Penalty Notices) (England) Regulations 2007.")
    say(
        made,
        "This notice is for {{ parent_name }} alone, about {{ child_name }} alone. Another parent may have a notice of their own.",
    )
    head(made, "What this notice is about")
    say(
        made,
        "{{ child_name }} of {{ child_address | join(', ') }} is a registered pupil at {{ school_name }}. I have reason to believe that you are a parent of "
        "{{ child_name }}, and that from {{ offence_from }} to {{ offence_to }} {{ child_name }} failed to attend regularly at that school. "
        "That is an offence by a parent under section 444(1) of the Education Act 1996.",
        "The school’s register shows {{ session_count }} sessions in that period that were not authorised. They are listed at the end of this notice.",
    )
    money(made)
    consequences(made)
    ending(made)
    return made


if __name__ == "__main__":
    write().save(sys.argv[1])
