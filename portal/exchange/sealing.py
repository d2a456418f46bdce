"""What people typed, as sealed JSON in a column under the folder's own key."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.parts import Parts

Answers = dict[str, Any]


def seal(parts: Parts, folder: UUID, answers: Mapping[str, Any]) -> bytes:
    """The answers as ciphertext that opens only as this folder's."""
    return parts.vault.seal_text(str(folder), json.dumps(answers, ensure_ascii=False), "answers")


def unseal(parts: Parts, folder: UUID, sealed: bytes) -> Answers:
    """The answers again."""
    opened: Answers = json.loads(parts.vault.open_text(str(folder), sealed, "answers"))
    return opened
