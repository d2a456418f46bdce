"""LibreOffice, kept warm beside the worker: letters in, PDF/A out, over pipes and never through a file.

It is killed and started anew when it hangs or dies. Its profile forbids macros, link updates and every fetch that a
document asks for, and its proxy leads nowhere.
"""

import atexit
import contextlib
import os
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from portal.errors import PortalError

PYTHON = Path("/usr/bin/python3")
PROGRAMS = (Path("/usr/lib/libreoffice/program/soffice"), Path("/usr/bin/soffice"))
UNO = Path("/usr/lib/python3/dist-packages/uno.py")
BRIDGE = Path(__file__).with_name("office_bridge.py")
READY = b"READY"
SECONDS = 90.0
SETTINGS = {
    "org.openoffice.Office.Common/Security/Scripting": {
        "BlockUntrustedRefererLinks": "true",
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
    },
    "org.openoffice.Office.Writer/Content/Update": {"Link": "0"},
    "org.openoffice.Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": "127.0.0.1",
        "ooInetHTTPProxyPort": "9",
        "ooInetHTTPSProxyName": "127.0.0.1",
        "ooInetHTTPSProxyPort": "9",
    },
}


class OfficeFailed(PortalError):
    """LibreOffice could not make a PDF of this letter."""


@dataclass
class Office:
    """One LibreOffice, started when it is first needed. A child process after a fork starts its own."""

    program: Path
    seconds: float = SECONDS
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _bridge: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _owner: int = 0
    _profile: Path | None = None

    @classmethod
    def find(cls) -> Self | None:
        """LibreOffice, if it is here with its Python library; `make system` installs both."""
        program = next((one for one in PROGRAMS if one.exists()), None)
        return cls(program) if program and PYTHON.exists() and UNO.exists() else None

    def convert(self, docx: bytes, title: str) -> bytes:
        """The letter as PDF/A. *title* names it in the error. Raises OfficeFailed; a second try is made first."""
        with self._lock:
            for _ in range(2):
                with contextlib.suppress(OSError, EOFError, TimeoutError):
                    made = self._ask(docx)
                    if made:
                        return made
                self._stop()
        raise OfficeFailed(f"LibreOffice could not make a PDF of: {title}")

    def _ask(self, docx: bytes) -> bytes:
        bridge = self._started()
        assert bridge.stdin  # noqa: S101  said to the type checker: it is a pipe
        bridge.stdin.write(struct.pack(">I", len(docx)) + docx)
        bridge.stdin.flush()
        deadline = time.monotonic() + self.seconds
        length = struct.unpack(">I", _read(bridge, 4, deadline))[0]
        return _read(bridge, length, deadline)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._bridge and self._owner == os.getpid() and self._bridge.poll() is None:
            return self._bridge
        self._stop()
        self._profile = _profile()
        # No variable of ours reaches it: no keys, no settings.
        clean = {"PATH": "/usr/bin:/bin", "HOME": str(self._profile), "LANG": "C.UTF-8"}
        command = [str(PYTHON), "-I", str(BRIDGE), str(self.program), str(self._profile)]
        self._bridge = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean,
            cwd="/",
            start_new_session=True,
        )
        self._owner = os.getpid()
        atexit.register(self._stop)
        if _read(self._bridge, len(READY), time.monotonic() + self.seconds) != READY:
            raise OSError("LibreOffice did not start")
        return self._bridge

    def _stop(self) -> None:
        """Kill it and all it started, and remove its profile."""
        bridge, self._bridge = self._bridge, None
        if bridge and self._owner == os.getpid():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(bridge.pid, signal.SIGKILL)
            bridge.wait()
            for pipe in (bridge.stdin, bridge.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
        if self._profile and self._owner == os.getpid():
            shutil.rmtree(self._profile, ignore_errors=True)


def _profile() -> Path:
    """A profile of its own, hardened before the first start."""
    folder = Path(tempfile.mkdtemp(prefix="portal-office-"))
    (folder / "user").mkdir()
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, held in SETTINGS.items()
        for name, value in held.items()
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {spaces}>{items}</oor:items>\n'
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")
    return folder


def _read(bridge: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    """So many bytes before the deadline. Raises TimeoutError, EOFError."""
    assert bridge.stdout  # noqa: S101  said to the type checker: it is a pipe
    pipe, got = bridge.stdout.fileno(), bytearray()
    while len(got) < size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            raise TimeoutError
        more = os.read(pipe, size - len(got))
        if not more:
            raise EOFError
        got += more
    return bytes(got)
