"""portal run and portal work: serve the pages, and do what was promised."""

import signal
import subprocess
import sys
import threading

import click

from portal.cli import opening
from portal.config import Config


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--demo-if-empty", is_flag=True, help="On an instance that does not exist yet, make the demonstration authority"
)
def run(host: str, port: int, *, demo_if_empty: bool) -> None:
    """Serve the portal, its worker beside it."""
    if demo_if_empty and not Config.read().root_key.exists():
        from portal.cli.demo import make

        make()
    parts = opening.parts()
    if parts.office is None:
        click.echo("LibreOffice is not here: letters come as .docx. `make system` brings PDF.")
    if parts.scanner.name == "none":
        click.echo("ClamAV is not here: files are marked as not scanned. `make system` brings it.")
    parts.database.close()
    click.echo(f"The portal is at http://{host}:{port}")
    _serve(host, port, parts.config.threads)


def _serve(host: str, port: int, threads: int) -> None:
    worker = subprocess.Popen([sys.executable, "-m", "portal.cli.worker"])
    try:
        subprocess.run(
            [
                *(sys.executable, "-m", "gunicorn", "portal.cli.web:app", "--bind", f"{host}:{port}"),
                *("--worker-class", "gthread", "--workers", "1", "--threads", str(threads)),
                *("--timeout", "0", "--graceful-timeout", "10", "--no-control-socket", "--log-level", "warning"),
            ],
            check=True,
        )
    except KeyboardInterrupt:
        pass
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(20)


@click.command()
def work() -> None:
    """Do what was promised, until stopped."""
    from portal.cli import worker

    worker.work(threading.Event())
