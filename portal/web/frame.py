"""The frame around every page: templates, filters, what a layout may ask for, security headers."""

import hashlib
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    Undefined,
)
from werkzeug.local import LocalProxy

from portal.web import headers
from portal.web.forms import portal_errors
from portal.web.shown import FILTERS

GOVUK = "govuk_frontend_jinja"


Links = Mapping[str, object]
"""Where the frame leads, for the person who asks; every key is there, empty where it does not apply:

home_url · sign_in_url · sign_out_url (taken by POST) · account_url · person_name ·
navigation: at most six of {text, href, active}
"""


class GovukTemplates(BaseLoader):
    """GOV.UK's macros, which count on missing options being empty; our own templates are strict."""

    def __init__(self) -> None:
        self._lenient = Environment(
            loader=PrefixLoader({GOVUK: PackageLoader(GOVUK)}),
            autoescape=True,
            undefined=Undefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 -- Jinja's own name for it
    ) -> Template:
        """One of GOV.UK's templates, in its own environment. Raises TemplateNotFound for ours."""
        del environment
        if not name.startswith(f"{GOVUK}/"):
            raise TemplateNotFound(name)
        return self._lenient.get_template(name, globals=globals)


def prepare(app: Flask, *, links: Callable[[], Links]) -> None:
    """Set up *app*'s pages; `app.config["PORTAL"]` holds the settings.

    *links* is asked at most once a request, and only by a page that shows them: the pages for
    "something broke" do not, so they stand when the database does not.
    """
    _templates(app)
    headers.register(app)

    @app.context_processor
    def about() -> dict[str, object]:
        return {
            "frame": LocalProxy(lambda: _once(links)),
            "settings": app.config["PORTAL"],
            "cspNonce": headers.nonce(),
        }


def _templates(app: Flask) -> None:
    env = app.jinja_env
    if env.loader is None:
        raise ValueError("the application has no templates")
    env.loader = ChoiceLoader([GovukTemplates(), env.loader])
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(FILTERS)
    env.globals.update(asset=_assets(app), page_url=page_url, portal_errors=portal_errors)


def _once(links: Callable[[], Links]) -> Links:
    if "frame_links" not in g:
        g.frame_links = links()
    found: Links = g.frame_links
    return found


def _assets(app: Flask) -> Callable[[str], str]:
    """The address of a static file, with its digest, so that a browser may keep it for ever."""
    folder = Path(app.static_folder or "")
    digests = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        for file in folder.rglob("*")
        if file.is_file()
    }
    return lambda name: url_for("static", filename=name, v=digests[name])


def page_url(number: int) -> str:
    """The address of another page of the list now shown, its filters kept."""
    asked: dict[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    asked["page"] = number
    return url_for(request.endpoint or "", **asked)
