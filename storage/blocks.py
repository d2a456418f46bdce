"""Reading, as a binary file is read, from bytes that can only be opened block by block."""

import io
from abc import abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Blocks(io.BufferedIOBase):
    """A seekable binary file over blocks of one length. A subclass says how long it is and opens one block.

    One block is held open at a time, so memory is constant whatever the size.
    """

    def __init__(self, block: int) -> None:
        self._block = block
        self._position = 0
        self._held = -1
        self._view = memoryview(b"")

    @property
    @abstractmethod
    def size(self) -> int:
        """Bytes of plaintext."""

    @abstractmethod
    def _open_block(self, number: int) -> memoryview:
        """The plaintext of block `number`, from 0. It stays good until the next call."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        self._check_open()
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._check_open()
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("a position before the start")
        self._position = start + offset
        return self._position

    def read(self, size: int | None = -1, /) -> bytes:
        self._check_open()
        pieces = list(self._pieces(self.size if size is None or size < 0 else size))
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def read1(self, size: int = -1, /) -> bytes:
        """At most what is left of one block."""
        piece = self.peek() if size < 0 else self.peek()[:size]
        self._position += len(piece)
        return piece

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        self._check_open()
        target, filled = memoryview(buffer).cast("B"), 0
        while filled < len(target) and (view := self._ahead()):
            taken = min(len(view), len(target) - filled)
            target[filled : filled + taken] = view[:taken]
            filled += taken
            self._position += taken
        return filled

    def peek(self, _size: int = 0, /) -> bytes:
        """What is left of the block at the position, without moving: `readline` looks for its newline there."""
        self._check_open()
        return bytes(self._ahead())

    def _pieces(self, wanted: int) -> Iterator[bytes]:
        while wanted and (view := self._ahead()):
            piece = bytes(view[:wanted])
            wanted -= len(piece)
            self._position += len(piece)
            yield piece

    def _ahead(self) -> memoryview:
        """What is left of the block at the position; empty at the end."""
        if self._position >= self.size:
            return memoryview(b"")
        number, within = divmod(self._position, self._block)
        if number != self._held:
            self._held = -1  # a block that fails to open must not pass for the one before it
            self._view = self._open_block(number)
            self._held = number
        return self._view[within:]

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("the file is closed")
