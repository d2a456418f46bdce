"""Pupils: find one, add one, look, and say that an address is withheld."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from portal.errors import AnswersWrong, NotPermitted
from portal.people import records as people
from portal.people.rules import Action, may
from portal.pupils import actions, records, upn
from portal.pupils.actions import ParentFacts, PupilFacts
from portal.web.forms import (
    DataRequired,
    DatePartsField,
    FullName,
    Optional,
    PortalForm,
    SelectField,
    TextAreaField,
    TextField,
)
from portal.web.here import parts, signed_in

bp = Blueprint("pupils", __name__, url_prefix="/pupils")


class PupilForm(PortalForm):
    """A pupil and the first parent; further parents come on the pupil's page."""

    forenames = FullName("First names", [DataRequired("Enter the child’s first names")])
    surname = FullName("Last name", [DataRequired("Enter the child’s last name")])
    born = DatePartsField("Date of birth", [DataRequired("Enter the child’s date of birth")], subject="Date of birth")
    upn = TextField("Unique pupil number (UPN) (optional)", [Optional()])
    school = SelectField("School", [DataRequired("Select a school")])
    address = TextAreaField("Child’s address", [DataRequired("Enter the child’s address")])
    parent = FullName("Parent’s full name", [DataRequired("Enter the parent’s name")])
    relation = TextField("Relation to the child", [DataRequired("Enter the relation, such as mother")])
    parent_address = TextAreaField("Parent’s address", [DataRequired("Enter the parent’s address")])

    def validate_upn(self, field: TextField) -> None:
        if field.data and (fault := upn.fault(field.data)):
            raise ValidationError(fault)


class WithheldForm(PortalForm):
    """Why, and until when."""

    because = TextAreaField(
        "Why must the child’s address not reach this parent?", [DataRequired("Enter why the address is withheld")]
    )
    review = DatePartsField(
        "When is this to be looked at again?", [DataRequired("Enter the day of review")], subject="The review"
    )


class PrintsForm(PortalForm):
    """What the letter says instead."""

    prints = TextAreaField(
        "What does a letter say in place of the child’s address?",
        [DataRequired("Enter what the letter says in place of the address")],
    )


class DoForm(PortalForm):
    """Only a button."""


@bp.get("/")
def listed() -> ResponseReturnValue:
    """Pupils by name or UPN."""
    person, words = signed_in(), request.args.get("q", "").strip()
    if not may(person, Action.READ_PUPIL):
        raise NotPermitted("Your account cannot look at pupils")
    with parts().database.reading() as tx:
        rows = records.search(tx, words, authority=person.organisation)
        schools = {school.id: school.name for school in people.schools(tx)}
    return render_template(
        "pupils/listed.html", rows=rows, schools=schools, words=words, may_add=may(person, Action.ADD_PUPIL)
    )


@bp.route("/new", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    """Add a pupil and a parent."""
    person = signed_in()
    if not may(person, Action.ADD_PUPIL):
        raise NotPermitted("Your account cannot add a pupil")
    form = PupilForm()
    with parts().database.reading() as tx:
        form.school.choices = {"": "Choose a school"} | {str(school.id): school.name for school in people.schools(tx)}
    if form.validate_on_submit():
        try:
            return redirect(url_for("pupils.page", which=actions.add(parts(), person, _facts(form))))
        except AnswersWrong as wrong:
            for name, message in wrong.messages.items():
                form.refuse(name, message)
    return render_template("pupils/add.html", form=form), 422 if form.is_submitted() else 200


def _facts(form: PupilForm) -> PupilFacts:
    parent = ParentFacts(name=form.parent.data, address=form.parent_address.data, relation=form.relation.data)
    return PupilFacts(
        surname=form.surname.data,
        forenames=form.forenames.data,
        born=form.born.data,
        upn=(form.upn.data or "").upper() or None,
        school=UUID(form.school.data),
        address=form.address.data,
        parents=(parent,),
    )


@bp.get("/<uuid:which>")
def page(which: UUID) -> ResponseReturnValue:
    """One pupil. That the page was opened is in the trail."""
    person = signed_in()
    seen = actions.look(parts(), person, which)
    allowed = {action for action in Action if may(person, action)}
    return render_template("pupils/page.html", seen=seen, Action=Action, allowed=allowed, form=DoForm())


@bp.route("/<uuid:which>/parents/<uuid:parent>/withhold", methods=["GET", "POST"])
def withhold(which: UUID, parent: UUID) -> ResponseReturnValue:
    """Record that the child's address must not reach this parent."""
    person, form = signed_in(), WithheldForm()
    with parts().database.reading() as tx:
        records.get(tx, which, by=person, to=Action.WITHHOLD_ADDRESS)
        name = records.parent_of(tx, which, parent).name
    if form.validate_on_submit():
        actions.withhold_address(parts(), person, which, parent, because=form.because.data, review=form.review.data)
        flash("The address is withheld. No letter to this parent will carry it", "success")
        return redirect(url_for("pupils.page", which=which))
    back = url_for("pupils.page", which=which)
    return render_template("pupils/withhold.html", form=form, name=name, back=back), 422 if form.is_submitted() else 200


@bp.route("/<uuid:which>/parents/<uuid:parent>/resolve", methods=["GET", "POST"])
def resolve(which: UUID, parent: UUID) -> ResponseReturnValue:
    """Record what a letter says in place of the address; a second person confirms."""
    person, form = signed_in(), PrintsForm()
    with parts().database.reading() as tx:
        records.get(tx, which, by=person, to=Action.RESOLVE_ADDRESS)
        name = records.parent_of(tx, which, parent).name
    if form.validate_on_submit():
        actions.resolve_address(parts(), person, which, parent, prints=form.prints.data)
        flash("Recorded. A second person has to confirm it before a letter can be made", "success")
        return redirect(url_for("pupils.page", which=which))
    back = url_for("pupils.page", which=which)
    return render_template("pupils/resolve.html", form=form, name=name, back=back), 422 if form.is_submitted() else 200


@bp.post("/<uuid:which>/parents/<uuid:parent>/confirm")
def confirm(which: UUID, parent: UUID) -> ResponseReturnValue:
    """Confirm what another officer recorded."""
    actions.confirm_address(parts(), signed_in(), which, parent)
    flash("Confirmed", "success")
    return redirect(url_for("pupils.page", which=which))
