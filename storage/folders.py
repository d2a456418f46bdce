"""One key to a folder, wrapped by the root, in a store of their own: destroy one, and its files are gone."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from storage.errors import KeyDestroyed

KEY = 32
CANARY = "canary"


class Root(Protocol):
    """Wraps and unwraps folder keys."""

    def wrap(self, key: bytes, about: str) -> bytes: ...
    def unwrap(self, wrapped: bytes, about: str) -> bytes: ...


class Folders:
    """The folder keys. Safe for many threads and processes: whoever comes second finds the first one's key."""

    def __init__(self, path: Path, root: Root) -> None:
        self._path, self._root = path, root
        self._local = threading.local()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        with self._writing() as db:
            db.execute("CREATE TABLE IF NOT EXISTS folder_key (folder TEXT PRIMARY KEY, wrapped BLOB)")
        # Says at the start, not at the first opening, that the root key is another store's.
        self.key(CANARY, make=True)
        self._unwrapped = lru_cache(maxsize=1024)(self._root.unwrap)

    def key(self, folder: str, *, make: bool = False) -> bytes:
        """The folder's key; with *make*, a new one where there is none. Raises KeyDestroyed."""
        found = self._find(folder)
        if found is None and make:
            self._make(folder)
            found = self._find(folder)
        if found is None:
            raise KeyDestroyed("this folder has no key")
        unwrap = getattr(self, "_unwrapped", self._root.unwrap)
        key: bytes = unwrap(found, folder)
        return key

    def destroy(self, folder: str) -> None:
        """Destroy the folder's key, at once and here. It cannot be made again: its row stays, empty."""
        with self._writing() as db:
            db.execute(
                "INSERT INTO folder_key VALUES (?, NULL) ON CONFLICT (folder) DO UPDATE SET wrapped = NULL", (folder,)
            )

    def _find(self, folder: str) -> bytes | None:
        row = self._connection().execute("SELECT wrapped FROM folder_key WHERE folder = ?", (folder,)).fetchone()
        if row is not None and row[0] is None:
            raise KeyDestroyed("this folder's key was destroyed")
        return row[0] if row else None

    def _make(self, folder: str) -> None:
        wrapped = self._root.wrap(os.urandom(KEY), folder)
        with self._writing() as db:
            db.execute("INSERT INTO folder_key VALUES (?, ?) ON CONFLICT DO NOTHING", (folder, wrapped))

    def _connection(self) -> sqlite3.Connection:
        # A connection must not cross a fork or a thread.
        held = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():
            made = sqlite3.connect(self._path, timeout=30, isolation_level=None)
            for pragma in ("secure_delete=ON", "synchronous=FULL", "journal_mode=DELETE", "temp_store=MEMORY"):
                made.execute(f"PRAGMA {pragma}")
            held = self._local.held = (os.getpid(), made)
        connection: sqlite3.Connection = held[1]
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
