"""What pages show of penalty notices. Reading only, but for the opening of a letter, which is in the trail."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from portal.audit.events import Name
from portal.documents import custody
from portal.documents import records as documents
from portal.errors import Conflict, NotFound, NotPermitted
from portal.notices import considering, printing, records, steps
from portal.notices.considering import Printed
from portal.notices.records import NoticeState, Payment, PenaltyNotice
from portal.notices.rules import Considered, NoticeFacts
from portal.parts import Parts
from portal.people.account import Account
from portal.people.records import Organisation
from portal.people.rules import Action, Person, may
from portal.pupils.records import Parent, Pupil

STATES = tuple(NoticeState)
PAGE = 50
Rows = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class About:
    """Whom a proposal is about, and the notices this parent had for this child."""

    child: str
    born: date
    parent: str
    school: str
    withheld: bool
    before: tuple[PenaltyNotice, ...]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A notice as its page shows it."""

    id: UUID
    title: str
    notice: PenaltyNotice
    born: date
    printed: Printed
    pupil: UUID
    parent: UUID
    facts: NoticeFacts
    considered: Considered
    proposed_by: str
    approved_by: str
    returned: str
    payments: tuple[Payment, ...]
    letters: tuple[str, ...]
    draft_template: bool
    office: bool


def about(parts: Parts, officer: Person, pupil: UUID, parent: UUID) -> About:
    """Whom a proposal is about."""
    with parts.database.reading() as tx:
        found = considering.matter(tx, officer, pupil, parent, to=Action.PROPOSE_NOTICE)
    return About(
        child=found.pupil.name,
        born=found.pupil.born,
        parent=found.parent.name,
        school=found.school.name,
        withheld=found.withheld is not None and not found.withheld.is_resolved,
        before=found.before,
    )


def look(parts: Parts, person: Person, which: UUID) -> Seen:
    """One notice."""
    considered = considering.of_notice(parts, person, which)
    with parts.database.reading() as tx:
        notice = records.get(tx, which, by=person, to=Action.READ_NOTICE)
        found = considering.matter(tx, person, notice.pupil, notice.parent, to=Action.READ_NOTICE, of=notice)
        names = {who: tx.get_one(Account, who).name for who in (notice.proposed_by, notice.approved_by) if who}
        paid = tuple(records.payments(tx, which))
        kinds = tuple(sorted(file.kind for file in documents.in_folder(tx, which)))
    return Seen(
        id=which,
        title=notice.number or f"Penalty notice for {found.pupil.name}",
        notice=notice,
        born=found.pupil.born,
        printed=considering.opened(parts, found),
        pupil=notice.pupil,
        parent=notice.parent,
        facts=considering.facts_of(parts, notice),
        considered=considered,
        proposed_by=names[notice.proposed_by],
        approved_by=names.get(notice.approved_by, "") if notice.approved_by else "",
        returned=parts.vault.open_text(str(which), notice.returned, "returned") if notice.returned else "",
        payments=paid,
        letters=kinds,
        draft_template=printing.is_draft(notice.issued or parts.today()),
        office=parts.office is not None,
    )


def listed(parts: Parts, person: Person, *, state: str | None, before: date | None = None) -> Rows:
    """Notices, newest first."""
    if not may(person, Action.READ_NOTICE):
        raise NotPermitted("Your account cannot look at penalty notices")
    wanted = (
        sa.select(
            *(
                PenaltyNotice.id,
                PenaltyNotice.number,
                PenaltyNotice.state,
                PenaltyNotice.proposed,
                PenaltyNotice.pay_until,
            ),
            *(Pupil.forenames, Pupil.surname, Parent.name.label("parent"), Organisation.name.label("school")),
        )
        .join(Pupil, Pupil.id == PenaltyNotice.pupil)
        .join(Parent, Parent.id == PenaltyNotice.parent)
        .join(Organisation, Organisation.id == Pupil.school)
        .where(PenaltyNotice.authority == person.organisation)
        .order_by(PenaltyNotice.proposed.desc(), PenaltyNotice.id)
        .limit(PAGE)
    )
    if state in {one.value for one in STATES}:
        wanted = wanted.where(PenaltyNotice.state == NoticeState(state))
    if before:
        wanted = wanted.where(sa.func.date(PenaltyNotice.proposed) < before)
    with parts.database.reading() as tx:
        return tx.execute(wanted).all()


