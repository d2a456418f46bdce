"""Home: what this person can do, and what waits."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.exchange import actions as exchange
from portal.people.rules import Action, Person, may
from portal.web.here import parts, person_now, signed_in

bp = Blueprint("home", __name__)

# What stands in the navigation, for whom, in this order; nobody has more than six.
SECTIONS = (
    (Action.OPEN_TRANSFER, "Inbox", "transfers.inbox"),
    (Action.READ_TRANSFER, "Sent", "transfers.sent"),
    (Action.READ_PUPIL, "Pupils", "pupils.listed"),
    (Action.READ_NOTICE, "Penalty notices", "notices.listed"),
    (Action.POST_NOTICE, "Post", "notices.posting"),
    (Action.RECORD_PAYMENT, "Payments", "notices.payments"),
    (Action.MANAGE_PEOPLE, "People", "people.listed"),
    (Action.MANAGE_ORGANISATIONS, "Organisations", "people.organisations"),
    (Action.READ_TRAIL, "Trail", "trail.listed"),
)


@bp.get("/home")
def home() -> ResponseReturnValue:
    """The first page after signing in."""
    person = signed_in()
    waiting = exchange.inbox(parts(), person, waiting=True)
    return render_template(
        "home/home.html",
        person=person,
        may=may,
        Action=Action,
        waiting=waiting,
        drafts=exchange.drafts(parts(), person),
    )


def links() -> dict[str, object]:
    """What the frame of every page shows around it."""
    if not current_user.is_authenticated:
        return {
            "home_url": url_for("pages.start"),
            "sign_in_url": url_for("accounts.sign_in"),
            "sign_out_url": None,
            "account_url": None,
            "person_name": None,
            "navigation": [],
        }
    person = person_now()
    return {
        "home_url": url_for("home.home"),
        "sign_in_url": None,
        "sign_out_url": url_for("accounts.sign_out"),
        "account_url": url_for("accounts.devices"),
        "person_name": person.name,
        "navigation": _navigation(person),
    }


def _navigation(person: Person) -> list[dict[str, object]]:
    mine = [(text, url_for(endpoint)) for action, text, endpoint in SECTIONS if may(person, action)]
    return [{"text": text, "href": href, "active": request.path.startswith(href)} for text, href in mine]
