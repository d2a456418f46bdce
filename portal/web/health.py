"""Whether the portal lives, and whether it can work: for a watcher, without a word about anything inside."""

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal import migrations
from portal.web.here import parts

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "alive"}


@bp.get("/ready")
def ready() -> ResponseReturnValue:
    """Database and vault answer, and the database has the shape of this release."""
    try:
        with parts().database.reading() as tx:
            tx.execute(sa.text("SELECT 1"))
        good = migrations.is_current(parts().database) and parts().vault.is_ready()
    except (sa.exc.SQLAlchemyError, OSError):
        good = False
    return ({"status": "ready"}, 200) if good else ({"status": "not ready"}, 503)
