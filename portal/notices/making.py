"""The job that makes an approved notice: rendered, made PDF/A, sealed, and only then ready to post."""

from io import BytesIO
from uuid import UUID, uuid4

from portal import jobs
from portal.audit.events import Name
from portal.documents import records as documents
from portal.documents.records import Document, ScanState
from portal.notices import considering, printing, steps
from portal.notices.records import NoticeState, PenaltyNotice
from portal.parts import Parts
from portal.people import account
from portal.people.rules import Action, Person


@jobs.task("make_notice")
def make_notice(parts: Parts, which: UUID) -> None:
    """Make the letter of an approved notice. A second time finds it made and changes nothing."""
    with parts.database.reading() as tx:
        notice = tx.get_one(PenaltyNotice, which)
        if notice.state is not NoticeState.APPROVED or notice.approved_by is None:
            return
        approver, officer = account.one(tx, notice.approved_by), account.one(tx, notice.proposed_by)
    docx = _docx(parts, notice, approver, officer)
    made = {"docx": docx}
    if parts.office is not None:
        made["pdf"] = parts.office.convert(docx, f"Penalty notice {notice.number}")
    files = [_seal(parts, which, f"{notice.number}.{kind}", kind, body) for kind, body in made.items()]
    with parts.database.transaction() as tx:
        notice = tx.get_one(PenaltyNotice, which, with_for_update=True)
        if notice.state is not NoticeState.APPROVED or documents.in_folder(tx, which):
            return
        tx.add_all(files)
        notice.state = NoticeState.READY
        digests = {file.kind: file.sha256 for file in files}
        steps.tell(tx, parts.now(), approver, Name.NOTICE_ISSUED, notice, digests=digests)


def _docx(parts: Parts, notice: PenaltyNotice, approver: Person, officer: Person) -> bytes:
    considered = considering.of_notice(parts, approver, notice.id, to=Action.APPROVE_NOTICE)
    with parts.database.reading() as tx:
        found = considering.matter(tx, approver, notice.pupil, notice.parent, to=Action.READ_NOTICE, of=notice)
    facts = considering.facts_of(parts, notice)
    return printing.docx(parts, notice, found, considered, facts=facts, officer=officer.name, preview=False)


def _seal(parts: Parts, folder: UUID, called: str, kind: str, body: bytes) -> Document:
    which = uuid4()
    with parts.vault.begin(str(folder)) as pending:
        stream = BytesIO(body)
        while chunk := stream.read(256 * 1024):
            pending.write(chunk)
        receipt = pending.keep()
    return Document(
        id=which,
        folder=folder,
        name=receipt.name,
        called=parts.vault.seal_text(str(folder), called, f"called {which}"),
        kind=kind,
        size=receipt.size,
        sha256=receipt.sha256,
        scan=ScanState.CLEAN,
        received=parts.now(),
    )
