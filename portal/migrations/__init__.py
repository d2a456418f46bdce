"""The database's shape, forward only, numbered 0001_…"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config

    from portal.database import Database

# The job library's own tables: it looks after them itself.
FOREIGN = frozenset(
    [
        "workflow_status",
        "operation_outputs",
        "notifications",
        "workflow_events",
        "workflow_events_history",
        "streams",
        "event_dispatch_kv",
        "workflow_schedules",
        "application_versions",
        "queues",
        "dbos_migrations",
    ]
)


def config(database: "Database") -> "Config":
    """Alembic's settings for this database."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["engine"] = database.engine
    return made


def upgrade(database: "Database") -> None:
    """Bring the database to the shape this release needs."""
    from alembic import command

    command.upgrade(config(database), "head")


def is_current(database: "Database") -> bool:
    """Whether the database has the shape this release needs."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with database.engine.connect() as connection:
        has = MigrationContext.configure(connection).get_current_heads()
    return set(has) == set(ScriptDirectory.from_config(config(database)).get_heads())
