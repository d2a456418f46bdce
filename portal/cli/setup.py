"""portal init: database, keys, the table of authorities, the home authority and the first administrator."""

import os
import secrets
import sys
from pathlib import Path

import click

from portal import jobs, migrations
from portal.audit import actions as audit
from portal.config import Config
from portal.errors import Conflict
from portal.parts import Parts
from portal.people import actions as people


def initialise(config: Config) -> Parts:
    """Make what is missing; what is there stays. Gives the parts of the instance."""
    for folder in (config.data.absolute(), config.keys_folder, config.vault_folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_secret(config.keys_folder / "cookies.key")
    parts = Parts.build(config, make=True)
    migrations.upgrade(parts.database)
    jobs.prepare(parts)
    audit.prepare(parts)
    people.found_home(parts)
    return parts


def _make_secret(path: Path) -> None:
    """32 random bytes as text, readable by its owner alone; never overwritten."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
        file.flush()
        os.fsync(file.fileno())


@click.command()
@click.option("--admin", help="E-mail address of the first administrator")
@click.option("--name", default="Administrator", show_default=True, help="That person's full name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input")
def init(admin: str | None, name: str, *, password_stdin: bool) -> None:
    """Make a portal in the data folder."""
    config = Config.read()
    parts = initialise(config)
    if people.has_administrator(parts):
        raise Conflict("this portal has an administrator already; nothing was changed")
    email = admin or click.prompt("E-mail address of the first administrator")
    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else click.prompt("Password, 12 characters or more", hide_input=True, confirmation_prompt=True)
    )
    people.create_first_administrator(parts, email=email, name=name, password=password)
    click.echo(f"The portal is in {config.data}. Keep {config.keys_folder} apart from every copy of the vault.")
    click.echo("`portal run` serves it; the first sign-in sets up the one-time codes.")
