"""Signing in: one answer for every refusal, codes that work once, locks that a stranger cannot turn against the owner."""

import re

import pyotp
import pytest
from flask_security import password_changed, tf_code_confirmed, tf_profile_changed, user_authenticated

from portal.demo import cast
from portal.people import account as accounts
from portal.people import actions, demonstration, mails
from portal.people.account import Account, FailedSignIn, LoginSession
from portal.people.rules import Role

EMAIL = "cora.penhale@example.org"


def words(page):
    return re.sub(r'nonce="[^"]+"|value="[^"]*"|[0-9a-f]{32}', "", page.text)


def test_every_refusal_gives_the_same_page(browser, demo):
    one = browser()
    wrong = words(one.sign_in(EMAIL, "not the password"))
    unknown = words(browser().sign_in("nobody@example.org", "not the password"))
    with demo.database.transaction() as tx:
        accounts.by_email(tx, "pat.rowan@example.org").active = False
    disabled = words(browser().sign_in("pat.rowan@example.org"))
    assert wrong == unknown == disabled
    assert "Check your email address and password" in wrong


def test_a_password_alone_opens_nothing(browser):
    one = browser()
    one.get("/account/sign-in")
    one.post("/account/sign-in", email=EMAIL, password=cast.PASSWORD)
    for page in ("/home", "/transfers/inbox", "/account/devices"):
        assert one.get(page).location.startswith("/account/")


def test_a_code_works_once(browser, demo):
    code = demonstration.code(demo, EMAIL)
    browser("cora.penhale")
    other = browser()
    other.get("/account/sign-in")
    other.post("/account/sign-in", email=EMAIL, password=cast.PASSWORD)
    other.get("/account/tf-validate")
    page = other.post("/account/tf-validate", code=code)
    assert page.status_code == 200
    assert other.get("/home").status_code == 302


def test_guessing_locks_strangers_but_not_the_owner_at_a_known_browser(browser, demo):
    owner = browser("cora.penhale")
    owner.get("/home")
    owner.post("/account/sign-out")
    stranger = browser()
    for _ in range(6):
        stranger.sign_in(EMAIL, "a guess that is wrong")
    assert stranger.sign_in(EMAIL).status_code == 200  # the right password, refused with the same page
    owner.get("/account/sign-in")
    assert owner.post("/account/sign-in", email=EMAIL, password=cast.PASSWORD).status_code == 302
    with demo.database.reading() as tx:
        assert tx.query(FailedSignIn).filter_by(known=False).count() == 6


def test_five_wrong_codes_lock_the_account(browser):
    one = browser()
    one.get("/account/sign-in")
    one.post("/account/sign-in", email=EMAIL, password=cast.PASSWORD)
    one.get("/account/tf-validate")
    for _ in range(5):
        one.post("/account/tf-validate", code="000000")
    assert browser().sign_in(EMAIL).status_code == 200


def test_an_idle_device_is_signed_out_and_so_is_one_after_the_longest_day(browser, demo, clock):
    one = browser("cora.penhale")
    clock.forward(minutes=demo.config.idle_minutes + 1)
    assert one.get("/home").status_code == 302
    other = browser("owen.tarrant")
    for _ in range(demo.config.session_hours * 4 + 1):
        clock.forward(minutes=15)
        last = other.get("/home").status_code
    assert last == 302


def test_a_device_that_was_ended_is_refused_at_once(browser, demo):
    one = browser("cora.penhale")
    with demo.database.transaction() as tx:
        accounts.end_devices(tx, accounts.by_email(tx, EMAIL).id, demo.now())
    assert one.get("/home").status_code == 302


def test_an_invitation_works_once_and_ends_in_one_time_codes(browser, demo, mailer):
    with demo.database.reading() as tx:
        admin = accounts.person_of(tx, accounts.by_email(tx, "ada.marlow@example.org"))
    which = actions.invite(
        demo,
        admin,
        name="New Person",
        email="new@example.org",
        organisation=admin.organisation,
        roles={Role.COORDINATOR},
    )
    mails.send_link(demo, which)
    address = mailer.sent[-1].text.split(demo.config.base_url)[1].split()[0]
    one = browser()
    one.get(address)
    assert one.post(address, password="short", again="short").status_code == 422
    assert one.post(address, password="four green lanterns", again="four green lanterns").status_code == 302
    assert one.get(address).status_code == 404
    one.get("/account/sign-in")
    one.post("/account/sign-in", email="new@example.org", password="four green lanterns")
    assert one.page.location == "/account/tf-setup"
    one.follow()
    page = one.post("/account/tf-setup", setup="authenticator").text
    secret = page.split("The key:")[1].split(">")[1].split("<")[0].replace("-", "").replace(" ", "")
    one.post("/account/tf-validate", code=pyotp.TOTP(secret).now())
    assert one.get("/home").status_code == 200


def test_the_answer_to_a_forgotten_password_tells_nobody_who_has_an_account(browser):
    one = browser()
    one.get("/account/forgotten")
    known = words(one.post("/account/forgotten", email=EMAIL))
    one.get("/account/forgotten")
    assert words(one.post("/account/forgotten", email="nobody@example.org")) == known


def broken(*_, **__):
    raise RuntimeError("a receiver that fails")


def everything(demo):
    with demo.database.reading() as tx:
        people = [(one.id, one.password, one.tf_totp_secret, one.tf_counter) for one in tx.query(Account)]
        return people, tx.query(LoginSession).count()


def sign_in(one, demo):
    one.sign_in(EMAIL)


def change_password(one, demo):
    new = "four green lanterns"
    one.get("/account/password")
    one.post("/account/password", password=cast.PASSWORD, new_password=new, new_password_confirm=new)


def change_codes(one, demo):
    one.get("/account/tf-setup")
    page = one.post("/account/tf-setup", setup="authenticator").text
    secret = page.split("The key:")[1].split(">")[1].split("<")[0].replace("-", "").replace(" ", "")
    with demo.database.transaction() as tx:  # the next time step
        accounts.by_email(tx, EMAIL).tf_counter = 0
    address = re.search(r'action="(/account/tf-setup/[^"]+)"', page)[1]
    one.post(address, code=pyotp.TOTP(secret).now())


SIGNALS = {
    user_authenticated: (sign_in, None),
    tf_code_confirmed: (sign_in, None),
    password_changed: (change_password, "cora.penhale"),
    tf_profile_changed: (change_codes, "cora.penhale"),
}


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
def test_when_a_receiver_fails_nothing_has_changed(browser, demo, signal):
    """Flask-Security commits on the way out even of an error page; the guard rolls it back."""
    provoke, login = SIGNALS[signal]
    one = browser(login)
    with demo.database.transaction() as tx:
        accounts.by_email(tx, EMAIL).tf_counter = 0
    before = everything(demo)
    signal.connect(broken, one.app)
    try:
        provoke(one, demo)
    finally:
        signal.disconnect(broken, one.app)
    assert one.page.status_code == 500
    assert everything(demo) == before


def test_many_tries_from_one_address_are_slowed_down(browser):
    one = browser()
    one.get("/account/sign-in")
    answers = [one.post("/account/sign-in", email="nobody@example.org", password="a guess") for _ in range(61)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "minute" in answers[-1].text
