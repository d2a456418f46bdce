"""The root key: 32 random bytes in a file that only its owner can read, apart from everything it protects."""

import contextlib
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.disk import create_whole
from storage.errors import BlobExists, KeyWrong

KEY, IV = 32, 12


class LocalRoot:
    """Wraps folder keys under a local key file."""

    def __init__(self, path: Path) -> None:
        try:
            key = path.read_bytes()
        except FileNotFoundError:
            raise KeyWrong(f"there is no root key at {path}") from None
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyWrong(f"others can read {path.name}: make it mode 0600")
        if len(key) != KEY:
            raise KeyWrong(f"{path.name} is not a root key")
        self._aead = AESGCM(key)

    @classmethod
    def make(cls, path: Path) -> "LocalRoot":
        """A new key at *path*, or the one that is there."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(BlobExists):
            create_whole(path, os.urandom(KEY))
        return cls(path)

    def wrap(self, key: bytes, about: str) -> bytes:
        """*key* sealed, bound to what it is for."""
        iv = os.urandom(IV)
        return iv + self._aead.encrypt(iv, key, about.encode())

    def unwrap(self, wrapped: bytes, about: str) -> bytes:
        """The key again. Raises KeyWrong where it was wrapped under another root, or for something else."""
        try:
            return self._aead.decrypt(wrapped[:IV], wrapped[IV:], about.encode())
        except InvalidTag:
            raise KeyWrong("the root key is not the one this store was made with") from None
