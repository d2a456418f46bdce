"""Sealed files, written and read as streams in constant memory.

    frame n   u32 n | iv = u96 n | ciphertext (frame length) | tag           n from 1
    last      FFFFFFFF | u32 n | iv | u32 length | ciphertext | tag          exactly one, 0 <= length <= frame length

Keys are fresh for each file, so a counter is a safe nonce. No byte of a frame is given before its tag holds.
"""

import os
import struct
from collections.abc import Callable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage import header
from storage.errors import Tampered
from storage.header import FRAME, IV, TAG, Header, WrappedKey

LAST = b"\xff\xff\xff\xff"
_BODY = b"AWSKMSEncryptionClient Frame"
_FINAL = b"AWSKMSEncryptionClient Final Frame"
Read = Callable[[int], bytes]
Wrap = Callable[[bytes, bytes], WrappedKey]
Unwrap = Callable[[WrappedKey, bytes], bytes]


class Sealer:
    """Seals what it is given, frame by frame, into *write*."""

    def __init__(self, write: Callable[[bytes | memoryview], object], wrap: Wrap, context: bytes) -> None:
        message, data_key = os.urandom(header.ID), os.urandom(header.KEY)
        key, commitment = header.derive(data_key, message)
        head = header.write(message, context, wrap(data_key, context), commitment)
        write(head + header.seal_tag(key, head))
        self._write = write
        self._aead = AESGCM(key)
        self._message = message
        self._number = 1
        self._plain = bytearray(FRAME)
        self._filled = 0
        self._out = bytearray(4 + IV + FRAME + TAG)

    def seal(self, plain: bytes | memoryview) -> None:
        """Take more plaintext."""
        rest = memoryview(plain)
        while rest:
            # A full frame is written when more comes: the last one is always kept back for the end.
            if self._filled == FRAME:
                self._frame()
            taken = min(FRAME - self._filled, len(rest))
            self._plain[self._filled : self._filled + taken] = rest[:taken]
            self._filled += taken
            rest = rest[taken:]

    def finish(self) -> None:
        """Write the last frame: without it, the file is cut short."""
        iv = self._number.to_bytes(IV, "big")
        body = AESGCM.encrypt(self._aead, iv, bytes(self._plain[: self._filled]), self._aad(_FINAL, self._filled))
        self._write(LAST + struct.pack(">I", self._number) + iv + struct.pack(">I", self._filled) + body)

    def _frame(self) -> None:
        iv = self._number.to_bytes(IV, "big")
        self._out[: 4 + IV] = struct.pack(">I", self._number) + iv
        self._aead.encrypt_into(iv, self._plain, self._aad(_BODY, FRAME), memoryview(self._out)[4 + IV :])
        self._write(memoryview(self._out))
        self._number += 1
        self._filled = 0

    def _aad(self, kind: bytes, length: int) -> bytes:
        return self._message + kind + struct.pack(">IQ", self._number, length)


def read_header(read: Read) -> tuple[Header, bytes]:
    """The header and its tag, neither of them verified yet."""
    found = header.Reader(read).header()  # type: ignore[arg-type]
    return found, exactly(read, TAG)


def opened(read: Read, unwrap: Unwrap, context: bytes) -> Iterator[memoryview]:
    """The plaintext, a verified frame at a time; each piece is good until the next is asked for.

    Raises Tampered for every byte that is not as it was sealed, for a file that ends early, and for anything after
    its end.
    """
    found, tag = read_header(read)
    if found.context != context:
        raise Tampered("the file belongs elsewhere")
    key = _first_key(found, tag, unwrap)
    yield from _frames(read, AESGCM(key), found)
    if read(1):
        raise Tampered("there is something after the end of the file")


def _first_key(found: Header, tag: bytes, unwrap: Unwrap) -> bytes:
    """The frames' key, from the first wrapped key that is ours to open."""
    for wrapped in found.keys:
        try:
            return header.check(found, tag, unwrap(wrapped, found.context))
        except NotOurs:
            continue
    raise Tampered("none of the file's keys is ours")


class NotOurs(Exception):
    """This wrapped key is somebody else's."""


def _frames(read: Read, aead: AESGCM, found: Header) -> Iterator[memoryview]:
    sealed, plain = memoryview(bytearray(found.frame + TAG)), memoryview(bytearray(found.frame))
    number = 1
    while True:
        mark = exactly(read, 4)
        last = mark == LAST
        if (exactly(read, 4) if last else mark) != struct.pack(">I", number):
            raise Tampered(f"frame {number} is out of its place")
        iv = exactly(read, IV)
        length = int.from_bytes(exactly(read, 4)) if last else found.frame
        if length > found.frame or iv != number.to_bytes(IV, "big"):
            raise Tampered(f"frame {number} is not as it was sealed")
        sealed[: length + TAG] = exactly(read, length + TAG)
        aad = found.message + (_FINAL if last else _BODY) + struct.pack(">IQ", number, length)
        try:
            aead.decrypt_into(iv, sealed[: length + TAG], aad, plain[:length])
        except InvalidTag:
            raise Tampered(f"frame {number} is not as it was sealed") from None
        if length:
            yield plain[:length]
        if last:
            return
        number += 1


def exactly(read: Read, size: int) -> bytes:
    """So many bytes. Raises Tampered where the file ends before."""
    got = read(size)
    if len(got) != size:
        raise Tampered("the file is cut short")
    return got
