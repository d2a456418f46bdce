"""The task that tries to break out and says what held it: for `portal check`."""

import mmap
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

_STATUS = Path("/proc/self/status")
_TOO_MUCH = 8 << 30  # bytes; granted where nothing limits them, for none is touched
_before: dict[str, bool] = {}


def prepare(head: bytes) -> None:  # noqa: ARG001 - every task is given the first bytes
    """Note what can only be seen while files can still be opened."""
    _before["no environment"] = Path("/proc/self/environ").read_bytes() == b""
    _before["network namespace"] = [name for _, name in socket.if_nameindex()] in ([], ["lo"])


def read(file: IO[bytes]) -> dict[str, bool]:
    """Each protection by its name, and whether it held."""
    file.read()
    filtered = _refused(lambda: os.kill(os.getpid(), 0))
    return {
        **_before,
        "system calls filtered": filtered,
        # Without it the kernel grants no filter to a process that has no privilege.
        "no new privileges": filtered,
        "no network": _refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
        "no files": _refused(_STATUS.read_bytes),
        "no other programs": _refused(lambda: os.execv(sys.executable, [sys.executable, "-c", ""])),  # noqa: S606
        "memory limited": _too_much(),
    }


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def _too_much() -> bool:
    try:
        mmap.mmap(-1, _TOO_MUCH, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except OSError:
        return True
    return False
