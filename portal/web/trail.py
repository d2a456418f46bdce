"""The trail, for auditors: what happened, by whom, and the head that proves it. No content, no name of a child."""

from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.audit import actions, records
from portal.errors import NotPermitted
from portal.people.rules import Action, may
from portal.web.here import parts, signed_in

bp = Blueprint("trail", __name__, url_prefix="/trail")
PAGE = 50


def _ask() -> None:
    if not may(signed_in(), Action.READ_TRAIL):
        raise NotPermitted("Only an auditor reads the trail")


@bp.get("/")
def listed() -> ResponseReturnValue:
    """The newest entries first."""
    _ask()
    before = request.args.get("before", type=int)
    with parts().database.reading() as tx:
        entries = records.latest(tx, PAGE, before)
        head = records.checkpoint(tx)
    return render_template("trail/listed.html", entries=entries, head=head)


@bp.get("/verify")
def verify() -> ResponseReturnValue:
    """Verify the whole trail now."""
    _ask()
    report = actions.verify_now(parts())
    return render_template("trail/verified.html", report=report)


@bp.get("/<uuid:event>/proof")
def proof(event: UUID) -> ResponseReturnValue:
    """The proof that one entry is in the tree, for anyone to check offline."""
    _ask()
    text = actions.prove(parts().database, event)
    reply = Response(text, mimetype="text/plain")
    reply.headers["Content-Disposition"] = f'attachment; filename="{event}.tlog-proof"'
    return reply
