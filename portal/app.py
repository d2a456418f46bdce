"""create_app: the only place that joins the parts."""

from flask import Flask

from portal import logs, resources, web
from portal.config import Config
from portal.parts import Parts
from portal.people import secrets


def create_app(config: Config | None = None, parts: Parts | None = None) -> Flask:
    """The portal as a WSGI application. With *parts*, those instead of the real ones."""
    config = parts.config if parts else config or Config.read()
    logs.start(config.log_level)
    parts = parts or Parts.build(config)
    app = Flask("portal", template_folder=str(resources.TEMPLATES), static_folder=str(resources.STATIC))
    app.config.update(settings(config))
    app.extensions["parts"] = parts
    web.register(app)
    return app


def settings(config: Config) -> dict[str, object]:
    """Our settings in Flask's words."""
    return {
        "PORTAL": config,
        "SECRET_KEY": secrets.cookies(config),
        "MAX_CONTENT_LENGTH": config.upload_limit + 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 200,
        "SESSION_COOKIE_NAME": "portal_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.https,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }
