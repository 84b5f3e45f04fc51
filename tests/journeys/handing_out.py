"""What is handed out in the demonstration's story, for the pages that list and keep it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.deliverables.models import Deliverable
from events.institutes.models import Institute
from events.materials.models import Material
from events.registration.models import Team

INSTITUTE = "/garden-coast/institutes/summer-institute"
MANAGED = "/garden-coast/manage/institutes/summer-institute"
OWNER, MEMBER, LEAD = cast.COORDINATOR.key, cast.PARTICIPANT.key, cast.MANAGEMENT_LEAD.key
FILES = frozenset(
    {
        "materials.bundle", "materials.file", "materials.old", "deliverables.bundle",
        "deliverables.hanging", "deliverables.template", "deliverables.version",
        "booklets.agenda", "booklets.programme",
    }
)  # fmt: skip


def visits_of_papers(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        material = db.session.scalars(select(Material).order_by(Material.position)).first()
        assert material is not None
        material_id = material.id
        plan_id = db.session.scalars(
            select(Deliverable.id).where(Deliverable.gallery.is_(True))
        ).one()
        team_id = db.session.scalars(
            select(Team.id)
            .join(Institute, Team.institute_id == Institute.id)
            .where(Team.name == "Harbor Point Township", Institute.slug == cast.SUMMER_INSTITUTE)
        ).one()
    shelf = f"{INSTITUTE}/materials"
    yield ("materials.shelf", shelf)
    yield ("materials.shelf", shelf, MEMBER)
    yield ("materials.manage", f"{shelf}/manage", OWNER)
    yield ("materials.add", f"{shelf}/add", OWNER)
    yield ("materials.add", f"{shelf}/add", OWNER, {"title": ""})
    yield ("materials.change", f"{shelf}/{material_id}/change", OWNER)
    yield ("materials.remove", f"{shelf}/{material_id}/remove", OWNER)
    yield ("signage.signs", f"{INSTITUTE}/signs", OWNER)
    yield ("signage.building", f"{INSTITUTE}/signs/building")
    yield ("signage.sign", f"{INSTITUTE}/rooms/main-hall/sign")
    yield from _of_teams(f"/garden-coast/teams/{team_id}/deliverables", plan_id, team_id)


def _of_teams(team: str, plan_id: UUID, team_id: UUID) -> Iterator[tuple[Any, ...]]:
    asked = f"{MANAGED}/deliverables"
    yield ("deliverables.team", team, MEMBER)
    yield ("deliverables.paper", f"{team}/{plan_id}", LEAD)
    yield ("deliverables.paper", f"{team}/{plan_id}", MEMBER)
    yield ("deliverables.gallery", f"{INSTITUTE}/gallery", MEMBER)
    yield ("deliverables.manage", asked, OWNER)
    yield ("deliverables.add", f"{MANAGED}/add-deliverable", OWNER)
    yield ("deliverables.add", f"{MANAGED}/add-deliverable", OWNER, {"title": ""})
    yield ("deliverables.roll", f"{asked}/{plan_id}", OWNER)
    yield ("deliverables.change", f"{asked}/{plan_id}/change", OWNER)
    yield ("deliverables.stop", f"{asked}/{plan_id}/stop", OWNER)
    yield ("deliverables.review", f"{asked}/{plan_id}/teams/{team_id}", OWNER)
