"""Pages that anybody may read: start, help, privacy, cookies, accessibility."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("pages", __name__)


@bp.get("/")
def start() -> ResponseReturnValue:
    """What the portal is for, who may use it, what they need, and the way in."""
    return render_template("pages/start.html")


@bp.get("/help")
def help() -> ResponseReturnValue:  # noqa: A001 -- the page's name
    """How to do what is done most, whom to ask, and where to complain."""
    return render_template("pages/help.html")


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept about whom, why, how safely, for how long, and what a person may ask."""
    return render_template("pages/privacy.html")


@bp.get("/cookies")
def cookies() -> ResponseReturnValue:
    """Every cookie there is."""
    return render_template("pages/cookies.html")


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement, in the model form."""
    return render_template("pages/accessibility.html")
