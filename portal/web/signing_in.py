"""Flask-Security, set up as we need it: one-time codes for everyone, devices that can be ended, a guarded commit."""

import base64
from datetime import timedelta
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import (
    Security,
    SQLAlchemySessionUserDatastore,
    password_changed,
    tf_profile_changed,
    user_authenticated,
)
from flask_security.utils import logout_user
from markupsafe import Markup
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from portal.audit.events import Name
from portal.config import Config
from portal.errors import Conflict
from portal.people import account as accounts
from portal.people import lockout, secrets
from portal.people.account import Account, FailedSignIn, LoginSession
from portal.people.telling import tell
from portal.web.here import parts
from portal.web.sign_in_forms import ChangePassword, SignIn

DEVICE, KNOWN = "device", "known"
SEEN_EVERY = timedelta(minutes=1)


class CommitRefused(Conflict):
    """Flask-Security wanted to commit a change that nobody told the trail about."""


class Accounts(SQLAlchemySessionUserDatastore):
    """The accounts. Nothing is committed without an entry in the trail, and nothing after an exception: the library
    commits even on the way out of an error page.
    """

    def commit(self) -> None:
        """Commit what the trail knows of; roll everything else back."""
        held: Session = self.db.session
        if g.get("failed"):
            held.rollback()
            return
        changed = bool(held.new or held.dirty or held.deleted)
        if not held.info.pop("told", 0):
            held.rollback()
            if changed:
                raise CommitRefused("The change was not recorded, so it was not made. Try again")
            return
        held.commit()

    def find_user(self, case_insensitive: bool = False, **by: Any) -> Account | None:  # noqa: ANN401, FBT001, FBT002
        """The account by one of its columns. Addresses are kept in small letters."""
        (column, value), *_ = by.items()
        wanted = value.strip().lower() if case_insensitive else value
        found: Account | None = self.db.session.scalars(
            sa.select(Account).where(getattr(Account, column) == wanted)
        ).one_or_none()
        return found


def prepare(app: Flask) -> None:
    """Make signing in work on *app*."""
    config: Config = app.config["PORTAL"]
    app.config.update(_settings(config))
    app.before_request(_open_session)
    store = Accounts(_sessions(app), Account, None)  # type: ignore[arg-type]  # our roles, not the library's
    Security(app, store, login_form=SignIn, change_password_form=ChangePassword, totp_cls=accounts.OnceOnly)
    app.jinja_env.globals["code_picture"] = _picture
    app.extensions["portal_sessions"] = store.db.session
    app.before_request(_check_device)
    app.teardown_request(_close_session)
    user_authenticated.connect(_signed_in, app)
    password_changed.connect(_password_changed, app)
    tf_profile_changed.connect(_codes_changed, app)
    accounts.failed.connect(_failed)


def _picture(address: str) -> Markup:
    """The library's picture, which comes as a data address that our policy refuses, as part of the page."""
    drawn = base64.b64decode(address.partition("base64,")[2]).decode()
    return Markup(drawn[drawn.index("<svg") :])  # noqa: S704  drawn by the library from our own text


def _settings(config: Config) -> dict[str, object]:
    return {
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_METHODS": None,
        "SECURITY_POST_LOGIN_VIEW": "/home",
        "SECURITY_UNAUTHORIZED_VIEW": None,
        "SECURITY_PASSWORD_SALT": secrets.derived(config, "passwords").hex(),
        "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_URL": "/password",
        "SECURITY_POST_CHANGE_VIEW": "/account/devices",
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_REQUIRED": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account/mf-recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": secrets.recovery_keys(config),
        "SECURITY_TOTP_SECRETS": secrets.totp_secrets(config),
        "SECURITY_TOTP_ISSUER": f"{config.authority_name} portal",
        "SECURITY_FRESHNESS": timedelta(hours=1),
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_CSRF_COOKIE_NAME": None,
        "REMEMBER_COOKIE_DURATION": timedelta(0),
    }


def _sessions(app: Flask) -> scoped_session[Session]:
    """One session a request. It writes only where Flask-Security is about to, and begins so from the start."""

    def make() -> Session:
        writes = request.method == "POST" and request.blueprint == "security"
        options = {"portal_begin": "BEGIN IMMEDIATE"} if writes else {"portal_read_only": True}
        return Session(app.extensions["parts"].database.engine.execution_options(**options), expire_on_commit=False)

    return scoped_session(cast("sessionmaker[Session]", make), scopefunc=lambda: id(g._get_current_object()))  # noqa: SLF001  the request's own g


