"""Closed unless listed: every route, for every role, of one's own and of another organisation."""

import pytest

from portal.exchange.records import Transfer
from portal.notices.records import PenaltyNotice
from portal.people.rules import ALLOWED, Action, Kind, Person, Role, may

PUBLIC = {
    "static", "security.static", "pages.start", "pages.help", "pages.privacy", "pages.cookies", "pages.accessibility",
    "health.live", "health.ready", "accounts.sign_in", "accounts.sign_out", "accounts.forgotten", "accounts.link",
    "security.login", "security.two_factor_setup", "security.two_factor_token_validation", "security.mf_recovery",
    "security.two_factor_rescue", "security.two_factor_setup_validate", "security.verify", "security.mf_recovery_codes",
    "security.change_password", "security.logout", "security.tf_select",
}  # fmt: skip

LOGINS = {
    Role.ADMINISTRATOR: "ada.marlow", Role.COORDINATOR: "cora.penhale", Role.AUTHORISED_OFFICER: "owen.tarrant",
    Role.LEGAL_OFFICER: "lena.strand", Role.APPROVER: "ana.quill", Role.POST_ROOM: "pat.rowan", Role.FINANCE: "finn.abara",
    Role.RESOLUTION_CENTRE: "cass.renner", Role.AUDITOR: "ivy.sorrel", Role.SCHOOL_USER: "office.alderbrook",
    Role.AUTHORITY_USER: "admissions.390", Role.AGENCY_USER: "robin.vale",
}  # fmt: skip

# Every page that a role opens; what is not listed answers 403, whatever the address.
OPENS = {
    "home.home": set(Role),
    "accounts.devices": set(Role),
    "transfers.inbox": set(Role),
    "transfers.sent": set(Role),
    "transfers.ctf": ALLOWED[Action.SEND_TRANSFER],
    "intake.start": {Role.SCHOOL_USER},
    "pupils.listed": ALLOWED[Action.READ_PUPIL],
    "pupils.add": ALLOWED[Action.ADD_PUPIL],
    "notices.listed": ALLOWED[Action.READ_NOTICE],
    "notices.posting": {Role.POST_ROOM},
    "notices.payments": {Role.FINANCE},
    "people.listed": {Role.ADMINISTRATOR},
    "people.invite": {Role.ADMINISTRATOR},
    "people.organisations": {Role.ADMINISTRATOR},
    "people.add_organisation": {Role.ADMINISTRATOR},
    "trail.listed": {Role.AUDITOR},
    "trail.verify": {Role.AUDITOR},
}


def address(app, rule, ids):
    """An address of the rule, with ids of things that are there."""
    values = {name: ids.get(name, ids["which"]) for name in rule.arguments}
    with app.test_request_context():
        from flask import url_for

        for name, choices in (
            ("step", "child"),
            ("kind", "docx"),
            ("what", "disable"),
            ("token", "nothing"),
            ("filename", "portal.css"),
        ):
            if name in values:
                values[name] = choices
        return url_for(rule.endpoint, **values)


@pytest.fixture
def ids(demo):
    with demo.database.reading() as tx:
        notice, transfer = tx.query(PenaltyNotice).first(), tx.query(Transfer).first()
    return {
        "which": notice.id,
        "pupil": notice.pupil,
        "parent": notice.parent,
        "file": transfer.id,
        "event": transfer.sent_event,
    }


def test_strangers_are_sent_to_sign_in(browser, ids):
    """Every page but the public ones turns a stranger away, whatever the method."""
    stranger = browser()
    app = stranger.app
    app.config["WTF_CSRF_ENABLED"] = False
    wrong = []
    for rule in app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            reply = stranger.client.open(address(app, rule, ids), method=method)
            reply.close()
            away = reply.status_code == 302 and reply.location.startswith("/account/")
            if not away and rule.endpoint not in PUBLIC:
                wrong.append((method, rule.rule, reply.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_role_opens_its_own_pages_and_no_other(browser, role):
    """The table above, cell by cell: 200 where it says so, 403 elsewhere."""
    one = browser(LOGINS[role])
    with one.app.test_request_context():
        from flask import url_for

        pages = {endpoint: url_for(endpoint) for endpoint in OPENS}
    opened = {endpoint for endpoint, page in pages.items() if one.get(page).status_code == 200}
    assert opened == {endpoint for endpoint, roles in OPENS.items() if role in roles}


def test_every_page_without_an_id_is_in_the_table(browser):
    """A new route fails until somebody decides who may open it."""
    plain = {r.endpoint for r in browser().app.url_map.iter_rules() if not r.arguments and "GET" in r.methods}
    assert plain - PUBLIC == set(OPENS)


@pytest.mark.parametrize("role", Role, ids=str)
def test_what_is_foreign_answers_like_what_is_absent(browser, demo, role):
    """Byte for byte the same page for another organisation's transfer and for one that never was."""
    with demo.database.reading() as tx:
        transfers = tx.query(Transfer).all()
    one = browser(LOGINS[role])
    with demo.database.reading() as tx:
        from portal.people import account

        me = account.person_of(tx, account.by_email(tx, f"{LOGINS[role]}@example.org"))
    foreign = [t for t in transfers if not may(me, Action.READ_TRANSFER, t.parties)]
    absent = without_ids(one.get("/transfers/00000000-0000-4000-8000-000000000000"))
    assert {without_ids(one.get(f"/transfers/{t.id}")) for t in foreign} <= {absent}
    own = [t for t in transfers if may(me, Action.READ_TRANSFER, t.parties)]
    assert all(one.get(f"/transfers/{t.id}").status_code == 200 for t in own)


def without_ids(reply):
    """A page less what is fresh each time: nonce, request id, token."""
    import re

    assert reply.status_code == 404
    return re.sub(r'nonce="[^"]+"|[0-9a-f]{32}|value="[^"]+"', "", reply.text)


def test_administrators_hold_no_right_to_content():
    assert {action for action, roles in ALLOWED.items() if Role.ADMINISTRATOR in roles} == {
        Action.MANAGE_PEOPLE,
        Action.MANAGE_ORGANISATIONS,
    }


def test_auditors_read_the_trail_and_nothing_else():
    assert {action for action, roles in ALLOWED.items() if Role.AUDITOR in roles} == {Action.READ_TRAIL}


def test_finance_sees_payments_and_no_case_content():
    assert {action for action, roles in ALLOWED.items() if Role.FINANCE in roles} == {Action.RECORD_PAYMENT}


def test_the_resolution_centre_reaches_only_what_its_own_people_sent():
    from uuid import uuid4

    organisation, me = uuid4(), uuid4()
    person = Person(me, "Cass", "cass@example.org", organisation, Kind.HOME, frozenset({Role.RESOLUTION_CENTRE}))
    assert not may(person, Action.READ_TRANSFER, {organisation})
    assert may(person, Action.READ_TRANSFER, {me})
