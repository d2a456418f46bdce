"""Reads foreign files in a process that can do nothing else.

A *task* is the name of a module of ours with two functions:
`prepare(head)` is given the first bytes and imports what will be needed, while that is still possible;
`read(file)` parses the file, confined, and gives what it found as JSON types.

What comes back was made from a stranger's bytes: judge it, do not trust it.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MIB = 1024 * 1024
_ROOT = Path(__file__).parents[3]
_WORKER = Path(__file__).with_name("worker.py")
_SEALS = 0x409, 0x1 | 0x2 | 0x4 | 0x8  # F_ADD_SEALS: seal, shrink, grow, write


@dataclass(frozen=True)
class Reading:
    """What a worker found; or why it could not: `too big`, `time`, `memory` or `fault`."""

    found: Mapping[str, Any] = field(default_factory=dict)
    failed: str = ""


class _TooBig(Exception):
    pass


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Starts one worker for each file. Sizes in bytes, times in seconds."""

    seconds: float = 30
    cpu_seconds: int = 20
    memory: int = 1024 * MIB
    longest: int = 256 * MIB
    longest_answer: int = 32 * MIB

    def run(self, task: str, chunks: Iterable[bytes]) -> Reading:
        """Give the bytes to a worker and wait for what it finds. Errors of *chunks* itself come through."""
        try:
            file = self._in_memory(chunks)
        except _TooBig:
            return Reading(failed="too big")
        with os.fdopen(file, "rb") as held:
            return self._ask(task, held.fileno())

    def _in_memory(self, chunks: Iterable[bytes]) -> int:
        # A memfd has no name on any disk; sealed, the worker cannot even alter its own input.
        file = os.memfd_create("foreign", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            with open(file, "wb", closefd=False) as out:
                size = 0
                for chunk in chunks:
                    size += len(chunk)
                    if size > self.longest:
                        raise _TooBig  # noqa: TRY301  the handler below only closes and passes on
                    out.write(chunk)
            os.lseek(file, 0, os.SEEK_SET)
            _seal(file)
        except BaseException:
            os.close(file)
            raise
        return file

    def _ask(self, task: str, file: int) -> Reading:
        command = [sys.executable, "-I", str(_WORKER), str(_ROOT), task, str(self.cpu_seconds), str(self.memory)]
        with subprocess.Popen(
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        ) as worker:
            try:
                answer = self._collect(worker)
            finally:
                _kill(worker)
        if answer is None:
            return Reading(failed="time")
        # The kernel stops who has used up the processor time with this signal.
        if worker.returncode == -signal.SIGXCPU:
            return Reading(failed="time")
        return _understood(answer)

    def _collect(self, worker: subprocess.Popen[bytes]) -> bytes | None:
        """All that the worker writes, or None where time or the answer's limit ran out first."""
        assert worker.stdout is not None  # noqa: S101 - said to the type checker: stdout is a pipe
        pipe, answer, deadline = worker.stdout.fileno(), bytearray(), time.monotonic() + self.seconds
        while len(answer) <= self.longest_answer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                return None
            chunk = os.read(pipe, 1 << 16)
            if not chunk:
                return bytes(answer) if _ended(worker, deadline) else None
            answer += chunk
        return b""


def _seal(file: int) -> None:
    import fcntl

    fcntl.fcntl(file, *_SEALS)


def _ended(worker: subprocess.Popen[bytes], deadline: float) -> bool:
    try:
        worker.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _kill(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        os.killpg(worker.pid, signal.SIGKILL)


def _understood(answer: bytes) -> Reading:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return Reading(failed="fault")
    if not isinstance(said, dict) or not isinstance(said.get("found"), dict):
        failed = said.get("failed") if isinstance(said, dict) else None
        return Reading(failed="memory" if failed == "memory" else "fault")
    return Reading(found=said["found"])


def level() -> dict[str, bool]:
    """Which protections a worker really has on this machine, tried out by one."""
    found = Reader(seconds=10).run("portal.gateways.reading.probe", [b"probe"]).found
    names = (
        "no new privileges",
        "system calls filtered",
        "no network",
        "network namespace",
        "no files",
        "no other programs",
        "no environment",
        "memory limited",
    )
    return {name: found.get(name) is True for name in names}
