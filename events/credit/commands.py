"""Operators' commands about records of attendance."""

import click

from consortium.database import transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.credit.service import keeping
from events.institutes import service as institutes

BY = "command:attendance purge"


@click.group()
def attendance() -> None:
    """Look after records of who attended."""


@attendance.command()
@click.option("--consortium", "consortium_slug", required=True, help="The consortium's short name.")
@click.argument("institute_slug")
def purge(consortium_slug: str, institute_slug: str) -> None:
    """Delete attendance and certificates whose time has passed.

    Refuses with the earliest day, and what keeps them.
    """
    try:
        with as_tenant(tenants.get_by_slug(consortium_slug).id), transaction():
            institute = institutes.get_by_slug(institute_slug, drafts=True)
            done = keeping.purge_attendance(institute, by=BY)
            people = done.people
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"Deleted. People who had been there: {people}.")