def _open_session() -> None:
    g.failed = False


def _close_session(_: BaseException | None) -> None:
    current_app.extensions["portal_sessions"].remove()


def session_now() -> Session:
    """The session of this request, as Flask-Security uses it."""
    held: Session = current_app.extensions["portal_sessions"]()
    return held


def _check_device() -> ResponseReturnValue | None:
    """Sign out a device that was ended, has been idle, or has been signed in long enough."""
    if request.endpoint == "static" or not current_user.is_authenticated:
        return None
    config, now = parts().config, parts().now()
    found = session_now().get(LoginSession, secrets.digest(session.get(DEVICE, "")))
    idle, whole = timedelta(minutes=config.idle_minutes), timedelta(hours=config.session_hours)
    alive = found is not None and not found.ended and found.person == current_user.id
    if found is None or not alive or now - found.seen > idle or now - found.began > whole:
        logout_user()
        session.pop(DEVICE, None)
        return redirect(url_for("accounts.sign_in", ended=1))
    if now - found.seen > SEEN_EVERY and request.blueprint != "security":
        with parts().database.transaction() as tx:
            tx.execute(sa.update(LoginSession).where(LoginSession.token == found.token).values(seen=now))
    return None


def _signed_in(_app: Flask, user: Account, **_: object) -> None:
    """A device of its own for this sign-in; the browser is known from now on."""
    token, now, held = secrets.fresh_token(), parts().now(), session_now()
    held.add(
        LoginSession(token=secrets.digest(token), person=user.id, browser=_browser(), began=now, seen=now, ended=None)
    )
    held.execute(sa.delete(FailedSignIn).where(FailedSignIn.person == user.id, FailedSignIn.known == is_known(user)))
    session[DEVICE] = token
    session[KNOWN] = [*(one for one in session.get(KNOWN, [])[-9:] if one != user.fs_uniquifier), user.fs_uniquifier]
    tell(held, now, accounts.person_of(held, user), Name.PERSON_SIGNED_IN, objects={"person": user.id})


def _browser() -> str:
    """What the browser says it is, short."""
    agent = request.user_agent.string
    name = next((one for one in ("Edg", "Firefox", "Chrome", "Safari") if one in agent), "Browser").replace(
        "Edg", "Edge"
    )
    system = next((one for one in ("Windows", "iPhone", "Android", "Mac OS", "Linux") if one in agent), "")
    return f"{name} on {system}" if system else name


def _password_changed(_app: Flask, user: Account, **_: object) -> None:
    held = session_now()
    here = secrets.digest(session.get(DEVICE, ""))
    accounts.end_devices(held, user.id, parts().now(), but=here)
    tell(held, parts().now(), accounts.person_of(held, user), Name.PERSON_PASSWORD_CHANGED, objects={"person": user.id})


def _codes_changed(_app: Flask, user: Account, **_: object) -> None:
    held = session_now()
    tell(held, parts().now(), accounts.person_of(held, user), Name.PERSON_CODES_RENEWED, objects={"person": user.id})


def is_known(user: Account) -> bool:
    """Whether this browser has signed in to the account before."""
    return user.fs_uniquifier in session.get(KNOWN, [])


def locked(user: Account) -> bool:
    """Whether guessing has locked the account for this kind of browser. Codes lock it for every browser."""
    held, since = session_now(), lockout.since(parts().now())
    recent = sa.select(sa.func.count()).where(FailedSignIn.person == user.id, FailedSignIn.at > since)
    passwords = held.scalar(recent.where(FailedSignIn.what == "password", FailedSignIn.known == is_known(user))) or 0
    codes = held.scalar(recent.where(FailedSignIn.what == "code")) or 0
    return lockout.is_locked(passwords=passwords, codes=codes)


def _failed(user: Account, auth_type: str) -> None:
    """Count a wrong password or code, and keep the count although the form was refused."""
    held, now = session_now(), parts().now()
    was = locked(user)
    what = "password" if auth_type == "password" else "code"
    held.add(FailedSignIn(person=user.id, known=is_known(user), what=what, at=now))
    held.flush()
    name = Name.PERSON_LOCKED_OUT if locked(user) and not was else Name.PERSON_SIGN_IN_REFUSED
    tell(held, now, None, name, objects={"person": user.id}, facts={"what": what}, outcome="refused")
    held.info.pop("told", None)
    held.commit()
