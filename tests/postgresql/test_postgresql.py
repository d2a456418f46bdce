"""The same portal on PostgreSQL, a real one: set up, full of the demonstration, its trail whole and unchangeable."""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal import migrations
from portal.audit import actions as audit
from portal.cli import setup
from portal.config import Config
from portal.demo import making

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
QUICK = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@pytest.fixture(scope="module")
def database():
    """A cluster of its own behind a Unix socket; PostgreSQL refuses to run as root."""
    if not PROGRAMS:
        pytest.skip("PostgreSQL is not installed: make system")
    folder = Path(tempfile.mkdtemp())
    who = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(folder, "nobody")
    given = {"env": {"LC_ALL": "C.UTF-8", "HOME": str(folder), "PATH": "/usr/bin:/bin"}, "cwd": folder, **who}
    make = [
        PROGRAMS[-1] / "initdb",
        "-D",
        folder / "data",
        "-U",
        "app",
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, **given)
    running = subprocess.Popen(
        [PROGRAMS[-1] / "postgres", "-D", folder / "data", "-k", folder, *QUICK], stderr=subprocess.DEVNULL, **given
    )
    for _ in range(100):
        if (folder / ".s.PGSQL.5432").exists():
            break
        time.sleep(0.05)
    yield f"postgresql+psycopg://app@/postgres?host={folder}"
    running.send_signal(2)
    running.wait(20)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def served(database, tmp_path_factory):
    config = Config.read(
        _env_file=None, data=tmp_path_factory.mktemp("data") / "instance", database_url=database, scanner="off"
    )
    parts = replace(setup.initialise(config), office=None)
    making.make(parts)
    yield parts
    parts.database.close()


def test_the_demonstration_is_made_and_its_trail_is_whole(served):
    report = audit.verify_now(served)
    assert (report.ok, report.unsequenced) == (True, 0)
    assert report.entries > 200


def test_the_database_has_the_shape_of_this_release(served):
    assert migrations.is_current(served.database)


@pytest.mark.parametrize(
    "change", ["UPDATE trail_entry SET name = 'x'", "DELETE FROM trail_entry", "TRUNCATE trail_entry CASCADE"]
)
def test_the_database_itself_refuses_to_change_the_trail(served, change):
    with pytest.raises(sa.exc.DatabaseError), served.database.transaction() as tx:
        tx.execute(sa.text(change))


def test_reading_cannot_write(served):
    with pytest.raises(sa.exc.DatabaseError), served.database.reading() as tx:
        tx.execute(sa.text("DELETE FROM draft"))