def _of_post(person: Person) -> Any:
    if not may(person, Action.POST_NOTICE):
        raise NotPermitted(f"Your account cannot {Action.POST_NOTICE}")
    wanted = sa.select(
        PenaltyNotice.id, PenaltyNotice.number, PenaltyNotice.issued, PenaltyNotice.planned_posting, PenaltyNotice.state
    )
    ready = PenaltyNotice.state == NoticeState.READY
    return wanted.where(PenaltyNotice.authority == person.organisation, ready).order_by(PenaltyNotice.planned_posting)


def to_post(parts: Parts, person: Person) -> Rows:
    """What the post room has to post, most pressing first."""
    with parts.database.reading() as tx:
        return tx.execute(_of_post(person)).all()


def posting_row(parts: Parts, person: Person, which: UUID) -> Any:
    """One of these."""
    return _one(parts, _of_post(person).where(PenaltyNotice.id == which))


def _of_money(person: Person) -> Any:
    if not may(person, Action.RECORD_PAYMENT):
        raise NotPermitted(f"Your account cannot {Action.RECORD_PAYMENT}")
    paid = sa.select(sa.func.sum(Payment.pence)).where(Payment.notice == PenaltyNotice.id).scalar_subquery()
    columns = (PenaltyNotice.id, PenaltyNotice.number, PenaltyNotice.state, PenaltyNotice.reduced, PenaltyNotice.full)
    dates = (PenaltyNotice.reduced_until, PenaltyNotice.pay_until)
    posted = PenaltyNotice.state.in_((NoticeState.POSTED, NoticeState.PAID))
    wanted = sa.select(*columns, *dates, sa.func.coalesce(paid, 0).label("paid"))
    return (
        wanted.where(PenaltyNotice.authority == person.organisation, posted)
        .order_by(PenaltyNotice.number.desc())
        .limit(200)
    )


def owed(parts: Parts, person: Person) -> Rows:
    """What is owed and paid, by number; finance sees no name."""
    with parts.database.reading() as tx:
        return tx.execute(_of_money(person)).all()


def owed_row(parts: Parts, person: Person, which: UUID) -> Any:
    """One of these."""
    return _one(parts, _of_money(person).where(PenaltyNotice.id == which))


def _one(parts: Parts, wanted: Any) -> Any:
    with parts.database.reading() as tx:
        found = tx.execute(wanted).one_or_none()
    if found is None:
        raise NotFound("penalty notice")
    return found


def preview(parts: Parts, person: Person, which: UUID, kind: str) -> bytes:
    """The letter as it would be printed, marked as a preview; nothing is kept of it."""
    considered = considering.of_notice(parts, person, which)
    if considered.stops and not considered.number and any("withheld" in reason.says for reason in considered.stops):
        raise Conflict(considered.stops[0].says)
    with parts.database.reading() as tx:
        notice = records.get(tx, which, by=person, to=Action.READ_NOTICE)
        found = considering.matter(tx, person, notice.pupil, notice.parent, to=Action.READ_NOTICE, of=notice)
        officer = tx.get_one(Account, notice.proposed_by).name
    docx = printing.docx(
        parts, notice, found, considered, facts=considering.facts_of(parts, notice), officer=officer, preview=True
    )
    if kind == "docx":
        return docx
    if parts.office is None:
        raise Conflict("LibreOffice is not installed here, so there is no PDF. Open the Word document instead")
    return parts.office.convert(docx, "Preview of a penalty notice")


def letter(parts: Parts, person: Person, which: UUID, kind: str) -> tuple[str, int, Iterator[bytes]]:
    """The sealed letter: what it is called, its size, its bytes."""
    to = Action.POST_NOTICE if may(person, Action.POST_NOTICE) else Action.READ_NOTICE
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=person, to=to)
        held = next((file for file in documents.in_folder(tx, which) if file.kind == kind), None)
        if held is None:
            raise Conflict("The letter is being made. Look again in a minute")
        steps.tell(tx, parts.now(), person, Name.DOCUMENT_OPENED, notice, digests={"sha256": held.sha256})
    return f"{notice.number}.{kind}", held.size, custody.stream(parts, held)
