"""A register extract as a file: read in the limited worker, never here."""

from collections.abc import Iterator
from typing import IO, Any

from portal.documents import rules
from portal.errors import AnswersWrong
from portal.parts import Parts

READ = 256 * 1024
LIMIT = 5 * 1024 * 1024
KINDS = frozenset({"csv", "xlsx", "ods"})


def rows(parts: Parts, upload: Any) -> list[list[str]]:
    """The cells of the first sheet. Raises AnswersWrong for what is no spreadsheet."""
    verdict = rules.judge(
        parts.reader, _chunks(upload.stream), called=upload.filename, wanted=KINDS, said="spreadsheet or CSV file"
    )
    if verdict.reasons:
        raise AnswersWrong({"extract": verdict.reasons[0]})
    upload.stream.seek(0)
    reading = parts.reader.run("portal.gateways.reading.table", _chunks(upload.stream))
    if reading.failed:
        raise AnswersWrong({"extract": "The selected file could not be read. Save it again and try again"})
    found: list[list[str]] = reading.found["rows"]
    return found


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    size = 0
    while chunk := stream.read(READ):
        size += len(chunk)
        if size > LIMIT:
            raise AnswersWrong({"extract": "The selected file must be smaller than 5MB"})
        yield chunk
