"""ClamAV, the real one, with a signature of our own: found, clean, too big, away."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from portal.gateways.scanner import ClamAV, Heard, Nobody, Outcome, find, understood

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(scope="module")
def clamd():
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    if not Path(program).exists():
        pytest.skip("ClamAV is not installed: make system")
    folder = Path(tempfile.mkdtemp())
    (folder / "test.ndb").write_text(f"Test.Eicar:0:*:{EICAR[:40].hex()}\n")
    settings = {
        "Foreground": "yes", "DatabaseDirectory": folder, "LocalSocket": folder / "s", "LocalSocketMode": "666",
        "StreamMaxLength": "2M", "MaxFileSize": "2M", "AlertExceedsMax": "yes", "SelfCheck": "0", "User": user(),
    }  # fmt: skip
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user())
    running = subprocess.Popen(
        [program, "-c", folder / "clamd.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    scanner = ClamAV(folder / "s")
    for _ in range(200):
        if scanner.is_there():
            break
        time.sleep(0.05)
    yield scanner
    running.terminate()
    running.wait()
    shutil.rmtree(folder)


def user():
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def test_what_is_clean_is_clean(clamd):
    assert clamd.scan([b"a leaver form", b" and more"]).outcome is Outcome.CLEAN


def test_what_is_infected_is_found_and_named(clamd):
    heard = clamd.scan([b"before ", EICAR])
    assert heard.outcome is Outcome.INFECTED
    assert "Eicar" in heard.signature


def test_what_is_too_big_to_be_heard_is_not_clean(clamd):
    assert clamd.scan([b"x" * 65536] * 64).outcome is Outcome.TOO_BIG


def test_where_nobody_answers_nothing_is_clean(tmp_path):
    away = ClamAV(tmp_path / "none")
    assert away.scan([b"x"]).outcome is Outcome.UNAVAILABLE
    assert not away.is_there()
    assert find("auto", tmp_path / "none") == Nobody()
    assert find("required", tmp_path / "none") == away


ANSWERS = {
    b"stream: OK": Outcome.CLEAN,
    b"stream: Win.Test FOUND": Outcome.INFECTED,
    b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND": Outcome.TOO_BIG,
    b"INSTREAM size limit exceeded. ERROR": Outcome.TOO_BIG,
    b"": Outcome.UNAVAILABLE,
    b"stream: something else": Outcome.UNAVAILABLE,
    b"OK": Outcome.UNAVAILABLE,
}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.decode() or "silence")
def test_every_answer_but_a_plain_ok_is_not_clean(answer):
    assert understood(answer).outcome is ANSWERS[answer]


def test_a_heard_signature_is_for_the_trail():
    assert understood(b"stream: Win.Test FOUND") == Heard(Outcome.INFECTED, "Win.Test")
