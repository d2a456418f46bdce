"""portal demo: the demonstration authority, and the one-time codes of its people."""

import click

from portal import logs
from portal.cli import opening, setup
from portal.config import Config
from portal.demo import cast, making
from portal.errors import Conflict
from portal.people import actions as people
from portal.people import demonstration


@click.group(invoke_without_command=True)
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Make the demonstration authority in an empty instance."""
    if ctx.invoked_subcommand is None:
        make()


@demo.command()
@click.argument("email")
def code(email: str) -> None:
    """The current one-time code of EMAIL; on a demonstration only."""
    click.echo(demonstration.code(opening.parts(), email))


def make() -> None:
    """Make it, and print who can sign in."""
    logs.start("WARNING")
    config = Config.read()
    parts = setup.initialise(config)
    if people.has_administrator(parts):
        raise Conflict("this portal is in use; a demonstration is made in an empty one")
    click.echo("Making the demonstration authority …")
    making.make(parts)
    parts.database.close()
    click.echo("People of the demonstration, all with the password: " + cast.PASSWORD)
    for name, login, roles in cast.STAFF:
        click.echo(f"  {login}@example.org  {name}, {', '.join(sorted(roles))}")
    for who in ("office.alderbrook", "office.beacon", "admissions.390", "robin.vale"):
        click.echo(f"  {who}@example.org")
    click.echo("One-time codes: .venv/bin/portal demo code EMAIL")
