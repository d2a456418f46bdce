"""A school sends a CME 1 leaver form: one question a page, check the answers, send."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import ValidationError

from portal.documents.custody import Wanted
from portal.errors import AnswersWrong, UploadRefused
from portal.exchange import actions as exchange
from portal.exchange import looking, steps
from portal.exchange.records import TransferKind
from portal.intake import actions, rules
from portal.law import codes
from portal.pupils import upn
from portal.web.forms import (
    DataRequired,
    DatePartsField,
    FileField,
    FullName,
    Optional,
    PortalForm,
    RadiosField,
    TextField,
)
from portal.web.here import parts, signed_in

bp = Blueprint("intake", __name__, url_prefix="/leavers")

FORM = Wanted(frozenset({"docx", "pdf", "xlsx", "ods", "csv"}), "Word document, PDF or spreadsheet")
GROUNDS = {ground.letter: f"{ground.title} (regulation 9(1)({ground.letter}))" for ground in codes.GROUNDS.values()}
STEPS = ("child", "leaving", "ground", "destination", "file")


class ChildForm(PortalForm):
    """Who has left."""

    forenames = FullName("First names", [DataRequired("Enter the child’s first names")])
    surname = FullName("Last name", [DataRequired("Enter the child’s last name")])
    born = DatePartsField(
        "Date of birth",
        [DataRequired("Enter the child’s date of birth")],
        subject="Date of birth",
        description="For example, 27 3 2014",
    )
    upn = TextField(
        "Unique pupil number (UPN) (optional)", [Optional()], description="13 letters and numbers, like H801200001001"
    )

    def validate_upn(self, field: TextField) -> None:
        """Say what is wrong with a UPN, without refusing a child who has none."""
        if field.data and (fault := upn.fault(field.data)):
            raise ValidationError(fault)


class LeavingForm(PortalForm):
    """When."""

    left = DatePartsField(
        "What was the child’s last day on your roll?",
        [DataRequired("Enter the last day the child was on your roll")],
        subject="Leaving date",
        description="For example, 20 11 2026",
    )


class GroundForm(PortalForm):
    """On which ground."""

    ground = RadiosField(
        "Why is the child’s name to be deleted from the admission register?",
        missing=rules.QUESTIONS["ground"],
        choices=GROUNDS,
    )


class DestinationForm(PortalForm):
    """Where to."""

    destination = RadiosField(
        "Do you know where the child goes next?",
        missing=rules.QUESTIONS["destination"],
        choices={rules.KNOWN: "Yes", rules.NOT_KNOWN: "I do not know"},
    )
    next_school = TextField("Name and town of the new school (optional)", [Optional()])
    starts = DatePartsField("Start date there (optional)", [Optional()], subject="Start date")

    def validate_next_school(self, field: TextField) -> None:
        """A known destination has a name."""
        if self.destination.data == rules.KNOWN and not field.data:
            raise ValidationError("Enter the name of the new school")


class LeaverFileForm(PortalForm):
    """The form itself."""

    file = FileField(
        "Upload the CME 1 leaver form",
        thing="leaver form",
        description="A Word document, PDF or spreadsheet, smaller than 200MB",
    )


class SendForm(PortalForm):
    """Only the button."""


FORMS: dict[str, type[PortalForm]] = {
    "child": ChildForm,
    "leaving": LeavingForm,
    "ground": GroundForm,
    "destination": DestinationForm,
}


@bp.get("/new")
def start() -> ResponseReturnValue:
    """What the form is for, and what is needed."""
    steps.ask(signed_in(), TransferKind.LEAVER)
    return render_template("intake/start.html", form=SendForm())


@bp.post("/new")
def begin() -> ResponseReturnValue:
    """Start a form."""
    which = exchange.begin(parts(), signed_in(), TransferKind.LEAVER)
    return redirect(url_for("intake.ask", which=which, step="child"))


@bp.get("/<uuid:which>/<any(child,leaving,ground,destination):step>")
def ask(which: UUID, step: str) -> ResponseReturnValue:
    """One question, with what was answered before."""
    begun = looking.begun(parts(), signed_in(), which)
    form = FORMS[step](formdata=None, data=_typed(begun.answers))
    return _question(which, step, form)


@bp.post("/<uuid:which>/<any(child,leaving,ground,destination):step>")
def answered(which: UUID, step: str) -> ResponseReturnValue:
    """Keep the answer, and go on to the next question, or back to the check."""
    person = signed_in()
    begun = looking.begun(parts(), person, which)
    form = FORMS[step]()
    good = form.validate_on_submit()
    answers = {name: _plain(value) for name, value in form.data.items() if name != "csrf_token"}
    if good:
        for name, fault in _faults(begun.answers | answers).items():
            if name in form:
                form.refuse(name, fault)
                good = False
    if not good:
        return _question(which, step, form), 422
    exchange.answer(parts(), person, which, answers)
    return redirect(_next(which, step, begun.answers | answers, has_file=bool(begun.files)))


def _faults(answers: dict[str, Any]) -> dict[str, str]:
    typed = _typed(answers)
    return rules.faults_of_dates(born=typed.get("born"), left=typed.get("left"), today=parts().today())


def _next(which: UUID, step: str, answers: dict[str, Any], *, has_file: bool) -> str:
    """The first question still open, or the check."""
    try:
        rules.LeaverForm.read(answers)
    except AnswersWrong:
        return (
            url_for("intake.ask", which=which, step=STEPS[STEPS.index(step) + 1])
            if step != "destination"
            else url_for("intake.file", which=which)
        )
    return url_for("intake.check", which=which) if has_file else url_for("intake.file", which=which)


def _question(which: UUID, step: str, form: PortalForm) -> str:
    at = STEPS.index(step)
    back = url_for("intake.ask", which=which, step=STEPS[at - 1]) if at else url_for("intake.start")
    return render_template("intake/question.html", form=form, step=step, back=back)


@bp.get("/<uuid:which>/file")
def file(which: UUID) -> ResponseReturnValue:
    """Ask for the file."""
    return _ask_file(which, LeaverFileForm())


@bp.post("/<uuid:which>/file")
def attach(which: UUID) -> ResponseReturnValue:
    """Take the file."""
    form = LeaverFileForm()
    given = form.file.data
    if not form.validate_on_submit() or not given:
        form.refuse("file", "Select a leaver form")
        return _ask_file(which, form), 422
    try:
        exchange.attach(parts(), signed_in(), which, given.stream, called=given.filename, wanted=FORM)
    except UploadRefused as refused:
        form.refuse("file", str(refused))
        return _ask_file(which, form), 422
    return redirect(url_for("intake.check", which=which))


def _ask_file(which: UUID, form: PortalForm) -> str:
    begun = looking.begun(parts(), signed_in(), which)
    back = url_for("intake.ask", which=which, step="destination")
    return render_template("intake/file.html", form=form, files=begun.files, back=back)


@bp.get("/<uuid:which>/check")
def check(which: UUID) -> ResponseReturnValue:
    """Every answer, each with a way to change it."""
    begun = looking.begun(parts(), signed_in(), which)
    return render_template(
        "intake/check.html",
        which=which,
        answers=_typed(begun.answers),
        files=begun.files,
        grounds=GROUNDS,
        form=SendForm(),
        faults={},
    )


@bp.post("/<uuid:which>/check")
def send(which: UUID) -> ResponseReturnValue:
    """Send it. A double click sends once."""
    person = signed_in()
    try:
        actions.send_leaver(parts(), person, which)
    except AnswersWrong as wrong:
        begun = looking.begun(parts(), person, which)
        return render_template(
            "intake/check.html",
            which=which,
            answers=_typed(begun.answers),
            files=begun.files,
            grounds=GROUNDS,
            form=SendForm(),
            faults=wrong.messages,
        ), 422
    return redirect(url_for("transfers.sent_now", which=which))


def _plain(value: Any) -> Any:  # noqa: ANN401  what a form field holds
    return value.isoformat() if hasattr(value, "isoformat") else value


def _typed(answers: dict[str, Any]) -> dict[str, Any]:
    from datetime import date

    dates = {name: date.fromisoformat(answers[name]) for name in ("born", "left", "starts") if answers.get(name)}
    return answers | dates
