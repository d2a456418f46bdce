"""The worker: promised work, the trail's sequencer, and the files that wait for the scanner."""

import signal
import threading

from portal import jobs, logs
from portal.audit import actions as audit
from portal.cli import opening
from portal.documents import actions as documents
from portal.parts import Parts

# Imported for what they register with `jobs.task`.
from portal.exchange import telling as _exchange  # noqa: F401  isort: skip
from portal.notices import making as _notices  # noqa: F401  isort: skip
from portal.people import mails as _people  # noqa: F401  isort: skip

EVERY = 2.0


def work(stop: threading.Event) -> None:
    """Work until *stop*."""
    parts = opening.parts()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    with jobs.working(parts):
        while not stop.wait(EVERY):
            _round(parts)


def _round(parts: Parts) -> None:
    for what in (audit.sequence_now, documents.scan_held):
        try:
            what(parts)
        except Exception as failed:  # noqa: BLE001  the next round tries again, and the log says what happened
            logs.log().error("round failed", part=what.__name__, fault=type(failed).__name__)


if __name__ == "__main__":
    work(threading.Event())
