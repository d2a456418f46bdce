"""portal bench: speed as a ratio against the peer and the limit, measured in turn in one run."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from portal import resources
from portal.cli import setup
from portal.config import Config

ROUNDS = 7

PEER = """
import flask, sqlalchemy as sa
from sqlalchemy.orm import Session
engine = sa.create_engine("sqlite://")
app = flask.Flask("peer")
@app.get("/health/live")
def live():
    with Session(engine) as session:
        session.execute(sa.text("SELECT 1"))
    return {"status": "alive"}
assert app.test_client().get("/health/live").status_code == 200
"""

OURS = """
from portal.app import create_app
app = create_app()
assert app.test_client().get("/health/live").status_code == 200
"""


@dataclass(frozen=True)
class Row:
    """One comparison: medians in *unit*, their ratio pair by pair, and its spread."""

    id: str
    what: str
    unit: str
    ours: float
    peer: float
    limit: float | None
    ratio: float
    spread: tuple[float, float]
    rounds: int
    rss_mib: float


def _start(code: str, data: str) -> tuple[float, float]:
    """Seconds from start to first answer, and peak memory in MiB, of a process of its own."""
    measured = f"{code}\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    env = {"PORTAL_DATA": data, "PATH": os.defpath}
    before = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", measured], capture_output=True, text=True, check=True, env=env)
    return time.perf_counter() - before, float(done.stdout.strip().splitlines()[-1])


def pages() -> list[Row]:
    """P11: the start of the web process, import to first answer, against a bare Flask app with SQLAlchemy."""
    with tempfile.TemporaryDirectory() as folder:
        setup.initialise(Config.read(data=Path(folder) / "instance"))
        data = str(Path(folder) / "instance")
        for code in (OURS, PEER):
            _start(code, data)
        pairs = [(_start(OURS, data), _start(PEER, data)) for _ in range(ROUNDS)]
    ratios = sorted(ours[0] / peer[0] for ours, peer in pairs)
    row = Row(
        id="P11",
        what="start of the web process, import to first answer",
        unit="s",
        ours=round(statistics.median(ours[0] for ours, _ in pairs), 3),
        peer=round(statistics.median(peer[0] for _, peer in pairs), 3),
        limit=None,
        ratio=round(statistics.median(ratios), 2),
        spread=(round(ratios[0], 2), round(ratios[-1], 2)),
        rounds=ROUNDS,
        rss_mib=round(max(ours[1] for ours, _ in pairs), 1),
    )
    return [row]


BENCHES = {"pages": pages}


@click.command()
@click.argument("name", type=click.Choice([*BENCHES, "all"]), default="all")
@click.option("--json", "as_json", is_flag=True)
def bench(name: str, *, as_json: bool) -> None:
    """Measure NAME: ours and the peer in turn, in one run."""
    assert resources.TEMPLATES.is_dir()  # noqa: S101  a bench of half an installation would flatter it
    rows = [row for each, measure in BENCHES.items() if name in (each, "all") for row in measure()]
    if as_json:
        click.echo(json.dumps({"rows": [asdict(row) for row in rows]}))
        return
    for row in rows:
        click.echo(
            f"{row.id}  {row.what}: ours {row.ours} {row.unit}, peer {row.peer} {row.unit}, ratio {row.ratio} ({row.spread[0]} to {row.spread[1]}), {row.rss_mib} MiB"
        )
