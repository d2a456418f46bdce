"""portal check: every part by name, and what to do about the one that is wrong."""

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import sqlalchemy as sa

from portal import migrations
from portal.audit import actions as audit
from portal.cli import opening
from portal.errors import PortalError
from portal.gateways import reading
from portal.parts import Parts
from portal.people import records as people
from storage import StorageError


@dataclass(frozen=True)
class Finding:
    """One part: good, worth knowing, or wrong."""

    part: str
    state: str
    says: str


def _keys(parts: Parts) -> Iterator[Finding]:
    for path in (parts.config.root_key, parts.config.keys_folder / "cookies.key"):
        yield _private(path)


def _private(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Finding("keys", "wrong", f"{path.name} can be read by others (mode {mode:o}): chmod 600 it")
    return Finding("keys", "good", f"{path.name} is its owner’s alone")


def _database(parts: Parts) -> Iterator[Finding]:
    with parts.database.reading() as tx:
        tx.execute(sa.text("SELECT 1"))
    if not migrations.is_current(parts.database):
        yield Finding("database", "wrong", "it has the shape of another release: run `portal init`")
        return
    yield Finding("database", "good", f"{parts.database.engine.dialect.name}, in the shape of this release")
    with parts.database.reading() as tx:
        if people.is_demonstration(tx):
            yield Finding(
                "demonstration",
                "note",
                "this is a demonstration: its one-time codes can be read; never put a real child in it",
            )


def _vault(parts: Parts) -> Iterator[Finding]:
    good = parts.vault.is_ready()
    yield Finding(
        "vault",
        "good" if good else "wrong",
        "opens with this root key" if good else "does not open: is the key file the right one?",
    )


def _trail(parts: Parts) -> Iterator[Finding]:
    report = audit.verify_now(parts)
    says = f"{report.entries} entries, whole" if report.ok else str(report.first_difference)
    yield Finding("trail", "good" if report.ok else "wrong", says)


def _office(parts: Parts) -> Iterator[Finding]:
    if parts.office is None:
        yield Finding("office", "note", "LibreOffice is not here: letters come as .docx; `make system` brings PDF")
    else:
        yield Finding("office", "good", "LibreOffice makes PDF/A")


def _scanner(parts: Parts) -> Iterator[Finding]:
    here = parts.scanner.is_there()
    if here:
        yield Finding("scanner", "good", "ClamAV answers")
    elif parts.config.scanner == "required":
        yield Finding(
            "scanner", "wrong", f"ClamAV does not answer at {parts.config.clamav_socket}: files are held until it does"
        )
    else:
        yield Finding("scanner", "note", "no virus scanner: every file is marked as not scanned")


def _reader(_: Parts) -> Iterator[Finding]:
    level = reading.level()
    missing = [name for name, reached in level.items() if not reached]
    says = "foreign files are read with every protection" if not missing else f"not reached here: {', '.join(missing)}"
    yield Finding("reader", "note" if missing else "good", says)


def _mail(parts: Parts) -> Iterator[Finding]:
    host = parts.config.smtp_host
    yield Finding(
        "mail",
        "good" if host else "note",
        f"by {host}" if host else "no mail server set: mail is written to the console",
    )


PARTS: tuple[tuple[str, Callable[[Parts], Iterator[Finding]]], ...] = (
    ("keys", _keys),
    ("database", _database),
    ("vault", _vault),
    ("trail", _trail),
    ("office", _office),
    ("scanner", _scanner),
    ("reader", _reader),
    ("mail", _mail),
)


def findings(parts: Parts) -> list[Finding]:
    """What every part says of itself; a part that fails is a finding too."""
    found: list[Finding] = []
    for name, ask in PARTS:
        try:
            found += ask(parts)
        except (PortalError, StorageError, OSError, sa.exc.SQLAlchemyError) as fault:
            found.append(Finding(name, "wrong", f"{type(fault).__name__}: look at its settings"))
    return found


@click.command()
@click.option("--json", "as_json", is_flag=True)
def check(*, as_json: bool) -> None:
    """Look at every part. Exit 1 names the fault."""
    found = findings(opening.parts())
    if as_json:
        click.echo(json.dumps({"parts": [asdict(one) for one in found]}, ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{one.state:5} {one.part}: {one.says}")
    wrong = [one for one in found if one.state == "wrong"]
    if wrong:
        click.echo(f"portal: {wrong[0].part}: {wrong[0].says}", err=True)
        raise SystemExit(1)
