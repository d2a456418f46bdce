"""A penalty notice from proposal to payment: what officers, approvers, the post room and finance can do."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from portal import jobs
from portal.audit.events import Name
from portal.errors import AnswersWrong, Conflict, NotPermitted, RuleForbids
from portal.law import calendar
from portal.notices import considering, records, rules, steps
from portal.notices.records import NoticeState, Payment, PenaltyNotice
from portal.notices.rules import NoticeFacts
from portal.parts import Parts
from portal.people import telling
from portal.people.rules import Action, Person, may
from portal.pupils import records as pupils

REFUSED = Name.NOTICE_REFUSED


def propose(
    parts: Parts, officer: Person, which: UUID, *, pupil: UUID, parent: UUID, facts: NoticeFacts, posting: date
) -> UUID:
    """Propose a notice to one parent for one child. *which* is the form's own id: a double click proposes once.

    Raises RuleForbids with every reason and its section where the law does not allow it; that is in the trail too.
    """
    if not may(officer, Action.PROPOSE_NOTICE):
        raise NotPermitted(f"Your account cannot {Action.PROPOSE_NOTICE}")
    with parts.database.reading() as tx:
        there = tx.get(PenaltyNotice, which)
    if there is not None and there.proposed_by == officer.id:
        return which
    _check_posting(parts, posting)
    considered = considering.of_proposal(parts, officer, pupil=pupil, parent=parent, facts=facts, posting=posting)
    if considered.against:
        _tell_refused(parts, officer, pupil, parent, len(considered.against))
        raise RuleForbids(considered.against)
    sealed = parts.vault.seal_text(str(which), facts.to_json(), "facts")
    with parts.database.transaction() as tx:
        pupils.get(tx, pupil, by=officer, to=Action.PROPOSE_NOTICE)
        _refuse_overlap(tx, pupil, parent, facts)
        notice = PenaltyNotice(
            id=which,
            authority=officer.organisation,
            pupil=pupil,
            parent=parent,
            state=NoticeState.PROPOSED,
            offence_from=facts.offence_from,
            offence_to=facts.offence_to,
            planned_posting=posting,
            facts=sealed,
            proposed_by=officer.id,
            proposed=parts.now(),
        )
        tx.add(notice)
        tx.flush()
        steps.tell(tx, parts.now(), officer, Name.NOTICE_PROPOSED, notice)
    return which


def _tell_refused(parts: Parts, officer: Person, pupil: UUID, parent: UUID, reasons: int) -> None:
    with parts.database.transaction() as tx:
        objects: dict[str, UUID | str] = {"pupil": pupil, "parent": parent}
        telling.tell(tx, parts.now(), officer, REFUSED, objects=objects, facts={"reasons": reasons}, outcome="refused")


def _refuse_overlap(tx: sa.orm.Session, pupil: UUID, parent: UUID, facts: NoticeFacts) -> None:
    """Regulation 15: no duplicates. The pupil's row is locked, so two officers cannot both pass."""
    tx.execute(sa.select(pupils.Pupil.id).where(pupils.Pupil.id == pupil).with_for_update())
    twin = records.overlapping(tx, pupil, parent, facts.offence_from, facts.offence_to)
    if twin is not None:
        raise Conflict(
            "A notice for some of the same days stands already for this parent and child. Look under Penalty notices"
        )


def _check_posting(parts: Parts, posting: date) -> None:
    if posting < parts.today():
        raise AnswersWrong({"posting": "The posting day must be today or later"})
    if not calendar.is_working_day(posting):
        raise AnswersWrong({"posting": "The posting day must be a working day"})


