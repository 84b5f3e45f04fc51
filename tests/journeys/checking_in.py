"""Check-in in the demonstration's story, for the pages of desks, badges and attendance."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.checkin.models import Scan
from events.institutes import service as institutes

WEEK = f"/{cast.GARDEN_COAST}/institutes/{cast.WORKING_WEEK}"
SUMMER = f"/{cast.GARDEN_COAST}/institutes/{cast.SUMMER_INSTITUTE}"
OWNER, DESK, MEMBER = cast.COORDINATOR.key, cast.DESK.key, cast.PARTICIPANT.key
FILES = frozenset(
    {"checkin.badges_file", "checkin.own_code", "checkin.roster", "checkin.state", "checkin.worker"}
)
AT_KIOSKS = frozenset({"checkin.kiosk"})
"""Looked at where a tablet is made a kiosk: tests/journeys/test_kiosk.py."""


def visits_of_doors(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        week = institutes.get_by_slug(cast.WORKING_WEEK)
        scan = db.session.scalars(select(Scan).where(Scan.institute_id == week.id)).first()
        assert scan is not None
        person_id = scan.person_id
    yield ("checkin.desk", f"{WEEK}/desk", DESK)
    yield ("checkin.desk", f"{WEEK}/desk?q=mill", DESK)
    yield ("checkin.offline", f"{WEEK}/desk/offline", DESK)
    yield ("checkin.walk_in", f"{WEEK}/desk/walk-in", DESK)
    yield ("checkin.walk_in", f"{WEEK}/desk/walk-in", DESK, {"name": ""})
    yield ("checkin.counts", f"{WEEK}/check-in", OWNER)
    yield ("checkin.doors", f"{WEEK}/check-in/settings", OWNER)
    yield ("checkin.badges", f"{WEEK}/badges", OWNER)
    yield ("checkin.kiosks", f"{WEEK}/kiosks", DESK)
    yield ("checkin.kiosks", f"{WEEK}/kiosks", DESK, {"name": ""})
    yield ("checkin.attendance", f"{WEEK}/attendance?q=mill", OWNER)
    yield ("checkin.record", f"{WEEK}/attendance/{person_id}", OWNER)
    yield ("checkin.record", f"{WEEK}/attendance/{person_id}", OWNER, {"reason": ""})
    yield (
        "checkin.own_badge",
        f"/{cast.GARDEN_COAST}/institutes/{cast.SUMMER_INSTITUTE}/badge",
        MEMBER,
    )
