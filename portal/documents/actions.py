"""What happens to held files by itself: the scanner hears them as soon as it is back."""

from portal.audit.events import Name
from portal.documents import custody, records
from portal.documents.records import Document, ScanState
from portal.gateways.scanner import Outcome
from portal.parts import Parts
from portal.people.telling import tell


def scan_held(parts: Parts) -> None:
    """Scan what waits. Clean files are released; infected ones stay held for ever, with an event that says so."""
    with parts.database.reading() as tx:
        waiting = records.held(tx)
    for document in waiting:
        heard = parts.scanner.scan(custody.stream(parts, document))
        if heard.outcome is Outcome.CLEAN:
            _release(parts, document)


def _release(parts: Parts, document: Document) -> None:
    with parts.database.transaction() as tx:
        found = tx.get_one(Document, document.id)
        if found.scan is not ScanState.HELD:
            return
        found.scan = ScanState.CLEAN
        objects = {"document": document.id, "transfer": document.folder}
        tell(tx, parts.now(), None, Name.DOCUMENT_RELEASED, objects=objects, digests={"sha256": document.sha256})
