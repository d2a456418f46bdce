"""The task that reads the first sheet of a spreadsheet, or a CSV file, as rows of text."""

import codecs
import csv
import io
from datetime import date, datetime
from typing import IO, Any

_MOST_ROWS, _MOST_CELLS = 3000, 40


def prepare(head: bytes) -> None:
    """Load the spreadsheet reader, for a packed file, and the codecs of plain ones."""
    for codec in ("utf-8-sig", "cp1252"):
        codecs.lookup(codec)
    if head.startswith(b"PK"):
        import python_calamine  # noqa: F401


def read(file: IO[bytes]) -> dict[str, Any]:
    """`rows`, each a list of texts; dates as 2026-11-24."""
    body = file.read()
    rows = _packed(body) if body.startswith(b"PK") else _plain(body)
    return {"rows": [[_text(cell) for cell in row[:_MOST_CELLS]] for row in rows[:_MOST_ROWS]]}


def _packed(body: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()


def _plain(body: bytes) -> list[list[Any]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    mark = next((one for one in (",", ";", "\t") if one in text), ",")
    return list(csv.reader(io.StringIO(text), delimiter=mark))


def _text(cell: Any) -> str:  # noqa: ANN401  whatever a cell holds
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()
