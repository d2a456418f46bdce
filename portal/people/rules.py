"""Who may do what. One table: a role that is not named beside an action does not have it.

Two questions decide. Does one of the person's roles hold the action? And is the person a party to the thing:
through the organisation, or, for the Customer Resolution Centre, only through what that person sent in.
Administrators manage people and organisations and hold no right to content; auditors read the trail and no content.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """The kinds of organisation."""

    HOME = "home authority"
    SCHOOL = "school"
    AUTHORITY = "other authority"
    AGENCY = "partner agency"


class Role(StrEnum):
    """What a person is, in the words people use."""

    SCHOOL_USER = "school user"
    AUTHORITY_USER = "other-authority user"
    AGENCY_USER = "agency user"
    COORDINATOR = "CME coordinator"
    AUTHORISED_OFFICER = "authorised officer"
    LEGAL_OFFICER = "legal officer"
    APPROVER = "approver"
    POST_ROOM = "post room"
    FINANCE = "finance"
    RESOLUTION_CENTRE = "Customer Resolution Centre"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Action(StrEnum):
    """What a person can ask the portal to do."""

    MANAGE_PEOPLE = "manage people"
    MANAGE_ORGANISATIONS = "manage organisations"
    SEND_LEAVER = "send a leaver form"
    SEND_TRANSFER = "send a record"
    READ_TRANSFER = "read about a transfer"
    OPEN_TRANSFER = "open what was sent"
    ACKNOWLEDGE_TRANSFER = "acknowledge a transfer"
    READ_PUPIL = "read about a pupil"
    ADD_PUPIL = "add a pupil"
    WITHHOLD_ADDRESS = "withhold an address"
    PROPOSE_NOTICE = "propose a penalty notice"
    READ_NOTICE = "read a penalty notice"
    APPROVE_NOTICE = "approve a penalty notice"
    RESOLVE_ADDRESS = "record how a withheld address is met"
    CONFIRM_ADDRESS = "confirm how a withheld address is met"
    POST_NOTICE = "post a penalty notice"
    RECORD_PAYMENT = "record a payment"
    WITHDRAW_NOTICE = "withdraw a penalty notice"
    READ_TRAIL = "read the trail"


_SENDERS = {Role.SCHOOL_USER, Role.AUTHORITY_USER, Role.AGENCY_USER, Role.COORDINATOR}
_NOTICE_STAFF = {Role.AUTHORISED_OFFICER, Role.LEGAL_OFFICER, Role.APPROVER}

ALLOWED: Mapping[Action, frozenset[Role]] = {
    action: frozenset(roles)
    for action, roles in {
        Action.MANAGE_PEOPLE: {Role.ADMINISTRATOR},
        Action.MANAGE_ORGANISATIONS: {Role.ADMINISTRATOR},
        Action.SEND_LEAVER: {Role.SCHOOL_USER},
        Action.SEND_TRANSFER: _SENDERS | {Role.RESOLUTION_CENTRE},
        Action.READ_TRANSFER: _SENDERS | {Role.RESOLUTION_CENTRE},
        Action.OPEN_TRANSFER: _SENDERS,
        Action.ACKNOWLEDGE_TRANSFER: _SENDERS,
        Action.READ_PUPIL: _NOTICE_STAFF | {Role.COORDINATOR},
        Action.ADD_PUPIL: {Role.AUTHORISED_OFFICER, Role.COORDINATOR},
        Action.WITHHOLD_ADDRESS: {Role.LEGAL_OFFICER, Role.COORDINATOR},
        Action.PROPOSE_NOTICE: {Role.AUTHORISED_OFFICER},
        Action.READ_NOTICE: _NOTICE_STAFF,
        Action.APPROVE_NOTICE: {Role.APPROVER},
        Action.RESOLVE_ADDRESS: {Role.LEGAL_OFFICER},
        Action.CONFIRM_ADDRESS: {Role.APPROVER, Role.LEGAL_OFFICER},
        Action.POST_NOTICE: {Role.POST_ROOM},
        Action.RECORD_PAYMENT: {Role.FINANCE},
        Action.WITHDRAW_NOTICE: {Role.AUTHORISED_OFFICER},
        Action.READ_TRAIL: {Role.AUDITOR},
    }.items()
}

HOME_ROLES = frozenset(Role) - {Role.SCHOOL_USER, Role.AUTHORITY_USER, Role.AGENCY_USER}
ROLES_OF: Mapping[Kind, frozenset[Role]] = {
    Kind.HOME: HOME_ROLES,
    Kind.SCHOOL: frozenset({Role.SCHOOL_USER}),
    Kind.AUTHORITY: frozenset({Role.AUTHORITY_USER}),
    Kind.AGENCY: frozenset({Role.AGENCY_USER}),
}

# Nobody checks their own work, or hands out rights and then uses them.
NOT_TOGETHER = (
    frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    *(frozenset({Role.ADMINISTRATOR, role}) for role in HOME_ROLES - {Role.ADMINISTRATOR, Role.AUDITOR}),
    *(frozenset({Role.AUDITOR, role}) for role in HOME_ROLES - {Role.ADMINISTRATOR, Role.AUDITOR}),
    frozenset({Role.AUTHORISED_OFFICER, Role.APPROVER}),
    frozenset({Role.FINANCE, Role.AUTHORISED_OFFICER}),
)


@dataclass(frozen=True)
class Person:
    """Who asks. Built from the account at each request; an action never sees the account itself."""

    id: UUID
    name: str
    email: str
    organisation: UUID
    kind: Kind
    roles: frozenset[Role]


def may(person: Person, action: Action, parties: Collection[UUID] | None = None) -> bool:
    """Whether *person* may do *action*; with *parties*, to a thing of these organisations and people."""
    return any(
        role in ALLOWED[action] and (parties is None or not _reach(person, role).isdisjoint(parties))
        for role in person.roles
    )


def _reach(person: Person, role: Role) -> frozenset[UUID]:
    if role is Role.RESOLUTION_CENTRE:
        return frozenset({person.id})
    return frozenset({person.id, person.organisation})


def faults_of(kind: Kind, roles: Collection[Role]) -> list[str]:
    """Why these roles cannot be held together in an organisation of this kind; empty if they can."""
    faults = [] if roles else ["Select at least one role"]
    faults += [f"A {kind} has no {role}" for role in sorted(set(roles) - ROLES_OF[kind])]
    faults += [f"One person cannot be {' and '.join(sorted(pair))}" for pair in NOT_TOGETHER if pair <= set(roles)]
    return faults
