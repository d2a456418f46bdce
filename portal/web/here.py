"""What a page needs of its request: the parts, and who asks."""

from flask import abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from portal.parts import Parts
from portal.people.account import person_of
from portal.people.rules import Person


def parts() -> Parts:
    """The parts of this portal."""
    found: Parts = current_app.extensions["parts"]
    return found


def signed_in() -> Person:
    """Who asks. A stranger is sent to sign in, and comes back to this page if it can be shown again."""
    if not current_user.is_authenticated:
        onward = request.full_path.rstrip("?") if request.method == "GET" else None
        abort(redirect(url_for("accounts.sign_in", next=onward)))
    return person_now()


def person_now() -> Person:
    """The signed-in person, read once a request."""
    if "person" not in g:
        with parts().database.reading() as tx:
            g.person = person_of(tx, current_user)
    found: Person = g.person
    return found
