"""Whether a notice may issue, with every reason against and every doubt the officer has to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.law import ages, prosecution
from portal.law.calendar import add_working_days
from portal.law.codes import NOT_ESTABLISHED
from portal.law.errors import FactWrong
from portal.law.penalty_notice._amount import Amount, Previous, amount
from portal.law.penalty_notice._deadlines import Deadlines, deadlines, last_safe_posting
from portal.law.penalty_notice._threshold import Threshold
from portal.law.rows import Answer, Reason, Row, newest, reasons, rule


class School(StrEnum):
    """The kinds of place a notice under s.444A may or may not relate to."""

    MAINTAINED = "maintained"
    PUPIL_REFERRAL_UNIT = "pupil referral unit"
    ACADEMY = "academy"
    ALTERNATIVE_PROVISION_ACADEMY = "alternative provision academy"
    CITY_TECHNOLOGY_COLLEGE = "city technology college"
    CITY_COLLEGE_FOR_THE_TECHNOLOGY_OF_THE_ARTS = "city college for the technology of the arts"
    ALTERNATIVE_PROVISION = "alternative provision"
    INDEPENDENT = "independent"
    NON_MAINTAINED_SPECIAL = "non-maintained special"


_NOT_RELEVANT = {School.INDEPENDENT, School.NON_MAINTAINED_SPECIAL}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The facts of a notice under s.444A that is proposed. *posted*: the planned day of first class posting."""

    school: School
    born: date
    offence_from: date
    offence_to: date
    issued: date
    posted: date
    previous: tuple[Previous, ...]
    addressees: int = 1
    threshold: Threshold | None = None
    proceedings: bool = False


@dataclass(frozen=True, kw_only=True)
class IssueDecision(Answer):
    """True where nothing in law stands against it. Warnings do not forbid: the officer answers each.

    *amount* and *deadlines* are None only where the period's own dates contradict each other.
    """

    against: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    amount: Amount | None
    deadlines: Deadlines | None

    def __bool__(self) -> bool:
        return not self.against


def may_issue(proposal: Proposal) -> IssueDecision:
    """Whether the notice may issue. FactWrong only where it would be posted before it is issued."""
    if proposal.posted < proposal.issued:
        raise FactWrong("posted", f"{proposal.posted} is before issue on {proposal.issued}")
    against = tuple(_against(proposal))
    if not _in_order(proposal):
        bars = (_row("period", proposal).reason(_period_wrong(proposal)), *against)
        return IssueDecision(against=bars, warnings=(), amount=None, deadlines=None, because=reasons(*bars))
    due, days = _amount(proposal), _deadlines(proposal)
    against += (*_ladder(due, proposal), *_out_of_time(days, proposal))
    warnings = (*_threshold_doubts(proposal), *_time_doubts(days, proposal))
    return IssueDecision(
        against=against,
        warnings=warnings,
        amount=due,
        deadlines=days,
        because=reasons(*due.because, *days.because, *against, *warnings),
    )


def _row(name: str, proposal: Proposal) -> Row:
    return rule(f"penalty-notice.{name}", proposal.offence_from)


def _in_order(proposal: Proposal) -> bool:
    return proposal.offence_from <= proposal.offence_to <= proposal.issued


def _period_wrong(proposal: Proposal) -> str:
    return (
        f"The offence period {proposal.offence_from} to {proposal.offence_to} and the issue on "
        f"{proposal.issued} are not in order"
    )


def _amount(proposal: Proposal) -> Amount:
    return amount(
        offence_from=proposal.offence_from,
        offence_to=proposal.offence_to,
        issued=proposal.issued,
        previous=proposal.previous,
    )


def _deadlines(proposal: Proposal) -> Deadlines:
    return deadlines(
        offence_from=proposal.offence_from,
        posted=proposal.posted,
        reduced=_amount(proposal).reduced is not None,
    )


def _against(proposal: Proposal) -> Iterator[Reason]:
    """What needs no counting: the school, the child, the addressee, proceedings."""
    if proposal.school in _NOT_RELEVANT:
        yield _row("relevant-school", proposal).reason(f"No notice relates to a school of this kind: {proposal.school}")
    age = ages.compulsory_school_age(born=proposal.born)
    if not age.covers(proposal.offence_from, proposal.offence_to):
        yield _row("compulsory-age", proposal).reason(
            f"The child is of compulsory school age from {age.starts} to {age.ends}, not on every day of the period"
        )
    if proposal.addressees != 1:
        yield _row("one-addressee", proposal).reason()
    if proposal.proceedings:
        yield _row("contemplated", proposal).reason()


def _ladder(due: Amount, proposal: Proposal) -> Iterator[Reason]:
    if due.ladder == "refused":
        issued = ", ".join(str(one.issued) for one in due.counted)
        yield _row("limit", proposal).reason(
            f"{len(due.counted)} previous notices to this parent for this child count, issued {issued}"
        )


def _out_of_time(days: Deadlines, proposal: Proposal) -> Iterator[Reason]:
    last = prosecution.charge_by(proposal.offence_to)
    if last < days.proceedings_from:
        yield _row("provable", proposal).reason(
            f"Proceedings could begin on {days.proceedings_from}, when the last session is out of time ({last})"
        )


def _threshold_doubts(proposal: Proposal) -> Iterator[Reason]:
    counted = proposal.threshold
    if counted is None or not counted.met:
        said = "was not counted" if counted is None else f"is not met: {counted.counted} sessions"
        yield newest("penalty-notice.discretion").reason(
            f"The threshold {said}; a notice below it is at the officer's discretion"
        )
    if counted is not None and counted.codes[NOT_ESTABLISHED]:
        yield newest("penalty-notice.not-established").reason()


def _time_doubts(days: Deadlines, proposal: Proposal) -> Iterator[Reason]:
    row = _row("provable", proposal)
    if not days.enforceable and days.proceedings_from <= prosecution.charge_by(proposal.offence_to):
        yield row.reason(
            f"Sessions from {proposal.offence_from} will be out of time when proceedings could begin "
            f"on {days.proceedings_from}: the charge would leave them out"
        )
    if days.enforceable and _near(proposal, row.number("warn_working_days")):
        yield row.reason(f"The last safe posting day is {last_safe_posting(offence_from=proposal.offence_from)}")


def _near(proposal: Proposal, working_days: int) -> bool:
    """Whether the last safe posting day is fewer than so many working days away."""
    return last_safe_posting(offence_from=proposal.offence_from) < add_working_days(proposal.posted, working_days)