def send_for_approval(parts: Parts, officer: Person, which: UUID, *, digest: str) -> None:
    """Hand the notice to a second officer. *digest* is of what the page showed: if anything changed since, it stops."""
    considered = considering.of_notice(parts, officer, which)
    _same(considered.digest, digest)
    if considered.against or considered.stops:
        raise RuleForbids([*considered.against, *considered.stops])
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=officer, to=Action.PROPOSE_NOTICE)
        steps.expect(notice, NoticeState.PROPOSED)
        notice.state, notice.digest, notice.returned = NoticeState.WAITING, digest, None
        steps.tell(tx, parts.now(), officer, Name.NOTICE_SENT_FOR_APPROVAL, notice, digests={"facts": digest})


def return_to_officer(parts: Parts, approver: Person, which: UUID, *, because: str) -> None:
    """Send it back to the officer with a reason."""
    if not because.strip():
        raise AnswersWrong({"because": "Enter what the officer should look at"})
    sealed = parts.vault.seal_text(str(which), because, "returned")
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=approver, to=Action.APPROVE_NOTICE)
        steps.expect(notice, NoticeState.WAITING)
        notice.state, notice.digest, notice.returned = NoticeState.PROPOSED, None, sealed
        steps.tell(tx, parts.now(), approver, Name.NOTICE_RETURNED, notice)


def approve(parts: Parts, approver: Person, which: UUID, *, digest: str) -> str:
    """Approve as the second officer. Gives the notice its number, its issue date and its last days; the letter is
    made at once after. Twice gives the same number.
    """
    considered = considering.of_notice(parts, approver, which, to=Action.APPROVE_NOTICE)
    if considered.number:
        return considered.number
    _same(considered.digest, digest)
    if considered.against or considered.stops:
        raise RuleForbids([*considered.against, *considered.stops])
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=approver, to=Action.APPROVE_NOTICE)
        if notice.number:
            return notice.number
        steps.expect(notice, NoticeState.WAITING)
        if notice.proposed_by == approver.id:
            raise NotPermitted("Somebody else has to approve what you proposed")
        _same(notice.digest, digest)
        today = parts.today()
        notice.number = records.next_number(tx, today.year)
        notice.state, notice.issued = NoticeState.APPROVED, today
        notice.approved_by, notice.approved = approver.id, parts.now()
        notice.reduced, notice.full = considered.amount.reduced, considered.amount.full
        notice.reduced_until, notice.pay_until = considered.deadlines.reduced_until, considered.deadlines.pay_until
        notice.received, notice.proceedings_from = considered.deadlines.received, considered.deadlines.proceedings_from
        steps.tell(tx, parts.now(), approver, Name.NOTICE_APPROVED, notice, digests={"facts": digest})
        jobs.enqueue(tx, "make_notice", which, once="make")
    return notice.number


def _same(now: str | None, shown: str) -> None:
    if now != shown:
        raise Conflict("The facts or the letter have changed since this page was shown. Look at it again")


def record_posting(parts: Parts, person: Person, which: UUID, *, posted: date) -> bool:
    """Record the real posting day. Later than planned, the notice is spoiled: its printed dates would be too early.
    It has not left, and the officer makes it anew. Gives whether it went out.
    """
    if posted > parts.today():
        raise AnswersWrong({"posted": "The posting day must be today or in the past"})
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=person, to=Action.POST_NOTICE)
        if notice.state is NoticeState.POSTED and notice.posted == posted:
            return True
        steps.expect(notice, NoticeState.READY)
        if notice.issued and posted < notice.issued:
            raise AnswersWrong({"posted": "The posting day must not be before the date of issue"})
        if posted > notice.planned_posting:
            _spoil(tx, parts, person, notice)
            return False
        real = rules.deadlines(notice.offence_from, posted)
        notice.state, notice.posted, notice.posted_by = NoticeState.POSTED, posted, person.id
        notice.received = real.received
        # Printed from the planned day, which was no earlier: nobody is hurried by a letter that went out sooner.
        steps.tell(tx, parts.now(), person, Name.NOTICE_POSTED, notice, facts={"posted": posted.isoformat()})
    return True


