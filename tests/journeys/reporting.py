"""Reports in the demonstration's story: published and taken back, grants, associations."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from cohorts.reports.models import Association, Grant, PublishedReport
from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants

GARDEN = "/garden-coast"
OWNER, FUNDER, HELPER = cast.COORDINATOR.key, cast.FUNDER.key, cast.ASSOCIATION.key
FILES = frozenset({"reports.file", "reports.pdf"})
YEAR = "first=2026-01-01&last=2026-12-31"


def visits_of_reports(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        report = db.session.scalars(select(PublishedReport.id)).one()
        grant = db.session.scalars(select(Grant.id)).one()
        association = db.session.scalars(select(Association.id)).one()
    reports = f"{GARDEN}/reports"
    yield ("reports.home", reports, FUNDER)
    yield ("reports.show", f"{reports}/{report}", FUNDER)
    yield ("reports.take_back", f"{reports}/{report}/take-back", OWNER)
    yield ("reports.take_back", f"{reports}/{report}/take-back", OWNER, {"why": ""})
    yield ("reports.dashboard", f"{reports}/dashboard", OWNER)
    yield ("reports.new", f"{reports}/new", OWNER)
    yield ("reports.new", f"{reports}/new?kind=year&grant=&states=&{YEAR}", OWNER)
    yield ("reports.new", f"{reports}/new?kind=funder&grant=&states=XX&{YEAR}", OWNER)
    yield ("reports.grants", f"{reports}/grants", OWNER)
    yield ("reports.new_grant", f"{reports}/grants/new", OWNER)
    yield ("reports.new_grant", f"{reports}/grants/new", OWNER, {"amount": "many"})
    yield ("reports.grant", f"{reports}/grants/{grant}", OWNER)
    yield ("reports.associations", f"{GARDEN}/settings/associations", OWNER)
    yield ("reports.associations", f"{GARDEN}/settings/associations", OWNER, {})
    yield ("reports.own_people", f"{reports}/own-people/{association}", HELPER)
    yield ("reports.my_name", f"{GARDEN}/my-name", cast.MANAGEMENT_LEAD.key)
