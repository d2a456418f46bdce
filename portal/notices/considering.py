"""A notice as it stands: the facts from everywhere it draws on, asked of the law on this day."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from portal.database import Transaction
from portal.errors import Reason
from portal.law.penalty_notice import Previous
from portal.notices import printing, records, rules
from portal.notices.records import PenaltyNotice
from portal.notices.rules import Considered, NoticeFacts
from portal.parts import Parts
from portal.people import records as people
from portal.people.records import Organisation
from portal.people.rules import Action, Person
from portal.pupils import records as pupils
from portal.pupils.records import Parent, Pupil, Withheld

LATE = Reason(
    "The planned day of posting has passed, so the dates would be too early. Withdraw this proposal and propose the "
    "notice again with a new day",
    "SI 2007/1867 regs 5 and 22",
)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """The rows a notice draws on."""

    pupil: Pupil
    parent: Parent
    school: Organisation
    withheld: Withheld | None
    before: tuple[PenaltyNotice, ...]


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What the letter says of people and places, opened."""

    parent_name: str
    parent_address: str
    child_name: str
    child_address: str
    school_name: str

    def lines(self) -> tuple[str, ...]:
        return (self.parent_name, self.parent_address, self.child_name, self.child_address, self.school_name)


def matter(
    tx: Transaction, person: Person, pupil: UUID, parent: UUID, *, to: Action, of: PenaltyNotice | None = None
) -> Matter:
    """The rows, if this person may do *to*; *of* the notice that draws on them, if there is one."""
    found = pupils.get(tx, pupil, by=person, to=to)
    but, approved = (of.id, of.approved) if of else (None, None)
    return Matter(
        pupil=found,
        parent=pupils.parent_of(tx, pupil, parent),
        school=people.organisation(tx, found.school),
        withheld=pupils.withheld(tx, pupil, parent),
        before=tuple(records.issued_before(tx, pupil, parent, but=but, approved_before=approved)),
    )


def opened(parts: Parts, found: Matter) -> Printed:
    """The addresses, opened. A withheld one is replaced by what two people recorded, or by nothing at all."""
    pupil, parent = found.pupil, found.parent
    address = "" if found.withheld else parts.vault.open_text(str(pupil.id), pupil.address, "address")
    if found.withheld and found.withheld.is_resolved and found.withheld.prints:
        address = parts.vault.open_text(str(pupil.id), found.withheld.prints, f"prints {parent.id}")
    return Printed(
        parent_name=parent.name,
        parent_address=parts.vault.open_text(str(parent.id), parent.address, "address"),
        child_name=pupil.name,
        child_address=address,
        school_name=found.school.name,
    )


def of_proposal(
    parts: Parts, officer: Person, *, pupil: UUID, parent: UUID, facts: NoticeFacts, posting: date
) -> Considered:
    """What the law says of a notice that is being proposed."""
    with parts.database.reading() as tx:
        found = matter(tx, officer, pupil, parent, to=Action.PROPOSE_NOTICE)
    return _consider(parts, found, facts, posting, parts.today())


def of_notice(parts: Parts, person: Person, which: UUID, *, to: Action = Action.READ_NOTICE) -> Considered:
    """What the law says today of a notice that is there; of one already issued, as on its day of issue."""
    with parts.database.reading() as tx:
        notice = records.get(tx, which, by=person, to=to)
        found = matter(tx, person, notice.pupil, notice.parent, to=to, of=notice)
    facts = facts_of(parts, notice)
    considered = _consider(parts, found, facts, notice.planned_posting, notice.issued or parts.today())
    stops = considered.stops
    if not notice.number and notice.planned_posting < parts.today():
        stops = (*stops, LATE)
    return replace(considered, number=notice.number, stops=stops)


def facts_of(parts: Parts, notice: PenaltyNotice) -> NoticeFacts:
    """The facts of a notice, opened."""
    return NoticeFacts.from_json(parts.vault.open_text(str(notice.id), notice.facts, "facts"))


def _consider(parts: Parts, found: Matter, facts: NoticeFacts, posting: date, issued: date) -> Considered:
    previous = [*map(_previous, found.before), *facts.previous_elsewhere]
    printed = opened(parts, found)
    return rules.consider(
        facts,
        school_type=found.school.school_type,
        born=found.pupil.born,
        issued=issued,
        # A planned day that has passed is the approver's to see, not a fault of the facts.
        posting=max(posting, issued),
        previous=previous,
        address_withheld=found.withheld is not None and not found.withheld.is_resolved,
        printed=(*printed.lines(), printing.version(issued), posting.isoformat()),
    )


def _previous(notice: PenaltyNotice) -> Previous:
    assert notice.issued  # noqa: S101  the query asks for issued ones
    return Previous(issued=notice.issued, offence_from=notice.offence_from, withdrawn=notice.withdrawn)
