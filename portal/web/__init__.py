"""HTTP and nothing else: parse, one action, answer."""

from typing import Any
from uuid import uuid4

from flask import Flask, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from portal import logs
from portal.config import Config
from portal.web.uploads import PortalRequest

TRIES = "60 per minute"
LIMITED = (
    "security.login",
    "security.two_factor_token_validation",
    "security.mf_recovery",
    "accounts.forgotten",
    "accounts.link",
)


def register(app: Flask) -> None:
    """Give the application its pages."""
    from portal.web import (
        accounts,
        errors,
        frame,
        health,
        home,
        intake,
        notices,
        pages,
        people,
        pupils,
        signing_in,
        trail,
        transfers,
    )

    config: Config = app.config["PORTAL"]
    app.request_class = PortalRequest
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    CSRFProtect(app)
    app.before_request(_begin)
    app.after_request(_end)
    frame.prepare(app, links=home.links)
    signing_in.prepare(app)
    errors.register(app)
    for module in (pages, health, home, accounts, people, transfers, intake, pupils, notices, trail):
        app.register_blueprint(module.bp)
    _slow_down(app)


def _slow_down(app: Flask) -> None:
    """So many tries a minute from one address, coarse and for every process on its own; the locks that count are
    in the database.
    """
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=False)
    for endpoint in LIMITED:
        limited: Any = limiter.limit(TRIES, methods=["POST"])(app.view_functions[endpoint])
        app.view_functions[endpoint] = limited


def _begin() -> None:
    g.request_id = logs.new_request_id()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id") or uuid4().hex
    route = request.url_rule.rule if request.url_rule else None
    logs.log().info("request", method=request.method, route=route, status=response.status_code)
    return response
