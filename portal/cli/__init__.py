"""The command line: exit 0 = done, 1 = refused or failed with one line that says what to do, 2 = wrong usage."""

import importlib
import sys

import click

from portal.errors import PortalError
from portal.law.errors import LawError
from storage import StorageError

# name -> module: each is imported when it is called, so that every command starts fast
COMMANDS = {
    "init": "setup",
    "check": "check",
    "demo": "demo",
    "run": "serve",
    "work": "serve",
    "vault": "vault",
    "letter": "letter",
    "law": "law",
    "ctf": "ctf",
    "audit": "audit",
    "bench": "bench",
}


class _Portal(click.Group):
    """Finds a command in its own module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"portal.cli.{COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found


@click.group(cls=_Portal)
@click.version_option(package_name="portal", message="%(version)s")
def cli() -> None:
    """The portal for children missing education and attendance law."""


def main() -> None:
    """Run a command; a refusal is one line on standard error."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as left:
        sys.exit(left.exit_code)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (PortalError, StorageError, LawError, OSError) as refused:
        click.echo(f"portal: {refused}", err=True)
        sys.exit(1)
