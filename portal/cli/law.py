"""portal law: ask what statute says, with the reason and the section."""

import json
from typing import IO

import click

from portal.law import questions


@click.group()
def law() -> None:
    """Questions of law, answered with their sources."""


@law.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_(*, as_json: bool) -> None:
    """Every question, the facts it needs, and its sources."""
    known = questions.questions()
    if as_json:
        click.echo(json.dumps({"questions": known}, default=str))
        return
    for question in known:
        click.echo(f"{question['question']}: {', '.join(question['facts']['properties'])}")


@law.command()
@click.argument("question")
@click.option("--facts", type=click.File(encoding="utf-8"), required=True, help="A JSON file, or - for standard input")
@click.option("--json", "as_json", is_flag=True, help="Always on: the answer is JSON")
def ask(question: str, facts: IO[str], *, as_json: bool) -> None:  # noqa: ARG001
    """Answer QUESTION from facts. Exit 0 whenever it answers, also with a refusal."""
    try:
        given = json.load(facts)
    except json.JSONDecodeError as wrong:
        raise click.ClickException(f"the facts are not JSON: {wrong}") from None
    click.echo(json.dumps(questions.ask(question, given), default=str, ensure_ascii=False))
