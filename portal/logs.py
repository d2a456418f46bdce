"""Structured logs without personal data, and the one request id that runs through web, job and event."""

import logging
import sys
import uuid
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

import structlog

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

# Only these may be logged: a name that is not here is dropped, so a slip cannot write a child's name.
_ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "request",
        "method",
        "route",
        "status",
        "milliseconds",
        "job",
        "error",
        "fault",
        "part",
        "count",
        "attempt",
        "size",
        "mail_to_count",
    ]
)


def new_request_id() -> str:
    """A fresh id, bound to whatever runs from here on."""
    fresh = uuid.uuid4().hex
    request_id.set(fresh)
    return fresh


def _only_allowed(_: object, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    entry["request"] = request_id.get()
    return {key: value for key, value in entry.items() if key in _ALLOWED and value is not None}


class _WithoutArguments(logging.Formatter):
    """Other people's log lines carry what they were called with; ours keep the message's shape only."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"event": str(record.msg)[:200], "level": record.levelname.lower(), "part": record.name}
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
        return str(structlog.processors.JSONRenderer()(None, "", _only_allowed(None, "", dict(line))))


def start(level: str) -> None:
    """Write one line of JSON to standard error for each thing that happens."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutArguments())
    logging.basicConfig(handlers=[handler], level=max(logging.getLevelName(level), logging.WARNING), force=True)


def log() -> Any:  # noqa: ANN401  structlog's bound logger is made to order and has no type of its own
    """The logger. Keys that are not listed above are dropped."""
    return structlog.get_logger()
