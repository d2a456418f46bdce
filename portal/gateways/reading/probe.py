"""The task that tries to break out, and says what held it: for `portal check`."""

import contextlib
import os
import resource
import socket
import sys
from typing import IO

_AT_HOME = "/proc/self/status"
_before: dict[str, bool] = {}


def prepare(head: bytes) -> None:  # noqa: ARG001 - every task takes the first bytes
    # The kernel tells it under a path that a locked worker cannot open any more.
    with open(_AT_HOME, "rb"), contextlib.suppress(OSError):
        _before["network namespace"] = socket.if_nameindex() in ([], [(1, "lo")])


def read(file: IO[bytes]) -> dict[str, bool]:
    file.read()
    filtered = _refused(lambda: os.kill(os.getpid(), 0))
    return {
        "system calls filtered": filtered,
        # A filter without privilege is only granted together with this.
        "no new privileges": filtered,
        "no network": _refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
        "network namespace": _before.get("network namespace", False),
        "no files": _refused(lambda: open(_AT_HOME, "rb")),
        "no other programs": _refused(lambda: os.execv(sys.executable, [sys.executable, "-c", ""])),
        "no environment": not [name for name in _environment() if name != "LC_CTYPE"],
        "memory and time limited": resource.RLIM_INFINITY
        not in (resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0]),
    }
