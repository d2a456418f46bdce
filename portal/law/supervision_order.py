"""How long an education supervision order lasts. Children Act 1989 Schedule 3 para 15."""

from dataclasses import dataclass
from datetime import date

from portal.law.ages import compulsory_school_age
from portal.law.errors import FactWrong
from portal.law.periods import months_later, years_beginning
from portal.law.rows import Answer, reasons, rule


@dataclass(frozen=True, kw_only=True)
class Term(Answer):
    """The last day of the order, and the first day to apply for more; None where age ends it."""

    expires: date
    extend_from: date | None


def term(*, made: date, born: date) -> Term:
    """The order's last day: a year beginning with *made*, or the end of compulsory school age if sooner."""
    age = compulsory_school_age(born=born)
    if not age.covers(made, made):
        raise FactWrong("made", f"the child is of compulsory school age from {age.starts} to {age.ends}")
    year, extension = (
        rule("supervision-order.term", made),
        rule("supervision-order.extension", made),
    )
    expires = years_beginning(made, year.number("years"))
    if age.ends <= expires:
        ends = rule("supervision-order.school-age", made)
        return Term(expires=age.ends, extend_from=None, because=reasons(year, ends, *age.because))
    return Term(
        expires=expires,
        extend_from=months_later(expires, -extension.number("months")),
        because=reasons(year, extension),
    )
