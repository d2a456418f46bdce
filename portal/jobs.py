"""Work that is promised inside a transaction and done after it, for certain.

`enqueue` writes the promise in the caller's own transaction, so work and change stand or fall together. Arguments
are ids: they are stored readable. A worker takes each promise up again until it is done; a job may therefore run
twice, and is written so that the second time changes nothing.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event

from portal import logs
from portal.database import Transaction, prepare_sqlite

if TYPE_CHECKING:
    from dbos import DBOSClient

    from portal.parts import Parts

QUEUE = "portal"
# Fixed: a worker of the next release takes up what this one left waiting.
APPLICATION_VERSION = "1"
ATTEMPTS = 5

Task = Callable[["Parts", UUID], None]
_tasks: dict[str, Task] = {}


def task(name: str) -> Callable[[Task], Task]:
    """Register what a job of this name does: it gets the parts and one id."""

    def register(function: Task) -> Task:
        _tasks[name] = function
        return function

    return register


def enqueue(tx: Transaction, name: str, subject: UUID, *, once: str | None = None) -> None:
    """Promise *name* for *subject* in this transaction. With *once*, the same words make the same promise."""
    client = _client(tx.get_bind().engine.url.render_as_string(hide_password=False))
    options = {"queue_name": QUEUE, "workflow_name": "run", "app_version": APPLICATION_VERSION}
    if once:
        options["workflow_id"] = f"{name}:{subject}:{once}"
    client.enqueue_in_transaction(
        tx,
        options,  # type: ignore[arg-type]  # its own dictionary type
        name,
        str(subject),
        logs.request_id.get(),
    )


@cache
def _client(url: str) -> "DBOSClient":
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    return DBOSClient(system_database_engine=_engine(url), serializer=DBOSPortableJSONSerializer())


@cache
def _engine(url: str) -> sa.Engine:
    """The library begins its own transactions, so it gets an engine of its own to the same database."""
    made = sa.create_engine(url)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare_for_library)
    return made


def _prepare_for_library(connection: Any, record: object) -> None:  # noqa: ANN401  the driver's own connection
    begins = connection.isolation_level
    prepare_sqlite(connection, record)
    connection.isolation_level = begins


@contextmanager
def working(parts: "Parts") -> Iterator[None]:
    """Run promised work in this process until the block ends."""
    from dbos import DBOS

    DBOS(config=_settings(parts))
    _define(parts)
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=2, polling_interval_sec=0.5)
    try:
        yield
    finally:
        DBOS.destroy(destroy_registry=True)


def _settings(parts: "Parts") -> Any:  # noqa: ANN401  the library's own dictionary type would import it
    from dbos import DBOSPortableJSONSerializer

    return {
        "name": "portal",
        "system_database_url": parts.config.database,
        "system_database_engine": _engine(parts.config.database),
        # Stable, so that a worker that starts again takes up what it left half done.
        "executor_id": socket.gethostname(),
        "application_version": APPLICATION_VERSION,
        "log_level": "ERROR",
        "serializer": DBOSPortableJSONSerializer(),
        "notification_listener_polling_interval_sec": 0.5,
    }


def _define(parts: "Parts") -> None:
    from dbos import DBOS

    @DBOS.step(name="do", retries_allowed=True, max_attempts=ATTEMPTS, interval_seconds=1.0)
    def do(name: str, subject: str) -> None:
        _tasks[name](parts, UUID(subject))

    @DBOS.workflow(name="run")
    def run(name: str, subject: str, request: str | None) -> None:
        logs.request_id.set(request)
        logs.log().info("job started", job=name)
        do(name, subject)


def prepare(parts: "Parts") -> None:
    """Make or renew the library's own tables, by starting it once without a queue; `portal init` calls this."""
    from dbos import DBOS

    DBOS(config=_settings(parts))
    try:
        DBOS.launch()
    finally:
        DBOS.destroy(destroy_registry=True)
