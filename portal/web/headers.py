"""What every answer tells the browser: run nothing but ours, keep nothing, tell nobody."""

import secrets

from flask import Flask, Response, current_app, g, request

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}
TWO_YEARS = "max-age=63072000; includeSubDomains"
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


def nonce() -> str:
    """This request's word, without which no inline script runs."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def register(app: Flask) -> None:
    """Put the headers on every answer, errors and files included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    # A file handed over may carry a tighter policy of its own (sandbox); that one stands.
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce()))
    for name, value in ALWAYS.items():
        response.headers[name] = value
    if current_app.config["PORTAL"].https:
        response.headers["Strict-Transport-Security"] = TWO_YEARS
    response.headers["Cache-Control"] = _kept(response)
    return response


def _kept(response: Response) -> str:
    """Pages are about children, so nothing is kept, but for our own stylesheet, script and icons."""
    if request.endpoint != "static" or not response.status_code < 400:  # noqa: PLR2004 -- HTTP's own border
        return "no-store"
    return FOR_EVER if "v" in request.args else AN_HOUR
