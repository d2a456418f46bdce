"""portal letter: list the letters, lint a template, render one."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import click

from portal.gateways.office import Office
from portal.law import penalty_notice
from portal.notices.printing import said
from portal.paperwork import letters
from portal.paperwork.docx import render as fill


@click.group()
def letter() -> None:
    """Letters from Word templates."""


@letter.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(*, as_json: bool) -> None:
    """Every letter there is."""
    found = [
        {"name": name, "title": letters.load(name).title, "draft": letters.load(name).is_draft}
        for name in letters.names()
    ]
    click.echo(
        json.dumps({"letters": found}) if as_json else "\n".join(f"{one['name']}: {one['title']}" for one in found)
    )


@letter.command()
@click.argument("name")
@click.option("--data", type=click.File(encoding="utf-8"), required=True)
@click.option("--on", "on_day", type=click.DateTime(["%Y-%m-%d"]), help="The day of issue; today without it")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def render(name: str, data: IO[str], on_day: datetime | None, output: Path) -> None:
    """Render letter NAME. Exit 1 where the law forbids it, or a field is missing."""
    given: dict[str, Any] = json.load(data)
    on = on_day.date() if on_day else date.today()  # noqa: DTZ011  the day where the command is typed
    found = letters.load(name)
    fields = _reckoned(given, on) if name == "penalty-notice" and "offence" in given else given
    if wrong := letters.check(found, fields):
        raise click.ClickException("; ".join(wrong))
    docx = fill(found.template_on(on), fields)
    if output.suffix == ".pdf":
        office = Office.find()
        if office is None:
            raise click.ClickException("LibreOffice is not here: run `make system`, or ask for a .docx")
        output.write_bytes(office.convert(docx, str(fields["title"])))
    else:
        output.write_bytes(docx)


def _reckoned(given: dict[str, Any], on: date) -> dict[str, Any]:
    """The fields that the law gives, from `offence: {from, to}`, `posting` and `previous`. Exit 1 where it forbids."""
    day = date.fromisoformat
    begins, ends = day(given["offence"]["from"]), day(given["offence"]["to"])
    previous = [
        penalty_notice.Previous(**{k: day(v) for k, v in one.items() if v}) for one in given.get("previous", ())
    ]
    sums = penalty_notice.amount(offence_from=begins, offence_to=ends, issued=on, previous=previous)
    if sums.full is None:
        raise click.ClickException("; ".join(f"{reason.rule} ({reason.source})" for reason in sums.because[-1:]))
    days = penalty_notice.deadlines(offence_from=begins, posted=day(given["posting"]), reduced=sums.reduced is not None)
    rest = {key: value for key, value in given.items() if key not in {"offence", "posting", "previous"}}
    return rest | {
        "issued": said(on),
        "offence_from": said(begins),
        "offence_to": said(ends),
        "planned_posting": said(day(given["posting"])),
        "received": said(days.received),
        "reduced_until": said(days.reduced_until) if days.reduced_until else "",
        "pay_until": said(days.pay_until),
        "proceedings_from": said(days.proceedings_from),
        "is_first": sums.reduced is not None,
        "reduced": f"£{sums.reduced}" if sums.reduced else "",
        "full": f"£{sums.full}",
        "previous_count": len(sums.counted),
        "session_count": len(given["sessions"]),
    }


@letter.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", default="penalty-notice", show_default=True, help="The letter whose fields it must have")
def lint(file: Path, name: str) -> None:
    """Say what is wrong with a template."""
    wrong = letters.lint(file.read_bytes(), letters.load(name))
    click.echo("\n".join(wrong) or "Nothing is wrong with it.")
    raise SystemExit(1 if wrong else 0)
