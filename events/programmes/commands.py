"""Programme files on the command line."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.domain.slugs import RESERVED
from events.programmes import service as programmes
from events.programmes.domain import (
    LARGEST,
    SLUG,
    Choices,
    Fault,
    FaultyProgramme,
    Reading,
    json_schema,
    parse,
)
from events.programmes.domain.zones import places

FAULTY = 2  # exit code
BY = "command:programme"

_File = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


def _address(_context: click.Context, _parameter: click.Parameter, slug: str) -> str:
    """Refuse what could be no address."""
    if slug and (not re.fullmatch(SLUG, slug) or slug in RESERVED):
        raise click.BadParameter(
            say("Use small letters, digits and single hyphens, like summer-institute-2027.")
        )
    return slug


class Standalone(click.Command):
    """A command that needs no settings and no database."""


def _zone(_context: click.Context, _parameter: click.Parameter, zone: str) -> str:
    """Refuse what is no zone of a place."""
    if zone and zone not in places():
        raise click.BadParameter(say("Write it like America/New_York or America/Chicago."))
    return zone


_of_schedule = (
    click.option(
        "--zone", default="", callback=_zone, help="Zone of a conference whose file names none."
    ),
    click.option(
        "--rounds", is_flag=True, help="Let people choose one of a conference's parallel talks."
    ),
)


def _schedule_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take what is said beside a conference's schedule."""
    for option in _of_schedule:
        command = option(command)
    return command


@click.group()
def programme() -> None:
    """Check, load and write programme files: whole institutes as plain JSON."""


@programme.command(cls=Standalone)
@click.argument("file", type=_File)
@_schedule_options
def check(file: Path, **beside: Any) -> None:
    """Tell every fault of FILE with its place, and change nothing.

    FILE is a programme file, or the schedule of a conference as other programs write it.
    The exit code is 0 when FILE can be loaded and 2 when it cannot.
    """
    reading = _read(file, Choices(**beside))
    _list(reading.warnings)
    said = reading.programme
    click.echo(
        say(
            "“%(title)s” can be loaded: %(days)s days, %(roles)s roles, %(sessions)s sessions.",
            title=said.title,
            days=len(said.days),
            roles=len(said.roles),
            sessions=len(said.sessions),
        )
    )


@programme.command()
@click.argument("file", type=_File)
@click.option("--consortium", "tenant_slug", required=True, help="Address of the consortium.")
@click.option(
    "--slug", default="", callback=_address, help="Address of the institute to make or to change."
)
@click.option(
    "--publish/--draft",
    default=None,
    help="Publish a new institute, or leave it unpublished, as one made of a schedule is.",
)
@_schedule_options
def load(file: Path, tenant_slug: str, slug: str, *, publish: bool | None, **beside: Any) -> None:
    """Make the institute that FILE describes, or change it to what FILE says now.

    FILE is a programme file, or the schedule of a conference as other programs write it.
    Everything is loaded, or nothing. The exit code is 2 when FILE has faults, or when people who
    are registered would lose something.
    """
    tenant = _tenant(tenant_slug)
    reading = _read(file, Choices(home=tenant.time_zone, **beside))
    _list(reading.warnings)
    if publish is None:
        publish = not reading.programme.schedule_only
    with as_tenant(tenant.id):
        try:
            with transaction():
                planned = programmes.plan(reading.programme, slug=slug)
                institute = programmes.load_programme(
                    reading.programme, by=BY, publish=publish, slug=slug
                )
                path = f"/{tenant_slug}/institutes/{institute.slug}"
                status = institute.status.value
        except Refusal as refusal:
            click.echo(refusal.message, err=True)
            raise click.exceptions.Exit(FAULTY) from refusal
    if planned.dropped:
        click.echo(planned.dropped, err=True)
    for change in planned.changes:
        click.echo(f"{change.what}: {change.before or '—'} → {change.after or '—'}")
    if planned.institute is not None and not planned.changes:
        click.echo(say("Nothing has changed."))
    click.echo(f"{path} ({status})")


@programme.command()
@click.argument("slug")
@click.option("--consortium", "tenant_slug", required=True, help="Address of the consortium.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead."
)
def export(slug: str, tenant_slug: str, out: Path | None) -> None:
    """Write the institute at the address SLUG as a plain programme file."""
    with as_tenant(_tenant(tenant_slug).id):
        institute = institutes.get_by_slug(slug, drafts=True)
        text = _as_text(programmes.export_programme(institute))
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


@programme.command(cls=Standalone)
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) of programme files."""
    click.echo(_as_text(json_schema()), nl=False)


def _read(file: Path, choices: Choices) -> Reading:
    with click.open_file(str(file), "rb") as stream:
        content = stream.read(LARGEST + 1)
    try:
        return parse(content, choices)
    except FaultyProgramme as faulty:
        _list(faulty.faults)
        _list(faulty.warnings)
        click.echo(faulty.message, err=True)
        raise click.exceptions.Exit(FAULTY) from faulty


def _list(faults: Iterable[Fault]) -> None:
    for fault in faults:
        click.echo(f"{fault.path}\t{fault.sentence}", err=True)


def _tenant(slug: str) -> Tenant:
    tenant = tenants.find_by_slug(slug)
    if tenant is None:
        raise NotFound(say("There is no consortium “%(slug)s” here.", slug=slug))
    return tenant


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
