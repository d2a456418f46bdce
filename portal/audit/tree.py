"""The Merkle tree of RFC 9162 and the signed checkpoint of C2SP. Pure: no database, no clock, no files.

leaf = SHA-256(00 || entry), node = SHA-256(01 || left || right). A checkpoint is a signed note: origin, size, root.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

EMPTY = sha256(b"").digest()
ED25519 = b"\x01"
ID = 4
PROOF = "c2sp.org/tlog-proof@v1"


def leaf(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two below *size*: where RFC 9162 divides a tree."""
    return 1 << (size - 1).bit_length() - 1


@dataclass
class Growing:
    """The right edge of a tree: the roots of its whole subtrees, largest first. Enough to grow and to give the root."""

    size: int = 0
    edge: tuple[bytes, ...] = ()

    def add(self, hashed: bytes) -> None:
        """One more leaf."""
        edge, size = [*self.edge, hashed], self.size
        while size & 1:
            right, left = edge.pop(), edge.pop()
            edge.append(node(left, right))
            size >>= 1
        self.edge, self.size = tuple(edge), self.size + 1

    def root(self) -> bytes:
        """The root of everything so far."""
        if not self.edge:
            return EMPTY
        *rest, root = self.edge
        for left in reversed(rest):
            root = node(left, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes."""
    growing = Growing()
    for hashed in leaves:
        growing.add(hashed)
    return growing.root()


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The path from leaf *index* to the root."""
    if len(leaves) <= 1:
        return []
    at = split(len(leaves))
    if index < at:
        return [*inclusion(leaves[:at], index), root_of(leaves[at:])]
    return [*inclusion(leaves[at:], index - at), root_of(leaves[:at])]


def included(hashed: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that the path leads to, or None for a path of the wrong length (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    at, last, root = index, size - 1, hashed
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = node(step, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node(root, step)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


@dataclass(frozen=True)
class Checkpoint:
    """A head of the tree."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


class Signer:
    """Signs checkpoints under the name of this log."""

    def __init__(self, origin: str, seed: bytes) -> None:
        self.origin = origin
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def note(self, checkpoint: Checkpoint) -> str:
        """The signed note."""
        body = checkpoint.body()
        signature = key_id(self.origin, self.public) + self._key.sign(body.encode())
        return f"{body}\n— {self.origin} {base64.b64encode(signature).decode()}\n"


def key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:ID]


def read_note(note: str, origin: str, public: bytes) -> Checkpoint | None:
    """The checkpoint, if the note is of this log and its signature holds."""
    body, _, signatures = note.partition("\n\n")
    lines = body.split("\n")
    if len(lines) != 3 or lines[0] != origin or not lines[1].isdecimal():  # noqa: PLR2004  origin, size, root
        return None
    for line in signatures.splitlines():
        if _signed(f"{body}\n", line, origin, public):
            return Checkpoint(origin, int(lines[1]), base64.b64decode(lines[2]))
    return None


def _signed(body: str, line: str, origin: str, public: bytes) -> bool:
    words = line.split(" ")
    if len(words) != 3 or words[:2] != ["—", origin]:  # noqa: PLR2004  dash, name, signature
        return False
    signature = base64.b64decode(words[2])
    if signature[:ID] != key_id(origin, public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature[ID:], body.encode())
    except InvalidSignature:
        return False
    return True


def proof(index: int, path: Sequence[bytes], note: str) -> str:
    """What a stranger needs to verify one entry offline."""
    lines = [PROOF, f"index {index}", *(base64.b64encode(step).decode() for step in path)]
    return "\n".join(lines) + "\n\n" + note
