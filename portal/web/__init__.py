"""HTTP and nothing else: parse, one action, answer."""

from uuid import uuid4

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from portal import logs
from portal.config import Config
from portal.web.uploads import PortalRequest


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


def _begin() -> None:
    g.request_id = logs.new_request_id()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id") or uuid4().hex
    route = request.url_rule.rule if request.url_rule else None
    logs.log().info("request", method=request.method, route=route, status=response.status_code)
    return response
