"""Penalty notices on pages: propose, look, approve, post, pay, withdraw."""

from datetime import date
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.errors import AnswersWrong, NotPermitted
from portal.law.errors import LawError
from portal.notices import actions, looking, proposal, rules
from portal.people.rules import Action, may
from portal.web.forms import PortalForm
from portal.web.here import parts, signed_in
from portal.web.notice_forms import (
    AnewForm,
    DigestForm,
    PaymentForm,
    PostingForm,
    ProposalForm,
    ReturnForm,
    WithdrawalForm,
)
from portal.web.transfers import download

bp = Blueprint("notices", __name__, url_prefix="/notices")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _allowed() -> set[Action]:
    person = signed_in()
    return {action for action in Action if may(person, action)}


@bp.get("/")
def listed() -> ResponseReturnValue:
    """Every notice, newest first."""
    rows = looking.listed(
        parts(),
        signed_in(),
        state=request.args.get("state"),
        before=request.args.get("before", type=date.fromisoformat),
    )
    return render_template("notices/listed.html", rows=rows, states=looking.STATES, state=request.args.get("state"))


@bp.route("/new/<uuid:pupil>/<uuid:parent>", methods=["GET", "POST"])
def propose(pupil: UUID, parent: UUID) -> ResponseReturnValue:
    """Propose a notice to this parent for this child."""
    person = signed_in()
    about = looking.about(parts(), person, pupil, parent)
    form = ProposalForm(posting=parts().today())
    which = _form_id()
    if form.validate_on_submit() and not (fault := _proposed(form, which, pupil, parent)):
        return redirect(url_for("notices.page", which=which))
    if form.is_submitted() and form.errors == {} and fault:
        form.form_errors.append(fault)
    return render_template(
        "notices/propose.html", form=form, about=about, which=which
    ), 422 if form.is_submitted() else 200


def _form_id() -> UUID:
    try:
        return UUID(request.form.get("which", ""))
    except ValueError:
        return uuid4()


def _proposed(form: ProposalForm, which: UUID, pupil: UUID, parent: UUID) -> str:
    """Propose it; gives what is wrong with the whole, or marks the field that is."""
    try:
        facts = proposal.facts(parts(), form.data, form.extract.data)
        actions.propose(parts(), signed_in(), which, pupil=pupil, parent=parent, facts=facts, posting=form.posting.data)
    except AnswersWrong as wrong:
        for name, message in wrong.messages.items():
            form.refuse(name, message)
        return " "
    except LawError as fault:
        return proposal.in_words(fault)
    return ""


@bp.get("/<uuid:which>")
def page(which: UUID) -> ResponseReturnValue:
    """One notice: the reckoning, the dates, and what can be done next."""
    seen = looking.look(parts(), signed_in(), which)
    return render_template(
        "notices/page.html",
        seen=seen,
        allowed=_allowed(),
        Action=Action,
        form=DigestForm(),
        grounds=rules.GROUNDS,
        me=signed_in().id,
    )


@bp.get("/<uuid:which>/preview.<any(docx,pdf):kind>")
def preview(which: UUID, kind: str) -> ResponseReturnValue:
    """The letter as it would be, marked as a preview."""
    body = looking.preview(parts(), signed_in(), which, kind)
    reply = download(f"preview.{kind}", len(body), iter([body]), "application/pdf" if kind == "pdf" else WORD)
    if kind == "pdf":
        reply.headers["Content-Disposition"] = 'inline; filename="preview.pdf"'
    return reply


@bp.post("/<uuid:which>/letter/<any(docx,pdf):kind>")
def letter(which: UUID, kind: str) -> ResponseReturnValue:
    """The letter as it was sealed. That it was opened is in the trail."""
    called, size, chunks = looking.letter(parts(), signed_in(), which, kind)
    return download(called, size, chunks, "application/pdf" if kind == "pdf" else WORD)


@bp.post("/<uuid:which>/send")
def send_for_approval(which: UUID) -> ResponseReturnValue:
    """To the second officer."""
    actions.send_for_approval(parts(), signed_in(), which, digest=request.form.get("digest", ""))
    flash("Sent for approval", "success")
    return redirect(url_for("notices.page", which=which))


@bp.post("/<uuid:which>/approve")
def approve(which: UUID) -> ResponseReturnValue:
    """As the second officer."""
    number = actions.approve(parts(), signed_in(), which, digest=request.form.get("digest", ""))
    flash(f"Approved. The notice has the number {number}", "success")
    return redirect(url_for("notices.page", which=which))


