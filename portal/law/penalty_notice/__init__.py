"""Penalty notices: what is to be paid, until when, whether one may issue, and what withdrawal does.

Statute in a few lines. The amount and the ladder turn on the day the offence period begins (before 19 August 2024
the old sums, no ladder). A first notice: 80 pounds within 21 days beginning with receipt, else 160. A previous one
in the three years ending with issue: 160. Two: none may issue. Withdrawn notices, acquittals and notices for
offences that began before 19 August 2024 are disregarded. Pay within 28 days of receipt; no proceedings before
receipt + 29.
"""

from portal.law.penalty_notice._amount import (
    Amount,
    Ladder,
    Previous,
    Section,
    amount,
    first_day_counted,
)
from portal.law.penalty_notice._deadlines import Deadlines, deadlines, last_safe_posting
from portal.law.penalty_notice._issue import IssueDecision, Proposal, School, may_issue
from portal.law.penalty_notice._threshold import Threshold, threshold
from portal.law.penalty_notice._withdrawal import Withdrawal, withdrawal

__all__ = [
    "Amount",
    "Deadlines",
    "IssueDecision",
    "Ladder",
    "Previous",
    "Proposal",
    "School",
    "Section",
    "Threshold",
    "Withdrawal",
    "amount",
    "deadlines",
    "first_day_counted",
    "last_safe_posting",
    "may_issue",
    "threshold",
    "withdrawal",
]