def spoil(parts: Parts, person: Person, which: UUID) -> None:
    """Say that it was not posted in time, and will not be."""
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=person, to=Action.POST_NOTICE)
        steps.expect(notice, NoticeState.READY)
        _spoil(tx, parts, person, notice)


def _spoil(tx: sa.orm.Session, parts: Parts, person: Person, notice: PenaltyNotice) -> None:
    notice.state = NoticeState.SPOILED
    steps.tell(tx, parts.now(), person, Name.NOTICE_SPOILED, notice)


def make_anew(parts: Parts, officer: Person, which: UUID, *, anew: UUID, posting: date) -> UUID:
    """Propose again what was spoiled, with a new posting day. *anew* is the form's own id."""
    with parts.database.reading() as tx:
        spoiled = records.get(tx, which, by=officer, to=Action.PROPOSE_NOTICE)
        steps.expect(spoiled, NoticeState.SPOILED)
        pupil, parent = spoiled.pupil, spoiled.parent
    facts = NoticeFacts.from_json(parts.vault.open_text(str(which), spoiled.facts, "facts"))
    made = propose(parts, officer, anew, pupil=pupil, parent=parent, facts=facts, posting=posting)
    with parts.database.transaction() as tx:
        records.get(tx, which, by=officer, to=Action.PROPOSE_NOTICE).made_anew = made
        steps.tell(tx, parts.now(), officer, Name.NOTICE_CHANGED, spoiled, facts={"made_anew": str(made)})
    return made


def record_payment(parts: Parts, person: Person, which: UUID, *, payment: UUID, pence: int, on: date) -> None:
    """Record money that came (regulation 20). *payment* is the form's own id: twice counts once."""
    if pence <= 0:
        raise AnswersWrong({"pounds": "Enter how much was paid"})
    if on > parts.today():
        raise AnswersWrong({"paid": "The day of payment must be today or in the past"})
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=person, to=Action.RECORD_PAYMENT)
        if tx.get(Payment, payment):
            return
        steps.expect(notice, NoticeState.POSTED, NoticeState.PAID)
        tx.add(Payment(id=payment, notice=which, pence=pence, paid=on, recorded_by=person.id, recorded=parts.now()))
        tx.flush()
        if _in_full(notice, records.payments(tx, which)):
            notice.state = NoticeState.PAID
        steps.tell(tx, parts.now(), person, Name.NOTICE_PAID, notice, facts={"pence": pence, "on": on.isoformat()})


def withdraw(parts: Parts, officer: Person, which: UUID, *, ground: str, because: str) -> None:
    """Withdraw under regulation 8 or 9, with the ground recorded (regulation 20)."""
    if ground not in rules.GROUNDS:
        raise AnswersWrong({"ground": "Select the ground"})
    with parts.database.reading() as tx:
        notice = records.get(tx, which, by=officer, to=Action.WITHDRAW_NOTICE)
    if refused := rules.against_withdrawal(
        ground, parts.today(), pay_until=notice.pay_until, paid=notice.state is NoticeState.PAID
    ):
        raise RuleForbids(refused)
    with parts.database.transaction() as tx:
        notice = records.get(tx, which, by=officer, to=Action.WITHDRAW_NOTICE)
        steps.expect(
            notice, NoticeState.POSTED, NoticeState.PAID, NoticeState.READY, NoticeState.PROPOSED, NoticeState.WAITING
        )
        notice.state, notice.withdrawn, notice.ground = NoticeState.WITHDRAWN, parts.today(), ground
        steps.tell(
            tx,
            parts.now(),
            officer,
            Name.NOTICE_WITHDRAWN,
            notice,
            facts={"ground": ground},
            personal={"because": because},
        )


def _in_full(notice: PenaltyNotice, payments: list[Payment]) -> bool:
    """A posted notice has its sums and its days."""
    return rules.is_paid(
        [(one.paid, one.pence) for one in payments],
        reduced=notice.reduced,
        full=notice.full or 0,
        reduced_until=notice.reduced_until,
        pay_until=notice.pay_until or date.min,
    )
