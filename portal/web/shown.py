"""How dates, times, sizes and money are written on every page (and by letters and mail if they like).

Instants are kept in UTC and shown in the time of London; a moment without an offset is UTC.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
STEP = 1024
NOON = 12


def local(moment: datetime) -> datetime:
    """The same moment on a clock in London."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LONDON)


def date_text(day: date) -> str:
    """`23 November 2026`; the London day, where a moment is given."""
    day = local(day) if isinstance(day, datetime) else day
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def iso_date_text(day: str | None) -> str:
    """The same for a kept answer such as `2026-11-23`; nothing for none."""
    return date_text(date.fromisoformat(day)) if day else ""


def time_text(moment: datetime) -> str:
    """`4:30pm`, `9am`, `midday`, `midnight`, in London."""
    at = local(moment)
    if (at.hour, at.minute) in {(0, 0), (NOON, 0)}:
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % NOON + 1}{minutes}{'pm' if at.hour >= NOON else 'am'}"


def datetime_text(moment: datetime) -> str:
    """`23 November 2026 at 4:30pm`, in London."""
    return f"{date_text(moment)} at {time_text(moment)}"


def size_text(size: int) -> str:
    """`1 byte`, `812 bytes`, `20KB`, `1.5MB`, `200MB`; 1KB is 1,024 bytes."""
    if size < STEP:
        return "1 byte" if size == 1 else f"{size} bytes"
    value, unit = size / STEP, "KB"
    for larger in ("MB", "GB"):
        # 1,023.96KB would be written 1024KB
        if round(value, 1) < STEP:
            break
        value, unit = value / STEP, larger
    return f"{value:,.1f}".removesuffix(".0") + unit


def money_text(pence: int) -> str:
    """`£80`, `£1,250`, `£80.50`."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{pounds:,}" + (f".{rest:02}" if rest else "")


def sentence_text(words: str) -> str:
    """The words with a capital to begin and a full stop to end: reasons are written without."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


FILTERS = {
    "iso_date": iso_date_text,
    "date": date_text,
    "time": time_text,
    "datetime": datetime_text,
    "size": size_text,
    "money": money_text,
    "sentence": sentence_text,
}
