"""portal vault: put a file into the store, and get it out again."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import click

from portal.cli import opening

READ = 256 * 1024


@click.group()
def vault() -> None:
    """The sealed store."""


@vault.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--folder", type=click.UUID, help="The folder's id; a new folder without it")
@click.option("--json", "as_json", is_flag=True)
def put(file: Path, folder: UUID | None, *, as_json: bool) -> None:
    """Seal FILE into the vault. Prints the name that gets it out again."""
    parts = opening.parts()
    with file.open("rb") as plain, parts.vault.begin(str(folder or uuid4())) as pending:
        while chunk := plain.read(READ):
            pending.write(chunk)
        receipt = pending.keep()
    found = {"name": f"{receipt.folder}/{receipt.name}", "size": receipt.size, "sha256": receipt.sha256}
    click.echo(json.dumps(found) if as_json else "\n".join(f"{key}: {value}" for key, value in found.items()))


@vault.command()
@click.argument("name")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--json", "as_json", is_flag=True)
def get(name: str, output: Path, *, as_json: bool) -> None:
    """Open NAME into a file. What fails leaves no file."""
    parts = opening.parts()
    folder, _, blob = name.partition("/")
    aside = output.with_name(f".{output.name}.{uuid4().hex}")
    try:
        with parts.vault.open(blob, folder) as opened, aside.open("xb") as plain:
            size = sum(plain.write(chunk) for chunk in opened)
        aside.replace(output)
    finally:
        aside.unlink(missing_ok=True)
    if as_json:
        click.echo(json.dumps({"name": name, "size": size, "output": str(output)}))
