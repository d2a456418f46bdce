"""What is to be paid, and whether previous notices leave room for one at all. SI 2007/1867 regs 4, 12A."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.law.errors import FactWrong
from portal.law.periods import years_ending
from portal.law.rows import Answer, Reason, Row, reasons, rule

Section = Literal["444A", "105"]
Ladder = Literal["first", "second", "refused"]
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, kw_only=True)
class Previous:
    """An earlier notice to the same parent for the same child, by any issuer."""

    issued: date
    offence_from: date
    withdrawn: date | None = None
    acquitted: date | None = None

    def __post_init__(self) -> None:
        for name in ("withdrawn", "acquitted"):
            day = getattr(self, name)
            if day is not None and day < self.issued:
                raise FactWrong(name, f"{day} is before its notice was issued on {self.issued}")
        if self.issued < self.offence_from:
            raise FactWrong("issued", f"{self.issued} is before its offence began on {self.offence_from}")


@dataclass(frozen=True, kw_only=True)
class Amount(Answer):
    """Whole pounds. Both None: none may issue. *reduced* None: no reduced sum. *ladder* None: no ladder applies."""

    reduced: int | None
    full: int | None
    ladder: Ladder | None
    counted: tuple[Previous, ...] = ()


def first_day_counted(issued: date, years: int = 3) -> date:
    """The first day of the three years that end with the day of issue."""
    return years_ending(issued, years)


def amount(
    *,
    offence_from: date,
    offence_to: date,
    issued: date,
    previous: Sequence[Previous],
    section: Section = "444A",
) -> Amount:
    """The sum, from the law in force when the offence period began. FactWrong where the dates contradict."""
    if offence_to < offence_from:
        raise FactWrong("offence_to", f"{offence_to} is before offence_from, {offence_from}")
    if issued < offence_to:
        raise FactWrong("issued", f"{issued} is before the offence period ends on {offence_to}")
    sums, regime = rule(f"penalty-notice.amount-{section}", offence_from), _regime(offence_from)
    if not sums.value.get("limited"):
        return _sum(sums, ladder=None, because=reasons(regime, sums))
    return _on_the_ladder(sums, issued, previous, (regime.reason(),))


def _on_the_ladder(sums: Row, issued: date, previous: Sequence[Previous], before: tuple[Reason, ...]) -> Amount:
    window, limit, second = (rule(f"penalty-notice.{name}", issued) for name in ("window", "limit", "amount-second"))
    start = first_day_counted(issued, window.number("years"))
    in_window = [one for one in previous if start <= one.issued <= issued]
    set_aside = {one: why for one in in_window if (why := _disregarded(one, start, issued))}
    counted = tuple(one for one in in_window if one not in set_aside)
    used: tuple[Row | Reason, ...] = (
        *before,
        window,
        *_leap(issued, previous),
        *set_aside.values(),
    )
    if len(counted) >= limit.number("previous"):
        return Amount(
            reduced=None,
            full=None,
            ladder="refused",
            counted=counted,
            because=reasons(*used, limit),
        )
    if counted:
        return Amount(
            reduced=None,
            full=second.number("full"),
            ladder="second",
            counted=counted,
            because=reasons(*used, second),
        )
    return _sum(sums, ladder="first", because=reasons(*used, sums))


def _regime(offence_from: date) -> Row:
    return rule("penalty-notice.regime", offence_from)


def _sum(sums: Row, *, ladder: Ladder | None, because: tuple[Reason, ...]) -> Amount:
    return Amount(reduced=sums.number("reduced"), full=sums.number("full"), ladder=ladder, because=because)


def _disregarded(one: Previous, start: date, issued: date) -> Row | None:
    """Why a notice issued in the three years does not count, if it does not."""
    early = rule("penalty-notice.disregard-early", issued)
    if one.offence_from < early.first:
        return early
    # A later withdrawal or acquittal does not help: the three years end with the day of issue.
    if one.withdrawn is not None and start <= one.withdrawn <= issued:
        return rule("penalty-notice.disregard-withdrawn", issued)
    if one.acquitted is not None and start <= one.acquitted <= issued:
        return rule("penalty-notice.disregard-acquitted", issued)
    return None


def _leap(issued: date, previous: Sequence[Previous]) -> Iterator[Row]:
    days = (issued, *(one.issued for one in previous))
    if any((day.month, day.day) == _LEAP_DAY for day in days):
        yield rule("penalty-notice.window-leap", issued)
