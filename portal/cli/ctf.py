"""portal ctf: check a common transfer file."""

import json
from pathlib import Path

import click

from portal.exchange import ctf as rules
from portal.gateways.reading import Reader
from portal.people import records


@click.group()
def ctf() -> None:
    """Common transfer files."""


@ctf.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def check(file: Path, *, as_json: bool) -> None:
    """Say what FILE is, from whom, for whom, and what is wrong with it. Exit 1 where there are errors."""
    with file.open("rb") as stream:
        report = rules.read(
            Reader(), iter(lambda: stream.read(1 << 18), b""), called=file.name, known=records.listed_codes()
        )
    found = rules.as_json(report)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else json.dumps(found, ensure_ascii=False, indent=2))
    raise SystemExit(1 if report.errors else 0)
