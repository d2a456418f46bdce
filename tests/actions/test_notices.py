"""A penalty notice from proposal to payment: what the law forbids, what stops it, and what happens only once."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from portal.audit import records as audit
from portal.demo import papers
from portal.documents import records as documents
from portal.errors import Conflict, NotPermitted, RuleForbids
from portal.notices import actions, considering, making
from portal.notices.records import NoticeState, PenaltyNotice
from portal.people import account
from portal.pupils import actions as pupils
from portal.pupils.records import Parenthood, Pupil, Withheld


@pytest.fixture
def who(demo):
    def find(login):
        with demo.database.reading() as tx:
            return account.person_of(tx, account.by_email(tx, f"{login}@example.org"))

    return find


@pytest.fixture
def matter(demo):
    """A pupil of a maintained school and a parent without any notice."""
    with demo.database.reading() as tx:
        taken = {(n.pupil, n.parent) for n in tx.query(PenaltyNotice)} | {
            (w.pupil, w.parent) for w in tx.query(Withheld)
        }
        for link in tx.query(Parenthood):
            pupil = tx.get(Pupil, link.pupil)
            if (link.pupil, link.parent) not in taken and pupil.born.year in range(2012, 2018):
                return link.pupil, link.parent
    raise AssertionError


@pytest.fixture
def proposed(demo, who, matter):
    facts, which = papers.register(demo.today(), 1), uuid4()
    actions.propose(
        demo, who("owen.tarrant"), which, pupil=matter[0], parent=matter[1], facts=facts, posting=demo.today()
    )
    return which


def digest(parts, person, which):
    return considering.of_notice(parts, person, which).digest


def notice(parts, which):
    with parts.database.reading() as tx:
        return tx.get_one(PenaltyNotice, which)


def issue(parts, who, which):
    shown = digest(parts, who("owen.tarrant"), which)
    actions.send_for_approval(parts, who("owen.tarrant"), which, digest=shown)
    number = actions.approve(parts, who("ana.quill"), which, digest=shown)
    making.make_notice(parts, which)
    return number


def test_an_approved_notice_has_number_letter_and_dates(demo, who, proposed):
    number = issue(demo, who, proposed)
    made = notice(demo, proposed)
    assert made.state is NoticeState.READY
    assert number == made.number
    assert (made.reduced, made.full) == (80, 160)
    # Tuesday 24 November 2026, first class: deemed served on Thursday the 26th (regulation 22).
    assert made.received == date(2026, 11, 26)
    assert (made.reduced_until, made.pay_until) == (date(2026, 12, 16), date(2026, 12, 24))
    assert made.proceedings_from == date(2026, 12, 25)
    with demo.database.reading() as tx:
        assert [file.kind for file in documents.in_folder(tx, proposed)] == ["docx"]
        story = audit.story(tx, "notice", proposed)
    assert story == ["notice.proposed", "notice.sent_for_approval", "notice.approved", "notice.issued"]


def test_the_proposer_cannot_approve(demo, who, proposed):
    shown = digest(demo, who("owen.tarrant"), proposed)
    actions.send_for_approval(demo, who("owen.tarrant"), proposed, digest=shown)
    with pytest.raises(NotPermitted):
        actions.approve(demo, who("owen.tarrant"), proposed, digest=shown)
    both = replace(who("owen.tarrant"), roles=who("ana.quill").roles)
    with pytest.raises(NotPermitted):
        actions.approve(demo, both, proposed, digest=shown)


def test_facts_that_changed_since_the_page_stop_the_approval(demo, who, proposed):
    shown = digest(demo, who("owen.tarrant"), proposed)
    actions.send_for_approval(demo, who("owen.tarrant"), proposed, digest=shown)
    with pytest.raises(Conflict):
        actions.approve(demo, who("ana.quill"), proposed, digest="0" * 64)
    assert notice(demo, proposed).number is None


def test_a_double_click_proposes_once(demo, who, matter):
    facts, which = papers.register(demo.today(), 1), uuid4()
    for _ in range(2):
        actions.propose(
            demo, who("owen.tarrant"), which, pupil=matter[0], parent=matter[1], facts=facts, posting=demo.today()
        )
    with demo.database.reading() as tx:
        assert tx.query(PenaltyNotice).filter_by(pupil=matter[0], parent=matter[1]).count() == 1


def test_a_second_notice_for_the_same_days_is_refused(demo, who, matter, proposed):
    facts = papers.register(demo.today(), 1)
    with pytest.raises(Conflict):
        actions.propose(
            demo, who("owen.tarrant"), uuid4(), pupil=matter[0], parent=matter[1], facts=facts, posting=demo.today()
        )


def test_many_officers_at_once_give_one_notice_and_many_approvals_one_number(demo, who, matter):
    facts, officer, results = papers.register(demo.today(), 1), who("owen.tarrant"), []

    def propose():
        try:
            made = actions.propose(
                demo, officer, uuid4(), pupil=matter[0], parent=matter[1], facts=facts, posting=demo.today()
            )
            results.append(made)
        except Conflict:
            results.append(None)

    together(propose, 6)
    (which,) = [one for one in results if one]
    shown = digest(demo, officer, which)
    actions.send_for_approval(demo, officer, which, digest=shown)
    numbers = []
    together(lambda: numbers.append(actions.approve(demo, who("ana.quill"), which, digest=shown)), 6)
    assert len(numbers) == 6
    assert len(set(numbers)) == 1
    together(lambda: making.make_notice(demo, which), 3)
    with demo.database.reading() as tx:
        assert len(documents.in_folder(tx, which)) == 1


def together(act, count):
    threads = [threading.Thread(target=act) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_posted_later_than_planned_a_notice_is_spoiled_and_made_anew(demo, who, proposed, clock):
    first = issue(demo, who, proposed)
    clock.forward(days=2)
    assert not actions.record_posting(demo, who("pat.rowan"), proposed, posted=demo.today())
    assert notice(demo, proposed).state is NoticeState.SPOILED
    anew = actions.make_anew(demo, who("owen.tarrant"), proposed, anew=uuid4(), posting=demo.today())
    assert issue(demo, who, anew) != first
    assert actions.record_posting(demo, who("pat.rowan"), anew, posted=demo.today())
    # The spoiled one never left, so this is still a first notice.
    assert notice(demo, anew).reduced == 80


def test_posted_sooner_than_planned_no_printed_date_is_too_early(demo, who, matter):
    facts, which = papers.register(demo.today(), 1), uuid4()
    planned = demo.today() + timedelta(days=2)
    actions.propose(demo, who("owen.tarrant"), which, pupil=matter[0], parent=matter[1], facts=facts, posting=planned)
    issue(demo, who, which)
    printed = notice(demo, which).pay_until
    actions.record_posting(demo, who("pat.rowan"), which, posted=demo.today())
    posted = notice(demo, which)
    assert posted.pay_until == printed >= posted.received + timedelta(days=28)


def test_a_withheld_address_stops_the_notice_until_two_people_have_answered(demo, who, matter, proposed):
    legal, approver, officer = who("lena.strand"), who("ana.quill"), who("owen.tarrant")
    pupils.withhold_address(demo, legal, *matter, because="A court order", review=date(2027, 5, 1))
    considered = considering.of_notice(demo, officer, proposed)
    assert any("reg 3(b)" in reason.source for reason in considered.stops)
    with pytest.raises(RuleForbids):
        actions.send_for_approval(demo, officer, proposed, digest=considered.digest)
    pupils.resolve_address(demo, legal, *matter, prints="Care of the authority")
    with pytest.raises(NotPermitted):
        pupils.confirm_address(demo, legal, *matter)
    assert considering.of_notice(demo, officer, proposed).stops
    pupils.confirm_address(demo, approver, *matter)
    considered = considering.of_notice(demo, officer, proposed)
    assert considered.stops == ()
    with demo.database.reading() as tx:
        found = considering.matter(tx, officer, *matter, to=considering.Action.READ_NOTICE)
    assert considering.opened(demo, found).child_address == "Care of the authority"


def test_a_notice_for_an_independent_school_is_refused_with_the_section(demo, who):
    with demo.database.reading() as tx:
        school = tx.query(considering.Organisation).filter_by(school_type="independent").one()
        pupil = tx.query(Pupil).filter_by(school=school.id).filter(Pupil.born > date(2012, 1, 1)).first()
        parent = tx.query(Parenthood).filter_by(pupil=pupil.id).first().parent
    facts = papers.register(demo.today(), 1)
    with pytest.raises(RuleForbids) as refused:
        actions.propose(
            demo, who("owen.tarrant"), uuid4(), pupil=pupil.id, parent=parent, facts=facts, posting=demo.today()
        )
    assert any("444A" in reason.source for reason in refused.value.reasons)
    with demo.database.reading() as tx:
        assert "notice.refused" in audit.story(tx, "pupil", pupil.id)


def test_two_earlier_notices_forbid_a_third_whoever_issued_them(demo, who, matter):
    from portal.law.penalty_notice import Previous

    earlier = tuple(Previous(issued=date(2025, month, 3), offence_from=date(2025, month - 1, 1)) for month in (3, 11))
    facts = replace(papers.register(demo.today(), 1), previous_elsewhere=earlier)
    with pytest.raises(RuleForbids) as refused:
        actions.propose(
            demo, who("owen.tarrant"), uuid4(), pupil=matter[0], parent=matter[1], facts=facts, posting=demo.today()
        )
    assert any("12A" in reason.source for reason in refused.value.reasons)


def test_the_reduced_sum_in_time_pays_the_notice_and_a_repeat_counts_once(demo, who, proposed, clock):
    issue(demo, who, proposed)
    actions.record_posting(demo, who("pat.rowan"), proposed, posted=demo.today())
    clock.forward(days=5)
    payment = uuid4()
    for _ in range(2):
        actions.record_payment(demo, who("finn.abara"), proposed, payment=payment, pence=8000, on=demo.today())
    assert notice(demo, proposed).state is NoticeState.PAID
    with demo.database.reading() as tx:
        assert len(actions.records.payments(tx, proposed)) == 1


def test_an_unpaid_notice_cannot_be_withdrawn_as_such_before_its_time_has_ended(demo, who, proposed, clock):
    issue(demo, who, proposed)
    actions.record_posting(demo, who("pat.rowan"), proposed, posted=demo.today())
    with pytest.raises(RuleForbids):
        actions.withdraw(demo, who("owen.tarrant"), proposed, ground="unpaid", because="Not paid")
    clock.forward(days=40)
    actions.withdraw(demo, who("owen.tarrant"), proposed, ground="unpaid", because="Not paid")
    assert notice(demo, proposed).state is NoticeState.WITHDRAWN


def test_a_planned_day_that_has_passed_stops_the_approval(demo, who, proposed, clock):
    shown = digest(demo, who("owen.tarrant"), proposed)
    actions.send_for_approval(demo, who("owen.tarrant"), proposed, digest=shown)
    clock.forward(days=1)
    with pytest.raises(RuleForbids) as refused:
        actions.approve(demo, who("ana.quill"), proposed, digest=digest(demo, who("ana.quill"), proposed))
    assert "planned day of posting has passed" in refused.value.reasons[0].says
    actions.withdraw(demo, who("owen.tarrant"), proposed, ground="ought-not", because="Made again with a new day")
    facts = papers.register(demo.today(), 1)
    found = notice(demo, proposed)
    again = actions.propose(
        demo, who("owen.tarrant"), uuid4(), pupil=found.pupil, parent=found.parent, facts=facts, posting=demo.today()
    )
    assert notice(demo, again).state is NoticeState.PROPOSED
