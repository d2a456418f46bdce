"""Run by Alembic: joins our tables to its migrations."""

from alembic import context

from portal.database import Base
from portal.migrations import FOREIGN
from portal.migrations.models import ALL


def _ours(_: object, name: str | None, kind: str, __: bool, ___: object) -> bool:  # noqa: FBT001  Alembic calls it so
    return not (kind == "table" and name in FOREIGN)


def run() -> None:
    """Migrate over the engine that the caller gave."""
    assert ALL  # noqa: S101  importing them is what fills the metadata
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=_ours,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
