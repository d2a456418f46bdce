"""What a school does with a leaver form."""

from uuid import UUID

from portal.exchange import looking, steps
from portal.exchange.records import Transfer, TransferKind
from portal.exchange.sealing import seal
from portal.intake.records import Leaver
from portal.intake.rules import LeaverForm
from portal.parts import Parts
from portal.people import records as people
from portal.people.rules import Person


def send_leaver(parts: Parts, person: Person, which: UUID) -> UUID:
    """Send a leaver form to the home authority. Twice sends once. Raises AnswersWrong where it is not whole."""
    with parts.database.reading() as tx:
        there = tx.get(Transfer, which)
    if there is not None and there.sent_by == person.id:
        return which
    ready = looking.begun(parts, person, which)
    form = LeaverForm.read(ready.answers)
    sealed = seal(parts, which, ready.answers)
    with parts.database.transaction() as tx:
        recipient = people.home(tx).id
        steps.send(tx, parts.now(), person, which, kind=TransferKind.LEAVER, recipient=recipient, summary=sealed)
        if tx.get(Leaver, which) is None:
            tx.add(Leaver(transfer=which, surname=form.surname, forenames=form.forenames, born=form.born, upn=form.upn))
    return which
