"""A common transfer file on its way in: kept byte for byte, then read in a worker of its own."""

from typing import IO
from uuid import UUID

from portal.documents import custody
from portal.exchange import actions, ctf
from portal.parts import Parts
from portal.people import records as people
from portal.people.rules import Person


def attach(
    parts: Parts, person: Person, which: UUID, stream: IO[bytes], *, called: str, wanted: custody.Wanted
) -> None:
    """Take the file of a draft and keep what it says of itself beside it. Raises UploadRefused for what is no XML."""
    taken = actions.attach(parts, person, which, stream, called=called, wanted=wanted)
    with parts.database.reading() as tx:
        known = people.authority_codes(tx)
    report = ctf.read(parts.reader, custody.stream(parts, taken), called=called, known=known)
    actions.answer(parts, person, which, {"report": ctf.as_json(report)})
