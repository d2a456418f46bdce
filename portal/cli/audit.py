"""portal audit: verify the trail, export it, prove one entry."""

import dataclasses
import json
from pathlib import Path
from uuid import UUID

import click

from portal.audit import actions
from portal.cli import opening


@click.group()
def audit() -> None:
    """The trail of every act."""


@audit.command()
@click.option(
    "--export", type=click.Path(exists=True, file_okay=False, path_type=Path), help="An export, instead of this portal"
)
@click.option("--json", "as_json", is_flag=True)
def verify(export: Path | None, *, as_json: bool) -> None:
    """Prove that the trail is whole. Exit 1 names the first thing that differs."""
    if export:
        difference = actions.verify_export(export)
        click.echo(
            json.dumps({"ok": difference is None, "first_difference": difference})
            if as_json
            else difference or "The trail is whole."
        )
        raise SystemExit(1 if difference else 0)
    report = actions.verify_now(opening.parts())
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report), default=str))
    else:
        click.echo(f"{report.entries} entries, {report.unsequenced} not yet in the tree")
        click.echo("The trail is whole." if report.ok else f"The trail differs: {report.first_difference}")
    raise SystemExit(0 if report.ok else 1)


@audit.command()
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True)
def export(output: Path) -> None:
    """Write the trail and its verifier into a folder."""
    actions.export(opening.parts().database, output)
    click.echo(f"Check it with: portal audit verify --export {output}")


@audit.command()
@click.argument("event", type=click.UUID)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def prove(event: UUID, output: Path) -> None:
    """Write the proof that EVENT is in the tree."""
    output.write_text(actions.prove(opening.parts().database, event), encoding="utf-8")
