"""What administrators do about people and organisations, and what people do about their own account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from portal import jobs
from portal.audit.events import Name
from portal.database import Transaction
from portal.errors import AnswersWrong, Conflict, NotFound, NotPermitted
from portal.parts import Parts
from portal.people import account as accounts
from portal.people import records, secrets
from portal.people.account import Account, Invitation
from portal.people.records import Organisation
from portal.people.rules import Action, Kind, Person, Role, faults_of, may
from portal.people.telling import tell

RESET_FOR = timedelta(hours=1)
SHORTEST, LONGEST = 12, 128


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """An organisation as typed."""

    kind: Kind
    name: str
    authority_code: str | None = None
    dfe_number: str | None = None
    phase: str | None = None
    school_type: str | None = None
    address: str = ""


def check_password(password: str) -> None:
    """Raise AnswersWrong for a password that is too short, too long, or one that everybody tries first."""
    if len(password) < SHORTEST:
        raise AnswersWrong({"password": f"Password must be {SHORTEST} characters or more"})
    if len(password) > LONGEST:
        raise AnswersWrong({"password": f"Password must be {LONGEST} characters or fewer"})
    if password.lower() in secrets.common_passwords() or len(set(password)) == 1:
        raise AnswersWrong({"password": "Choose a password that is harder to guess"})


def found_home(parts: Parts) -> None:
    """Make the home authority and the table of authorities, once."""
    with parts.database.transaction() as tx:
        records.load_authorities(tx)
        if tx.scalars(sa.select(Organisation).where(Organisation.kind == Kind.HOME)).first():
            return
        config = parts.config
        tx.add(
            Organisation(
                kind=Kind.HOME,
                name=config.authority_name,
                authority_code=config.authority_code,
                address=config.authority_address,
                added=parts.now(),
            )
        )
        tx.flush()
        tell(tx, parts.now(), None, Name.PORTAL_INITIALISED, objects={"organisation": records.home(tx).id})


def has_administrator(parts: Parts) -> bool:
    with parts.database.reading() as tx:
        return bool(_administrators(tx))


def _administrators(tx: Transaction) -> list[Account]:
    return [a for a in tx.scalars(sa.select(Account).where(Account.active)) if Role.ADMINISTRATOR in a.role_set]


def create_first_administrator(parts: Parts, *, email: str, name: str, password: str) -> UUID:
    """The one person who comes without an invitation. Raises Conflict where there is one."""
    check_password(password)
    with parts.database.transaction() as tx:
        if _administrators(tx):
            raise Conflict("this portal has an administrator already")
        return _join(tx, parts, email, name, records.home(tx).id, {Role.ADMINISTRATOR}, password)


def _join(
    tx: Transaction, parts: Parts, email: str, name: str, organisation: UUID, roles: Collection[Role], password: str
) -> UUID:
    made = Account(
        name=name,
        email=email.strip().lower(),
        password=secrets.hash_password(password),
        active=True,
        organisation=organisation,
        roles_held=",".join(sorted(roles)),
        joined=parts.now(),
        tf_counter=0,
    )
    tx.add(made)
    tx.flush()
    facts = {"roles": made.roles_held}
    tell(
        tx,
        parts.now(),
        None,
        Name.PERSON_JOINED,
        objects={"person": made.id, "organisation": organisation},
        facts=facts,
    )
    return made.id


def _ask(person: Person, action: Action) -> None:
    if not may(person, action):
        raise NotPermitted(f"Your account cannot {action}")


def add_organisation(parts: Parts, admin: Person, facts: OrganisationFacts) -> UUID:
    """Add a school, another authority or a partner agency."""
    _ask(admin, Action.MANAGE_ORGANISATIONS)
    with parts.database.transaction() as tx:
        _check_organisation(tx, facts)
        made = Organisation(**vars(facts), added=parts.now())
        tx.add(made)
        tx.flush()
        tell(
            tx,
            parts.now(),
            admin,
            Name.ORGANISATION_ADDED,
            objects={"organisation": made.id},
            facts={"kind": facts.kind.value},
        )
        return made.id


def _check_organisation(tx: Transaction, facts: OrganisationFacts) -> None:
    wrong = {}
    if facts.kind is Kind.HOME:
        wrong["kind"] = "There is one home authority already"
    if facts.kind is Kind.SCHOOL and not (facts.dfe_number or "").isdecimal():
        wrong["dfe_number"] = "Enter the school’s DfE number, seven digits"
    if facts.dfe_number and tx.scalar(sa.select(Organisation.id).where(Organisation.dfe_number == facts.dfe_number)):
        wrong["dfe_number"] = "An organisation with this DfE number is here already"
    if facts.kind is Kind.AUTHORITY and tx.get(records.Authority, facts.authority_code or "") is None:
        wrong["authority_code"] = "Enter the authority’s three-digit DfE number"
    if wrong:
        raise AnswersWrong(wrong)


def invite(parts: Parts, admin: Person, *, name: str, email: str, organisation: UUID, roles: Collection[Role]) -> UUID:
    """Invite somebody by mail. The link is made by the job that sends it; here is only the promise."""
    _ask(admin, Action.MANAGE_PEOPLE)
    email = email.strip().lower()
    with parts.database.transaction() as tx:
        kind = records.organisation(tx, organisation).kind
        if faults := faults_of(kind, roles):
            raise AnswersWrong({"roles": faults[0]})
        if accounts.by_email(tx, email):
            raise AnswersWrong({"email": "Somebody with this email address has an account already"})
        until = parts.now() + timedelta(days=parts.config.invitation_days)
        made = Invitation(
            name=name,
            email=email,
            organisation=organisation,
            roles_held=",".join(sorted(roles)),
            made=parts.now(),
            expires=until,
        )
        tx.add(made)
        tx.flush()
        objects = {"invitation": made.id, "organisation": organisation}
        tell(
            tx,
            parts.now(),
            admin,
            Name.PERSON_INVITED,
            objects=objects,
            facts={"roles": made.roles_held},
            personal={"email": email},
        )
        jobs.enqueue(tx, "send_link", made.id)
        return made.id


def ask_reset(parts: Parts, email: str) -> None:
    """Promise a link to choose a new password, if there is such an account; nothing tells whether there is."""
    with parts.database.transaction() as tx:
        found = accounts.by_email(tx, email)
        if found is None or not found.active:
            return
        made = Invitation(
            person=found.id,
            name=found.name,
            email=found.email,
            organisation=found.organisation,
            roles_held="",
            made=parts.now(),
            expires=parts.now() + RESET_FOR,
        )
        tx.add(made)
        tx.flush()
        jobs.enqueue(tx, "send_link", made.id)


def link(parts: Parts, token: str) -> Invitation:
    """The invitation of this link, if it can still be used. Raises NotFound."""
    with parts.database.reading() as tx:
        return _usable(tx, parts, token)


def _usable(tx: Transaction, parts: Parts, token: str) -> Invitation:
    found = tx.scalars(sa.select(Invitation).where(Invitation.token == secrets.digest(token))).one_or_none()
    if found is None or found.used or found.expires < parts.now():
        raise NotFound("invitation")
    return found


def use_link(parts: Parts, token: str, password: str) -> None:
    """Join, or choose a new password. The link is good once, and only the newest."""
    check_password(password)
    with parts.database.transaction() as tx:
        found = _usable(tx, parts, token)
        found.used = parts.now()
        others = sa.update(Invitation).where(Invitation.email == found.email, Invitation.used.is_(None))
        tx.execute(others.values(used=parts.now()))
        if found.person is None:
            roles = {Role(one) for one in found.roles_held.split(",")}
            _join(tx, parts, found.email, found.name, found.organisation, roles, password)
            return
        account = tx.get_one(Account, found.person)
        account.password = secrets.hash_password(password)
        accounts.end_devices(tx, account.id, parts.now())
        tell(
            tx,
            parts.now(),
            accounts.person_of(tx, account),
            Name.PERSON_PASSWORD_CHANGED,
            objects={"person": account.id},
        )


def change_roles(parts: Parts, admin: Person, which: UUID, roles: Collection[Role]) -> None:
    """Give other roles; the person is signed out everywhere, so the old ones end at once."""
    _ask(admin, Action.MANAGE_PEOPLE)
    with parts.database.transaction() as tx:
        found = _other(tx, admin, which)
        if faults := faults_of(records.organisation(tx, found.organisation).kind, roles):
            raise AnswersWrong({"roles": faults[0]})
        if Role.ADMINISTRATOR not in roles:
            _keep_one(tx, found)
        found.roles_held = ",".join(sorted(roles))
        accounts.end_devices(tx, which, parts.now())
        tell(tx, parts.now(), admin, Name.PERSON_CHANGED, objects={"person": which}, facts={"roles": found.roles_held})


def set_active(parts: Parts, admin: Person, which: UUID, *, active: bool) -> None:
    """Disable an account at once, or let it sign in again."""
    _ask(admin, Action.MANAGE_PEOPLE)
    with parts.database.transaction() as tx:
        found = _other(tx, admin, which)
        if not active:
            _keep_one(tx, found)
            accounts.end_devices(tx, which, parts.now())
        found.active = active
        tell(tx, parts.now(), admin, Name.PERSON_ENABLED if active else Name.PERSON_DISABLED, objects={"person": which})


def _other(tx: Transaction, admin: Person, which: UUID) -> Account:
    found = tx.get(Account, which)
    if found is None:
        raise NotFound("person")
    if which == admin.id:
        raise NotPermitted("Another administrator has to change your account")
    return found


def _keep_one(tx: Transaction, found: Account) -> None:
    if [one.id for one in _administrators(tx)] == [found.id]:
        raise Conflict("This is the last administrator. Make another one first")


def end_device(parts: Parts, person: Person, token: str) -> None:
    """End one of this person's devices."""
    with parts.database.transaction() as tx:
        found = tx.get(accounts.LoginSession, token)
        if found is None or found.person != person.id:
            raise NotFound("device")
        found.ended = parts.now()
        tell(tx, parts.now(), person, Name.DEVICE_ENDED, objects={"person": person.id})
