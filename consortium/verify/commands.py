"""Verify on the command line."""

import json
from dataclasses import asdict

import click
from flask import current_app

from consortium.verify import service


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write the findings as JSON.")
def verify(*, as_json: bool) -> None:
    """Look through the whole database for what must never be, changing nothing.

    The exit code is 0 when everything is as it must be and 1 when something is not.
    """
    findings = service.verify(current_app.extensions["checks"])
    if as_json:
        click.echo(json.dumps([asdict(each) for each in findings], indent=2))
    else:
        for each in findings:
            verdict = "VIOLATED" if each.violations else "ok"
            click.echo(f"{verdict:<9} {each.code:<8} {each.words} ({each.seconds:.1f} s)")
            for violation in each.violations:
                click.echo(f"          {violation}")
    if any(each.violations for each in findings):
        raise click.exceptions.Exit(1)
