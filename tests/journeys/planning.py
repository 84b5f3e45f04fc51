"""The pages on which the demonstration's coordinator writes the programme."""

from collections.abc import Iterator
from typing import Any

from flask import Flask

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.schedule.models import Presenter, Room, Venue
from tests.journeys.proposing import visits_of_proposals

GARDEN = "/garden-coast"
MANAGED = f"{GARDEN}/manage/institutes/summer-institute"
DRAFT = f"{GARDEN}/manage/institutes/fall-convening"
OWNER = cast.COORDINATOR.key


def visits_of_programmes(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        ids = {
            kind.__tablename__: db.session.scalars(db.select(kind.id).order_by(kind.name)).first()
            for kind in (Room, Venue, Presenter)
        }
    session = f"{MANAGED}/sessions/d1-open"
    yield ("schedule.edit", f"{MANAGED}/sessions", OWNER)
    yield ("schedule.edit", f"{DRAFT}/sessions", OWNER)
    yield ("schedule.add", f"{MANAGED}/add-session", OWNER)
    yield ("schedule.add", f"{MANAGED}/add-session", OWNER, {})
    yield ("schedule.change", session, OWNER)
    yield ("schedule.cancel", f"{session}/cancel", OWNER)
    yield ("schedule.move", f"{session}/move", OWNER)
    yield ("schedule.move", f"{session}/move", OWNER, {"begins": "late"})
    yield ("schedule.grid", f"{MANAGED}/grid", OWNER)
    yield ("schedule.preview", f"{MANAGED}/sessions-preview", OWNER)
    yield ("schedule.publish", f"{MANAGED}/publish-programme", OWNER)
    yield ("schedule.publish", f"{MANAGED}/publish-programme", OWNER, {})
    yield ("schedule.publish", f"{DRAFT}/publish-programme", OWNER)
    yield from visits_of_proposals(app)
    yield ("schedule.changes", f"{GARDEN}/institutes/summer-institute/programme/changes")
    yield ("schedule.rooms", f"{MANAGED}/rooms", OWNER)
    for kind, row_id in ids.items():
        yield (f"schedule.add_{kind}", f"{MANAGED}/{kind}s/new", OWNER)
        yield (f"schedule.add_{kind}", f"{MANAGED}/{kind}s/new", OWNER, {"name": ""})
        yield (f"schedule.change_{kind}", f"{MANAGED}/{kind}s/{row_id}", OWNER)
