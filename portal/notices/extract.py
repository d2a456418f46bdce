"""A register extract as a file: read in the limited worker, never here."""

from typing import IO, Any

from portal.errors import AnswersWrong, UploadRefused
from portal.parts import Parts

READ = 256 * 1024
LIMIT = 5 * 1024 * 1024


def rows(parts: Parts, upload: Any) -> list[list[str]]:  # noqa: ANN401  a file of the framework
    """The cells of the first sheet. Raises AnswersWrong for what is no spreadsheet."""
    try:
        found: list[list[str]] = parts.reader.run("table", _chunks(upload.stream), {"called": upload.filename})["rows"]
    except UploadRefused as refused:
        raise AnswersWrong({"extract": str(refused)}) from None
    return found


def _chunks(stream: IO[bytes]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    size = 0
    while chunk := stream.read(READ):
        size += len(chunk)
        if size > LIMIT:
            raise AnswersWrong({"extract": "The selected file must be smaller than 5MB"})
        yield chunk
