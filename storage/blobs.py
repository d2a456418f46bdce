"""The one gate every blob name passes, on its way in and on its way out."""

import re
import uuid

from storage.errors import NameInvalid

# Lower case and hexadecimal: safe on every disk and in every bucket, and it tells nothing.
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}", re.ASCII)


def check(name: str) -> str:
    """The name, if it is one of ours."""
    if not _NAME.fullmatch(name):
        raise NameInvalid("not a name of this store")
    return name


def fresh() -> str:
    """A name nobody can guess."""
    drawn = uuid.uuid4().hex
    return f"{drawn[:2]}/{drawn}"
