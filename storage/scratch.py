"""A temporary file of one request: on the disk only ciphertext, the key only in memory, gone with the request.

Blocks of 64 KiB are sealed each under its own counter that never comes twice, so any part can be read again.
"""

import io
import os
import tempfile

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BLOCK = 64 * 1024
TAG, IV = 16, 12


class Scratch(io.RawIOBase):
    """Written once from start to end, then read from anywhere, as Werkzeug does with an upload."""

    def __init__(self) -> None:
        super().__init__()
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  closed with this object
        self._aead = AESGCM(AESGCM.generate_key(256))
        self._tail = bytearray()
        self._blocks = 0
        self._at = 0
        self._cached = (-1, b"")

    @property
    def size(self) -> int:
        return self._blocks * BLOCK + len(self._tail)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, plain: object, /) -> int:
        """Add at the end; what is written is never changed."""
        given = memoryview(plain)  # type: ignore[arg-type]
        if self._at != self.size:
            raise io.UnsupportedOperation("a scratch file is written from start to end")
        self._tail += given
        self._at += len(given)
        while len(self._tail) >= BLOCK:
            self._seal(bytes(self._tail[:BLOCK]))
            del self._tail[:BLOCK]
        return len(given)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError("there is nothing before the start")
        self._at = base + offset
        return self._at

    def readinto(self, into: object, /) -> int:
        """Fill as much as one block gives."""
        target = memoryview(into).cast("B")  # type: ignore[arg-type]
        if self._at >= self.size:
            return 0
        number, within = divmod(self._at, BLOCK)
        block = self._opened(number) if number < self._blocks else bytes(self._tail)
        piece = block[within : within + len(target)]
        target[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def read(self, size: int | None = -1, /) -> bytes:
        """So many bytes, fewer only at the end: callers count on it."""
        wanted = self.size - self._at if size is None or size < 0 else size
        pieces: list[bytes] = []
        while wanted > 0:
            buffer = bytearray(min(wanted, BLOCK))
            got = self.readinto(buffer)
            if not got:
                break
            pieces.append(bytes(buffer[:got]))
            wanted -= got
        return b"".join(pieces)

    def close(self) -> None:
        self._file.close()
        self._tail.clear()
        super().close()

    def _seal(self, block: bytes) -> None:
        sealed = self._aead.encrypt(self._blocks.to_bytes(IV, "big"), block, None)
        while sealed:
            sealed = sealed[self._file.write(sealed) :]
        self._blocks += 1

    def _opened(self, number: int) -> bytes:
        if self._cached[0] != number:
            here = self._file.tell()
            self._file.seek(number * (BLOCK + TAG))
            sealed = self._file.read(BLOCK + TAG)
            self._file.seek(here)
            self._cached = (number, self._aead.decrypt(number.to_bytes(IV, "big"), sealed, None))
        return self._cached[1]
