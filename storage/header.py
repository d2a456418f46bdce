"""The head of a sealed file: AWS Encryption SDK message format 2.0, suite 0x0478. All integers big-endian.

02 | 0478 | message id (32) | len16 context | context | count16 wrapped keys | each: len16 provider, len16 info,
len16 wrapped | 02 framed | u32 frame length | commitment (32)            then a tag (16) over all of it
"""

import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import Tampered

VERSION = b"\x02"
SUITE = b"\x04\x78"
FRAMED = b"\x02"
ID, IV, TAG, KEY = 32, 12, 16, 32
FRAME = 256 * 1024
LARGEST_FRAME = 64 * 1024 * 1024
MOST_KEYS = 8
MOST_CONTEXT = 65535
# The key of this one message is used with this nonce once: frames count from 1.
HEADER_IV = bytes(IV)


@dataclass(frozen=True)
class WrappedKey:
    """A data key under somebody's key."""

    provider: bytes
    info: bytes
    wrapped: bytes


@dataclass(frozen=True)
class Header:
    """A header as it was received; *raw* is what its tag is over."""

    raw: bytes
    message: bytes
    context: bytes
    keys: tuple[WrappedKey, ...]
    frame: int
    commitment: bytes


def context_bytes(context: Mapping[str, str]) -> bytes:
    """The pairs in the order of their keys' bytes; nothing at all for none."""
    if not context:
        return b""
    pairs = sorted((key.encode(), value.encode()) for key, value in context.items())
    return struct.pack(">H", len(pairs)) + b"".join(_counted(key) + _counted(value) for key, value in pairs)


def _counted(value: bytes) -> bytes:
    return struct.pack(">H", len(value)) + value


def write(message: bytes, context: bytes, key: WrappedKey, commitment: bytes, *, frame: int = FRAME) -> bytes:
    """A header, without its tag."""
    wrapped = _counted(key.provider) + _counted(key.info) + _counted(key.wrapped)
    head = VERSION + SUITE + message + _counted(context) + struct.pack(">H", 1) + wrapped
    return head + FRAMED + struct.pack(">I", frame) + commitment


def derive(data_key: bytes, message: bytes) -> tuple[bytes, bytes]:
    """The key of the frames, and the commitment to it."""
    return tuple(  # type: ignore[return-value]
        HKDF(algorithm=SHA512(), length=KEY, salt=message, info=info).derive(data_key)
        for info in (SUITE + b"DERIVEKEY", b"COMMITKEY")
    )


class Reader:
    """Takes a header apart, byte by byte, and keeps what it read."""

    def __init__(self, source: "Source") -> None:
        self._source = source
        self._raw = bytearray()

    def header(self) -> Header:
        """The header. Raises Tampered for every version, suite, size or count that is not ours."""
        self._expect(VERSION, "another version")
        self._expect(SUITE, "another suite")
        message = self._take(ID)
        context = self._counted()
        keys = tuple(self._key() for _ in range(self._number(2, 1, MOST_KEYS)))
        self._expect(FRAMED, "not framed")
        frame = self._number(4, 1, LARGEST_FRAME)
        commitment = self._take(KEY)
        return Header(bytes(self._raw), message, context, keys, frame, commitment)

    def _key(self) -> WrappedKey:
        return WrappedKey(self._counted(), self._counted(), self._counted())

    def _take(self, size: int) -> bytes:
        got = self._source(size)
        if len(got) != size:
            raise Tampered("the file is cut short")
        self._raw += got
        return got

    def _expect(self, wanted: bytes, otherwise: str) -> None:
        if self._take(len(wanted)) != wanted:
            raise Tampered(f"the file is of {otherwise}" if "another" in otherwise else f"the file is {otherwise}")

    def _number(self, size: int, least: int, most: int) -> int:
        value = int.from_bytes(self._take(size))
        if not least <= value <= most:
            raise Tampered("a number in the header is out of bounds")
        return value

    def _counted(self) -> bytes:
        return self._take(int.from_bytes(self._take(2)))


class Source:
    """What a reader reads from: gives exactly so many bytes, or fewer at the end."""

    def __call__(self, size: int) -> bytes:  # pragma: no cover - a protocol
        raise NotImplementedError


def seal_tag(key: bytes, head: bytes) -> bytes:
    """The tag over a header."""
    return AESGCM(key).encrypt(HEADER_IV, b"", head)


def check(header: Header, tag: bytes, data_key: bytes) -> bytes:
    """The key of the frames, once commitment and tag hold. The commitment comes first, in constant time."""
    key, commitment = derive(data_key, header.message)
    if not hmac.compare_digest(commitment, header.commitment):
        raise Tampered("the key is not the one this file commits to")
    try:
        AESGCM(key).decrypt(HEADER_IV, tag, header.raw)
    except InvalidTag:
        raise Tampered("the header is not as it was sealed") from None
    return key
