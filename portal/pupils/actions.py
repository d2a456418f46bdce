"""What officers do about a pupil: add one, look, and say that an address is withheld."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from portal.audit.events import Name
from portal.database import Transaction
from portal.errors import AnswersWrong, Conflict, NotPermitted
from portal.parts import Parts
from portal.people import records as people
from portal.people.rules import Action, Kind, Person, may
from portal.people.telling import tell
from portal.pupils import records
from portal.pupils.records import Parent, Parenthood, Pupil, Withheld


@dataclass(frozen=True, kw_only=True)
class ParentFacts:
    """A parent as typed."""

    name: str
    address: str
    relation: str


@dataclass(frozen=True, kw_only=True)
class PupilFacts:
    """A pupil as typed, with the parents."""

    surname: str
    forenames: str
    born: date
    upn: str | None
    school: UUID
    address: str
    parents: tuple[ParentFacts, ...]


@dataclass(frozen=True)
class ParentSeen:
    """A parent as the pupil's page shows one."""

    id: UUID
    name: str
    relation: str
    address: str
    withheld: Withheld | None


@dataclass(frozen=True)
class PupilSeen:
    """A pupil as the page shows one."""

    id: UUID
    name: str
    born: date
    upn: str | None
    school: str
    school_id: UUID
    school_number: str
    school_type: str | None
    address: str
    parents: tuple[ParentSeen, ...]


def add(parts: Parts, officer: Person, facts: PupilFacts) -> UUID:
    """Add a pupil and the parents. A UPN that is here already is refused, with a way to the pupil who has it."""
    if not may(officer, Action.ADD_PUPIL):
        raise NotPermitted("Your account cannot add a pupil")
    if not facts.parents:
        raise AnswersWrong({"parents": "Enter at least one parent"})
    which = uuid4()
    address = parts.vault.seal_text(str(which), facts.address, "address")
    parents = [_parent(parts, one) for one in facts.parents]
    with parts.database.transaction() as tx:
        _refuse_twin(tx, facts.upn)
        if people.organisation(tx, facts.school).kind is not Kind.SCHOOL:
            raise AnswersWrong({"school": "Select a school"})
        tx.add(
            Pupil(
                id=which,
                surname=facts.surname,
                forenames=facts.forenames,
                born=facts.born,
                upn=facts.upn,
                school=facts.school,
                address=address,
                authority=officer.organisation,
                added=parts.now(),
            )
        )
        tx.add_all(parents)
        tx.flush()
        tx.add_all(
            Parenthood(pupil=which, parent=p.id, relation=f.relation)
            for p, f in zip(parents, facts.parents, strict=True)
        )
        tell(tx, parts.now(), officer, Name.PUPIL_ADDED, objects={"pupil": which})
    return which


def _parent(parts: Parts, facts: ParentFacts) -> Parent:
    which = uuid4()
    return Parent(
        id=which,
        name=facts.name,
        address=parts.vault.seal_text(str(which), facts.address, "address"),
        added=parts.now(),
    )


def _refuse_twin(tx: Transaction, upn: str | None) -> None:
    if upn and tx.query(Pupil.id).filter_by(upn=upn).first():
        raise AnswersWrong({"upn": "A pupil with this UPN is here already. Search for the UPN"})


def look(parts: Parts, person: Person, which: UUID) -> PupilSeen:
    """The pupil's page. That it was opened is in the trail."""
    with parts.database.transaction() as tx:
        found = records.get(tx, which, by=person)
        school = people.organisation(tx, found.school)
        parents = [(one, how, records.withheld(tx, which, one.id)) for one, how in records.parents(tx, which)]
        tell(tx, parts.now(), person, Name.PUPIL_OPENED, objects={"pupil": which})
    return PupilSeen(
        *(
            which,
            found.name,
            found.born,
            found.upn,
            school.name,
            school.id,
            school.dfe_number or "",
            school.school_type,
        ),
        parts.vault.open_text(str(which), found.address, "address"),
        tuple(
            ParentSeen(one.id, one.name, how, parts.vault.open_text(str(one.id), one.address, "address"), flag)
            for one, how, flag in parents
        ),
    )


def withhold_address(parts: Parts, officer: Person, pupil: UUID, parent: UUID, *, because: str, review: date) -> None:
    """Record that the child's address must not reach this parent."""
    if not because.strip():
        raise AnswersWrong({"because": "Enter why the address is withheld"})
    sealed = parts.vault.seal_text(str(pupil), because, f"withheld {parent}")
    with parts.database.transaction() as tx:
        records.get(tx, pupil, by=officer, to=Action.WITHHOLD_ADDRESS)
        records.parent_of(tx, pupil, parent)
        if records.withheld(tx, pupil, parent):
            raise Conflict("This address is withheld from this parent already")
        tx.add(
            Withheld(
                pupil=pupil, parent=parent, because=sealed, review=review, recorded_by=officer.id, recorded=parts.now()
            )
        )
        tell(tx, parts.now(), officer, Name.ADDRESS_WITHHELD, objects={"pupil": pupil, "parent": parent})


def resolve_address(parts: Parts, officer: Person, pupil: UUID, parent: UUID, *, prints: str) -> None:
    """Record what a letter to this parent prints in place of the child's address. A second person has to confirm it."""
    if not prints.strip():
        raise AnswersWrong({"prints": "Enter what the letter says in place of the address"})
    sealed = parts.vault.seal_text(str(pupil), prints, f"prints {parent}")
    with parts.database.transaction() as tx:
        flag = _flag(tx, officer, pupil, parent, Action.RESOLVE_ADDRESS)
        flag.prints, flag.resolved_by, flag.confirmed_by = sealed, officer.id, None
        facts = {"step": "recorded"}
        tell(tx, parts.now(), officer, Name.ADDRESS_RESOLVED, objects={"pupil": pupil, "parent": parent}, facts=facts)


def confirm_address(parts: Parts, officer: Person, pupil: UUID, parent: UUID) -> None:
    """Confirm what another officer recorded."""
    with parts.database.transaction() as tx:
        flag = _flag(tx, officer, pupil, parent, Action.CONFIRM_ADDRESS)
        if flag.resolved_by is None:
            raise Conflict("A legal officer has to record first how the letter is made")
        if flag.resolved_by == officer.id:
            raise NotPermitted("Somebody else has to confirm what you recorded")
        flag.confirmed_by = officer.id
        facts = {"step": "confirmed"}
        tell(tx, parts.now(), officer, Name.ADDRESS_RESOLVED, objects={"pupil": pupil, "parent": parent}, facts=facts)


def _flag(tx: Transaction, officer: Person, pupil: UUID, parent: UUID, to: Action) -> Withheld:
    records.get(tx, pupil, by=officer, to=to)
    flag = records.withheld(tx, pupil, parent)
    if flag is None:
        raise Conflict("No address is withheld from this parent")
    return flag
