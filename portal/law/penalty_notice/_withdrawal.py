"""What withdrawing a notice does. SI 2007/1867 regs 8, 9."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.law.errors import FactWrong
from portal.law.rows import Answer, reasons, rule

Ground = Literal["ought-not", "wrong-person", "material-errors", "unpaid"]
FurtherNotice = Literal["unpaid", "paid"]


@dataclass(frozen=True, kw_only=True)
class Withdrawal(Answer):
    """Whether the notice may or must be withdrawn on the ground, and what follows."""

    may_withdraw: bool
    must_withdraw: bool
    proceedings_barred: bool
    repay: bool


def withdrawal(
    *,
    ground: Ground,
    issued: date,
    paid: date | bool | None = None,
    further_notice: FurtherNotice | None = None,
) -> Withdrawal:
    """*paid*: whether (or when) any sum was paid, be it late or in part; the payer gets it back.

    "unpaid" is not paid in full in time, where proceedings are neither instituted nor contemplated.
    *further_notice*: the fate of one issued for the same offence after material errors; None where there was none.
    """
    if isinstance(paid, date) and paid < issued:
        raise FactWrong("paid", f"{paid} is before the notice was issued on {issued}")
    used = [rule(f"penalty-notice.withdraw-{ground}", issued)]
    used.append(rule("penalty-notice.withdrawn-barred", issued))
    if ground == "material-errors":
        used.append(rule("penalty-notice.withdrawn-errors", issued))
    return Withdrawal(
        may_withdraw=True,
        must_withdraw=ground == "unpaid",
        proceedings_barred=not (ground == "material-errors" and further_notice == "unpaid"),
        repay=bool(paid),
        because=reasons(*used),
    )
