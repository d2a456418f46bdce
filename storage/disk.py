"""Blobs in a folder. Each function's name is its guarantee."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from storage import blobs
from storage.errors import BlobExists, BlobNotFound

ASIDE = ".part"
A_DAY = 24 * 60 * 60


class Disk:
    """A folder of blobs: whole, or not there; never overwritten."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sweep()

    def aside(self, name: str) -> tuple[Path, BinaryIO]:
        """A place beside the blob's own, to write to; nobody sees it."""
        final = self._path(name)
        make_folder(final.parent)
        path = final.with_name(f"{final.name}{ASIDE}")
        return path, os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b", buffering=0)

    def keep(self, name: str, aside: Path, file: BinaryIO) -> None:
        """What was written aside becomes the blob: synced, linked, its folder synced. Raises BlobExists."""
        final = self._path(name)
        os.fsync(file.fileno())
        link_whole(aside, final)

    def open(self, name: str) -> BinaryIO:
        """The blob's bytes. Raises BlobNotFound."""
        try:
            return self._path(name).open("rb")
        except FileNotFoundError:
            raise BlobNotFound("there is no such file in the store") from None

    def destroy(self, name: str) -> None:
        """The blob is gone; a second time changes nothing."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)

    def names(self) -> Iterator[str]:
        """Every blob there is."""
        for path in sorted(self.root.glob("??/*")):
            if path.suffix != ASIDE:
                yield blobs.check(f"{path.parent.name}/{path.name}")

    def _path(self, name: str) -> Path:
        return self.root / blobs.check(name)

    def _sweep(self) -> None:
        """Remove what processes that died left aside; a day later nobody can still be writing it."""
        for path in self.root.glob(f"??/*{ASIDE}"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > A_DAY:
                    path.unlink()


def make_folder(folder: Path) -> None:
    """The folder is there, and so is its entry in the folder above."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def link_whole(aside: Path, final: Path) -> None:
    """*final* is what *aside* was; *aside* is gone. Unlike a rename, it never overwrites."""
    try:
        os.link(aside, final)
    except FileExistsError:
        raise BlobExists("there is a file of this name already") from None
    aside.unlink()
    sync_folder(final.parent)


def create_whole(path: Path, content: bytes) -> None:
    """A file with all of its content, private to its owner, or none. Raises BlobExists."""
    aside = path.with_name(f"{path.name}.{os.getpid()}{ASIDE}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        link_whole(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """What the folder lists is on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
