"""The database: SQLite beside the portal, or PostgreSQL beyond one host. One code path for both.

`transaction()` writes, `reading()` only reads, and there is no file or network I/O inside either.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Session

Transaction = Session

# One convention, so that Alembic can name what it changes on both databases.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment. Refuses a time without a zone; gives UTC back on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table is declared on this."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012  SQLAlchemy's own idiom


class Database:
    """Opens transactions. SQLite ones that write begin IMMEDIATE: one that reads, then writes, would fail under load."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = engine(url)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Everything inside happens, or none of it."""
        writing = self.engine.execution_options(portal_begin="BEGIN IMMEDIATE")
        with Session(writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One consistent view; the database itself refuses to write."""
        looking = self.engine.execution_options(portal_read_only=True)
        with Session(looking, expire_on_commit=False, autoflush=False) as session, session.begin():
            yield session
            session.expunge_all()  # rows outlive the transaction as they were read

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        self.engine.dispose()


def is_writing(tx: Transaction) -> bool:
    """Whether this transaction may lock rows: a reading one must not even ask."""
    return not tx.get_bind().get_execution_options().get("portal_read_only")


def engine(url: str) -> sa.Engine:
    """An engine with our pragmas and our way of beginning."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        made = sa.create_engine(url, connect_args={"timeout": 30}, pool_size=20, max_overflow=20)
        event.listen(made, "connect", prepare_sqlite)
        event.listen(made, "begin", _begin_sqlite)
        return made
    made = sa.create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
    event.listen(made, "begin", _begin_postgresql)
    return made


def prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401  the driver's own connection
    connection.isolation_level = None  # or the driver would begin for us, and deferred
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
    if sqlite3.sqlite_version_info < (3, 42):
        # The job library asks unixepoch('subsec'), which older SQLite answers with NULL.
        connection.create_function("unixepoch", -1, lambda *_: time.time())


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if options.get('portal_read_only') else 'OFF'}")
    connection.exec_driver_sql(options.get("portal_begin", "BEGIN"))


def _begin_postgresql(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("portal_read_only"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
