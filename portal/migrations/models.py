"""Every module that declares tables, so that a migration sees them all."""

from portal.audit import records as audit
from portal.documents import records as documents
from portal.exchange import records as exchange
from portal.intake import records as intake
from portal.notices import records as notices
from portal.people import account
from portal.people import records as people
from portal.pupils import records as pupils

ALL = (audit, documents, exchange, intake, notices, account, people, pupils)