@bp.route("/<uuid:which>/return", methods=["GET", "POST"])
def give_back(which: UUID) -> ResponseReturnValue:
    """Back to the officer, with a reason."""
    form, seen = ReturnForm(), looking.look(parts(), signed_in(), which)
    _need(Action.APPROVE_NOTICE)
    if form.validate_on_submit():
        actions.return_to_officer(parts(), signed_in(), which, because=form.because.data)
        flash("Returned to the officer", "success")
        return redirect(url_for("notices.page", which=which))
    return _ask(form, "Return the notice to the officer", "Return", seen.title, url_for("notices.page", which=which))


@bp.get("/posting")
def posting() -> ResponseReturnValue:
    """What the post room has to post."""
    rows = looking.to_post(parts(), signed_in())
    return render_template("notices/posting.html", rows=rows, today=parts().today())


@bp.route("/<uuid:which>/posted", methods=["GET", "POST"])
def posted(which: UUID) -> ResponseReturnValue:
    """Confirm the real posting day."""
    _need(Action.POST_NOTICE)
    row, form = looking.posting_row(parts(), signed_in(), which), PostingForm(posted=parts().today())
    if form.validate_on_submit():
        try:
            out = actions.record_posting(parts(), signed_in(), which, posted=form.posted.data)
        except AnswersWrong as wrong:
            form.refuse("posted", wrong.messages["posted"])
        else:
            flash(
                "Recorded as posted"
                if out
                else "Posted later than planned: this notice is spoiled. Do not let it leave. The officer makes it anew",
                "success" if out else "warning",
            )
            return redirect(url_for("notices.posting"))
    return render_template("notices/posted.html", form=form, row=row), 422 if form.is_submitted() else 200


@bp.get("/payments")
def payments() -> ResponseReturnValue:
    """What is owed, by number: no child, no parent."""
    return render_template("notices/payments.html", rows=looking.owed(parts(), signed_in()))


@bp.route("/<uuid:which>/payment", methods=["GET", "POST"])
def payment(which: UUID) -> ResponseReturnValue:
    """Record money that came."""
    _need(Action.RECORD_PAYMENT)
    row, form, payment_id = looking.owed_row(parts(), signed_in(), which), PaymentForm(paid=parts().today()), _form_id()
    if form.validate_on_submit():
        try:
            actions.record_payment(
                parts(),
                signed_in(),
                which,
                payment=payment_id,
                pence=proposal.pence(form.pounds.data),
                on=form.paid.data,
            )
        except AnswersWrong as wrong:
            for name, message in wrong.messages.items():
                form.refuse(name, message)
        else:
            flash("Payment recorded", "success")
            return redirect(url_for("notices.payments"))
    return render_template(
        "notices/payment.html", form=form, row=row, which=payment_id
    ), 422 if form.is_submitted() else 200


@bp.route("/<uuid:which>/withdraw", methods=["GET", "POST"])
def withdraw(which: UUID) -> ResponseReturnValue:
    """Withdraw it."""
    _need(Action.WITHDRAW_NOTICE)
    form, seen = WithdrawalForm(), looking.look(parts(), signed_in(), which)
    if form.validate_on_submit():
        actions.withdraw(parts(), signed_in(), which, ground=form.ground.data, because=form.because.data)
        flash("Withdrawn", "success")
        return redirect(url_for("notices.page", which=which))
    return _ask(form, "Withdraw the notice", "Withdraw", seen.title, url_for("notices.page", which=which))


@bp.route("/<uuid:which>/anew", methods=["GET", "POST"])
def anew(which: UUID) -> ResponseReturnValue:
    """Make a spoiled notice anew."""
    _need(Action.PROPOSE_NOTICE)
    form, seen = AnewForm(posting=parts().today()), looking.look(parts(), signed_in(), which)
    if form.validate_on_submit():
        try:
            made = actions.make_anew(parts(), signed_in(), which, anew=_form_id(), posting=form.posting.data)
        except AnswersWrong as wrong:
            form.refuse("posting", wrong.messages["posting"])
        else:
            return redirect(url_for("notices.page", which=made))
    return _ask(form, "Make the notice anew", "Make anew", seen.title, url_for("notices.page", which=which))


def _need(action: Action) -> None:
    if not may(signed_in(), action):
        raise NotPermitted(f"Your account cannot {action}")


def _ask(form: PortalForm, title: str, button: str, about: str, back: str) -> ResponseReturnValue:
    page = render_template(
        "notices/ask.html", form=form, title=title, button=button, about=about, back=back, which=_form_id()
    )
    return page, 422 if form.is_submitted() else 200
