"""One's own account: signing in and out, devices, and the links that come by mail."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security.utils import logout_user
from wtforms.validators import ValidationError

from portal.audit.events import Name
from portal.errors import AnswersWrong
from portal.people import account as accounts
from portal.people import actions, secrets
from portal.people.telling import tell
from portal.web.forms import DataRequired, EmailField, PasswordField, PortalForm
from portal.web.here import parts, signed_in
from portal.web.signing_in import DEVICE, KNOWN

bp = Blueprint("accounts", __name__, url_prefix="/account")


class PasswordForm(PortalForm):
    """A password, twice."""

    password = PasswordField(
        "New password",
        [DataRequired("Enter a password")],
        description="12 characters or more; three words that you can remember are good",
    )
    again = PasswordField("The same password again", [DataRequired("Enter the password again")])

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError("Enter the same password in both fields")


class ForgottenForm(PortalForm):
    """Where to write to."""

    email = EmailField("Email address", [DataRequired("Enter your email address")])


class DoForm(PortalForm):
    """Only a button."""


@bp.get("/")
def sign_in() -> ResponseReturnValue:
    """To the sign-in page, and back to where the person wanted to go."""
    if current_user.is_authenticated:
        return redirect(url_for("home.home"))
    if request.args.get("ended"):
        flash(
            "You were signed out, because this device was not used for a while or was ended. What you typed in a form before is kept"
        )
    return redirect(url_for("security.login", next=request.args.get("next")))


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out here."""
    if current_user.is_authenticated:
        person, token = signed_in(), secrets.digest(session.get(DEVICE, ""))
        with parts().database.transaction() as tx:
            if found := tx.get(accounts.LoginSession, token):
                found.ended = parts().now()
            tell(tx, parts().now(), person, Name.PERSON_SIGNED_OUT, objects={"person": person.id})
        known = session.get(KNOWN, [])
        logout_user()
        session.clear()
        session[KNOWN] = known
    reply = redirect(url_for("pages.start"))
    reply.headers["Clear-Site-Data"] = '"cache", "storage"'
    return reply


@bp.get("/devices")
def devices() -> ResponseReturnValue:
    """Where this person is signed in."""
    person = signed_in()
    with parts().database.reading() as tx:
        found = accounts.devices(tx, person.id)
    here = secrets.digest(session.get(DEVICE, ""))
    return render_template("accounts/devices.html", devices=found, here=here, person=person)


@bp.post("/devices/<token>/end")
def end_device(token: str) -> ResponseReturnValue:
    """End one."""
    actions.end_device(parts(), signed_in(), token)
    flash("The device was signed out", "success")
    return redirect(url_for("accounts.devices"))


@bp.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    """Ask for a link. The answer is the same for every address."""
    form = ForgottenForm()
    if form.validate_on_submit():
        actions.ask_reset(parts(), form.email.data)
        return render_template("accounts/asked.html")
    return render_template("accounts/forgotten.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/link/<token>", methods=["GET", "POST"])
def link(token: str) -> ResponseReturnValue:
    """Join, or choose a new password."""
    found, form = actions.link(parts(), token), PasswordForm()
    if form.validate_on_submit():
        try:
            actions.use_link(parts(), token, form.password.data)
        except AnswersWrong as wrong:
            form.refuse("password", wrong.messages["password"])
        else:
            flash("Your password is set. Sign in with it", "success")
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/link.html", form=form, found=found), 422 if form.is_submitted() else 200
