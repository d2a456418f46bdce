"""People and organisations, for administrators. They see no content."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.errors import AnswersWrong, NotFound, NotPermitted
from portal.law.penalty_notice import School
from portal.people import account as accounts
from portal.people import actions, records
from portal.people.actions import OrganisationFacts
from portal.people.rules import HOME_ROLES, Action, Kind, Role, may
from portal.web.forms import (
    CheckboxesField,
    DataRequired,
    EmailField,
    FullName,
    Optional,
    PortalForm,
    SelectField,
    TextAreaField,
    TextField,
)
from portal.web.here import parts, signed_in

bp = Blueprint("people", __name__, url_prefix="/people")
ROLES = {role.value: role.value[0].upper() + role.value[1:] for role in Role}
KINDS = {kind.value: kind.value.capitalize() for kind in Kind if kind is not Kind.HOME}


class InviteForm(PortalForm):
    """Whom, where, as what."""

    name = FullName("Full name", [DataRequired("Enter the person’s full name")])
    email = EmailField("Email address", [DataRequired("Enter the email address")])
    organisation = SelectField("Organisation", [DataRequired("Select an organisation")])
    roles = CheckboxesField("Roles", choices=ROLES)


class RolesForm(PortalForm):
    """As what."""

    roles = CheckboxesField("Roles", choices={role.value: ROLES[role.value] for role in Role if role in HOME_ROLES})


class OrganisationForm(PortalForm):
    """What it is."""

    kind = SelectField("Kind", [DataRequired("Select the kind")], choices={"": "Choose a kind"} | KINDS)
    name = FullName("Name", [DataRequired("Enter the name")])
    dfe_number = TextField("DfE number, for a school (optional)", [Optional()])
    authority_code = TextField("Three-digit DfE number, for an authority (optional)", [Optional()])
    phase = TextField("Phase, for a school (optional)", [Optional()])
    school_type = SelectField(
        "Type, for a school",
        [Optional()],
        choices={"": "None"} | {one.value: one.value.capitalize() for one in School},
    )
    address = TextAreaField("Address (optional)", [Optional()])


class DoForm(PortalForm):
    """Only a button."""


def _need(action: Action) -> None:
    if not may(signed_in(), action):
        raise NotPermitted(f"Your account cannot {action}")


@bp.get("/")
def listed() -> ResponseReturnValue:
    """Everyone."""
    _need(Action.MANAGE_PEOPLE)
    with parts().database.reading() as tx:
        found = accounts.accounts(tx)
    return render_template("people/listed.html", people=found)


@bp.route("/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Invite somebody."""
    _need(Action.MANAGE_PEOPLE)
    form = InviteForm()
    with parts().database.reading() as tx:
        form.organisation.choices = {"": "Choose an organisation"} | {
            str(one.id): one.name for one in records.organisations(tx)
        }
    if form.validate_on_submit():
        try:
            roles = {Role(one) for one in form.roles.data}
            actions.invite(
                parts(),
                signed_in(),
                name=form.name.data,
                email=form.email.data,
                organisation=UUID(form.organisation.data),
                roles=roles,
            )
        except AnswersWrong as wrong:
            for name, message in wrong.messages.items():
                form.refuse(name, message)
        else:
            flash(f"An invitation goes to {form.email.data}", "success")
            return redirect(url_for("people.listed"))
    return render_template("people/invite.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/<uuid:which>", methods=["GET", "POST"])
def page(which: UUID) -> ResponseReturnValue:
    """One person's roles."""
    _need(Action.MANAGE_PEOPLE)
    with parts().database.reading() as tx:
        found = tx.get(accounts.Account, which)
        if found is None:
            raise NotFound("person")
        organisation = records.organisation(tx, found.organisation)
    form = RolesForm(roles=[role.value for role in found.role_set])
    if form.validate_on_submit():
        try:
            actions.change_roles(parts(), signed_in(), which, {Role(one) for one in form.roles.data})
        except AnswersWrong as wrong:
            form.refuse("roles", wrong.messages["roles"])
        else:
            flash("The roles were changed, and the person was signed out everywhere", "success")
            return redirect(url_for("people.page", which=which))
    page = render_template(
        "people/page.html", form=form, found=found, organisation=organisation, home=organisation.kind is Kind.HOME
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/<uuid:which>/<any(disable,enable):what>")
def set_active(which: UUID, what: str) -> ResponseReturnValue:
    """Disable at once, or let sign in again."""
    actions.set_active(parts(), signed_in(), which, active=what == "enable")
    flash("Enabled" if what == "enable" else "Disabled, and signed out everywhere", "success")
    return redirect(url_for("people.page", which=which))


@bp.get("/organisations/")
def organisations() -> ResponseReturnValue:
    """Every organisation."""
    _need(Action.MANAGE_ORGANISATIONS)
    with parts().database.reading() as tx:
        found = records.organisations(tx)
    return render_template("people/organisations.html", organisations=found)


@bp.route("/organisations/add", methods=["GET", "POST"])
def add_organisation() -> ResponseReturnValue:
    """Add one."""
    _need(Action.MANAGE_ORGANISATIONS)
    form = OrganisationForm()
    if form.validate_on_submit():
        given = {name: form.data[name] or None for name in ("dfe_number", "authority_code", "phase", "school_type")}
        facts = OrganisationFacts(
            kind=Kind(form.kind.data), name=form.name.data, address=form.address.data or "", **given
        )
        try:
            actions.add_organisation(parts(), signed_in(), facts)
        except AnswersWrong as wrong:
            for name, message in wrong.messages.items():
                form.refuse(name, message)
        else:
            flash(f"{facts.name} was added", "success")
            return redirect(url_for("people.organisations"))
    return render_template("people/add_organisation.html", form=form), 422 if form.is_submitted() else 200
