"""What was sent and received: inbox, item, receipt; and a common transfer file on its way in."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.documents.custody import Wanted
from portal.errors import UploadRefused
from portal.exchange import actions, looking, reading_ctf, steps
from portal.exchange.records import TransferKind
from portal.web.forms import FileField, PortalForm
from portal.web.here import parts, signed_in

bp = Blueprint("transfers", __name__, url_prefix="/transfers")

CTF = Wanted(frozenset({"xml"}), "common transfer file (XML)")


class CtfForm(PortalForm):
    """The file."""

    file = FileField(
        "Upload a common transfer file", thing="common transfer file", description="An XML file, smaller than 50MB"
    )


class DoForm(PortalForm):
    """Only a button."""


@bp.get("/inbox")
def inbox() -> ResponseReturnValue:
    """What was sent to this person's organisation."""
    waiting = request.args.get("show") == "waiting"
    rows = actions.inbox(parts(), signed_in(), waiting=waiting, before=_before())
    return render_template("transfers/inbox.html", rows=rows, waiting=waiting, page=actions.PAGE)


@bp.get("/sent")
def sent() -> ResponseReturnValue:
    """What this person's organisation has sent."""
    return render_template("transfers/sent.html", rows=actions.sent(parts(), signed_in(), _before()), page=actions.PAGE)


def _before() -> datetime | None:
    return request.args.get("before", type=datetime.fromisoformat)


@bp.get("/<uuid:which>")
def item(which: UUID) -> ResponseReturnValue:
    """One transfer."""
    return render_template("transfers/item.html", seen=actions.look(parts(), signed_in(), which), form=DoForm())


@bp.get("/<uuid:which>/sent")
def sent_now(which: UUID) -> ResponseReturnValue:
    """The confirmation, which can be come back to."""
    return render_template("transfers/confirmation.html", seen=actions.look(parts(), signed_in(), which))


@bp.get("/<uuid:which>/receipt")
def receipt(which: UUID) -> ResponseReturnValue:
    """The receipt, to print or keep."""
    return render_template("transfers/receipt.html", seen=actions.look(parts(), signed_in(), which))


@bp.post("/<uuid:which>/files/<uuid:file>")
def open_file(which: UUID, file: UUID) -> ResponseReturnValue:
    """The file, byte for byte as it was sent."""
    held, chunks = actions.open_file(parts(), signed_in(), which, file)
    return download(held.called, held.size, chunks)


def download(called: str, size: int, chunks: Iterator[bytes], kind: str = "application/octet-stream") -> Response:
    """A file as an attachment under any name. Its length is told, so that a broken transfer shows."""
    reply = Response(chunks, mimetype=kind, direct_passthrough=True)
    plain = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\%' else "_" for letter in called
    )
    reply.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(called, safe='')}"
    )
    reply.headers["Content-Length"] = str(size)
    return reply


@bp.post("/<uuid:which>/acknowledge")
def acknowledge(which: UUID) -> ResponseReturnValue:
    """Say that it has arrived."""
    actions.acknowledge(parts(), signed_in(), which)
    flash("Acknowledged. The sender has been told")
    return redirect(url_for("transfers.item", which=which))


@bp.get("/ctf/new")
def ctf() -> ResponseReturnValue:
    """Ask for a common transfer file."""
    steps.ask(signed_in(), TransferKind.CTF)
    return render_template("transfers/ctf.html", form=CtfForm())


@bp.post("/ctf/new")
def read_ctf() -> ResponseReturnValue:
    """Take the file, read it in a worker of its own, and show what is in it before it is sent."""
    person, form = signed_in(), CtfForm()
    steps.ask(person, TransferKind.CTF)
    given = form.file.data
    if not form.validate_on_submit() or not given:
        form.refuse("file", "Select a common transfer file")
        return render_template("transfers/ctf.html", form=form), 422
    which = actions.begin(parts(), person, TransferKind.CTF)
    try:
        reading_ctf.attach(parts(), person, which, given.stream, called=given.filename, wanted=CTF)
    except UploadRefused as refused:
        form.refuse("file", str(refused))
        return render_template("transfers/ctf.html", form=form), 422
    return redirect(url_for("transfers.check_ctf", which=which))


@bp.get("/ctf/<uuid:which>")
def check_ctf(which: UUID) -> ResponseReturnValue:
    """What the file says of itself."""
    begun = looking.begun(parts(), signed_in(), which)
    return render_template(
        "transfers/check_ctf.html", begun=begun, report=begun.answers.get("report", {}), form=DoForm()
    )


@bp.post("/ctf/<uuid:which>")
def send_ctf(which: UUID) -> ResponseReturnValue:
    """Send it. A double click sends once."""
    actions.send(parts(), signed_in(), which)
    return redirect(url_for("transfers.sent_now", which=which))
