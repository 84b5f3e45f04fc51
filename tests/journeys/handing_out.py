"""What is handed out in the demonstration's story, for the pages that list and keep it."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.materials.models import Material

INSTITUTE = "/garden-coast/institutes/summer-institute"
OWNER, MEMBER = cast.COORDINATOR.key, cast.PARTICIPANT.key
FILES = frozenset({"materials.bundle", "materials.file", "materials.old"})


def visits_of_papers(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        material = db.session.scalars(select(Material).order_by(Material.position)).first()
        assert material is not None
        material_id = material.id
    shelf = f"{INSTITUTE}/materials"
    yield ("materials.shelf", shelf)
    yield ("materials.shelf", shelf, MEMBER)
    yield ("materials.manage", f"{shelf}/manage", OWNER)
    yield ("materials.add", f"{shelf}/add", OWNER)
    yield ("materials.add", f"{shelf}/add", OWNER, {"title": ""})
    yield ("materials.change", f"{shelf}/{material_id}/change", OWNER)
    yield ("materials.remove", f"{shelf}/{material_id}/remove", OWNER)
