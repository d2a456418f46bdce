"""The vault: files go in sealed, once, beside their final place, and come out verified."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage import blobs, message
from storage.disk import Disk
from storage.errors import KeyWrong, StorageError, Tampered, TooLong
from storage.folders import CANARY, Folders
from storage.header import KEY, WrappedKey, context_bytes
from storage.keys import IV, LocalRoot

NAMESPACE = b"portal"
TAG_BITS, IV_BYTES = 128, 12


@dataclass(frozen=True)
class Receipt:
    """What the vault gives in return for bytes. Keep it: it finds and proves them."""

    name: str
    folder: str
    size: int  # of the plaintext
    sha256: str  # of the plaintext


class Vault:
    """A store of sealed files, each in one folder, each folder under a key of its own."""

    def __init__(self, disk: Disk, folders: Folders) -> None:
        self._disk, self._folders = disk, folders

    @classmethod
    def at(cls, folder: Path, *, root_key: Path, keys: Path) -> Self:
        """The vault in a folder; its keys are made where there are none. Raises KeyWrong for another store's key."""
        if root_key.absolute().is_relative_to(folder.absolute()):
            raise KeyWrong("the root key must not lie inside the vault")
        root = LocalRoot.make(root_key) if not keys.exists() else LocalRoot(root_key)
        return cls(Disk(folder), Folders(keys, root))

    def begin(self, folder: str, *, limit: int | None = None) -> "Pending":
        """Begin a file. Leave the block without `keep`, and it was never there."""
        return Pending(self, folder, limit)

    def open(self, name: str, folder: str) -> "Opened":
        """The file, to be read inside a `with` block. Raises BlobNotFound, KeyDestroyed, Tampered."""
        return Opened(self, self._disk.open(name), name, folder)

    def destroy(self, name: str) -> None:
        """The file is gone."""
        self._disk.destroy(name)

    def destroy_folder(self, folder: str) -> None:
        """The folder's key is gone, and with it every file and text that was sealed in it."""
        self._folders.destroy(folder)

    def names(self) -> Iterator[str]:
        """Every file there is."""
        return self._disk.names()

    def is_ready(self) -> bool:
        """Whether keys open and the disk can be written to."""
        try:
            self._folders.key(CANARY)
        except StorageError:
            return False
        return os.access(self._disk.root, os.W_OK)

    def seal_text(self, folder: str, text: str, about: str) -> bytes:
        """A text for a column, which opens only with the folder's key and as what it is about."""
        iv = os.urandom(IV)
        return iv + self._columns(folder, make=True).encrypt(iv, text.encode(), about.encode())

    def open_text(self, folder: str, sealed: bytes, about: str) -> str:
        """The text again. Raises Tampered, KeyDestroyed."""
        try:
            return self._columns(folder).decrypt(sealed[:IV], sealed[IV:], about.encode()).decode()
        except InvalidTag:
            raise Tampered("a sealed text is not as it was") from None

    def _columns(self, folder: str, *, make: bool = False) -> AESGCM:
        """Columns have a key of their own: random nonces and the files' wrapped keys never share one."""
        key = self._folders.key(folder, make=make)
        return AESGCM(HKDF(algorithm=SHA256(), length=KEY, salt=None, info=b"portal columns").derive(key))

    def wrapper(self, folder: str) -> message.Wrap:
        """Wraps a file's key under its folder's, in the way the stock SDKs call raw AES."""
        key = AESGCM(self._folders.key(folder, make=True))

        def wrap(data_key: bytes, context: bytes) -> WrappedKey:
            iv = os.urandom(IV_BYTES)
            return WrappedKey(NAMESPACE, _info(folder) + iv, key.encrypt(iv, data_key, context))

        return wrap

    def unwrapper(self, folder: str) -> message.Unwrap:
        """Opens what `wrapper` wrapped."""

        def unwrap(key: WrappedKey, context: bytes) -> bytes:
            named = _info(folder)
            if key.provider != NAMESPACE or not key.info.startswith(named) or len(key.info) != len(named) + IV_BYTES:
                raise message.NotOurs
            try:
                return AESGCM(self._folders.key(folder)).decrypt(key.info[len(named) :], key.wrapped, context)
            except InvalidTag:
                raise Tampered("the file's key is not as it was sealed") from None

        return unwrap


def _info(folder: str) -> bytes:
    return folder.encode() + TAG_BITS.to_bytes(4, "big") + IV_BYTES.to_bytes(4, "big")


def _context(name: str, folder: str) -> bytes:
    """What a file is bound to: a blob that is moved or renamed does not open."""
    return context_bytes({"folder": folder, "name": name})


class Pending:
    """A file on its way in. Only ciphertext lies on the disk, beside its final place, and nobody sees it."""

    def __init__(self, vault: Vault, folder: str, limit: int | None) -> None:
        self._vault, self._folder, self._limit = vault, folder, limit
        self._name = blobs.fresh()
        self._path, self._file = vault._disk.aside(self._name)  # noqa: SLF001  one module
        self._hash = hashlib.sha256()
        self._sealer: message.Sealer | None = None
        self._done = False
        self.size = 0
        try:
            context = _context(self._name, folder)
            self._sealer = message.Sealer(self._write, vault.wrapper(folder), context)
        except BaseException:
            self.drop()
            raise

    def write(self, plain: bytes | memoryview) -> None:
        """Take more of the file. Raises TooLong past the limit."""
        if self._sealer is None or self._done:
            raise StorageError("this file takes no more")
        self.size += len(plain)
        if self._limit is not None and self.size > self._limit:
            raise TooLong(f"the file is longer than {self._limit} bytes")
        self._hash.update(plain)
        self._sealer.seal(plain)

    def open(self) -> Iterator[bytes]:
        """What was written, verified, from the start; after this nothing more can be written."""
        self._finish()
        self._file.seek(0)
        unwrap = self._vault.unwrapper(self._folder)
        for piece in message.opened(self._file.read, unwrap, _context(self._name, self._folder)):
            yield bytes(piece)

    def keep(self) -> Receipt:
        """The file is durable and can be found. Until here it was not there."""
        self._finish()
        self._vault._disk.keep(self._name, self._path, self._file)  # noqa: SLF001
        self._file.close()
        return Receipt(self._name, self._folder, self.size, self._hash.hexdigest())

    def drop(self) -> None:
        """The file was never there."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _finish(self) -> None:
        if not self._done and self._sealer is not None:
            self._sealer.finish()
            self._done = True

    def _write(self, sealed: bytes | memoryview) -> None:
        rest = memoryview(sealed)
        while rest:
            rest = rest[self._file.write(rest) :]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._file.closed:
            self.drop()


class Opened:
    """A file on its way out: pieces of plaintext, each verified before it is given."""

    def __init__(self, vault: Vault, file: BinaryIO, name: str, folder: str) -> None:
        self._file = file
        self._pieces = message.opened(file.read, vault.unwrapper(folder), _context(name, folder))

    def __enter__(self) -> Self:
        return self

    def __iter__(self) -> Iterator[bytes]:
        return (bytes(piece) for piece in self._pieces)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
