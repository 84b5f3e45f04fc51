"""What outlives leaders in the demonstration's story: pages of leads and hosts, each form wrong."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from cohorts.handover.models import Departure
from cohorts.learning import service as learning
from cohorts.structures.models import Body, BodyMeeting
from consortium.database import db
from consortium.demonstration import cast
from consortium.people.models import Appointment
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants

GARDEN = "/garden-coast"
OWNER, LEAD = cast.COORDINATOR.key, cast.MANAGEMENT_LEAD.key
HARBOR = "3499001"


def visits_of_what_lasts(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        harbor = learning.partnership_of_place(HARBOR).id
        mine = select(Body).where(Body.partnership_id == harbor).order_by(Body.begins_on)
        body = db.session.scalars(mine).first()
        assert body is not None
        body_id = body.id
        meeting_id = db.session.scalars(
            select(BodyMeeting.id).where(BodyMeeting.body_id == body_id)
        ).first()
        office_id = db.session.scalars(
            select(Appointment.id).where(
                Appointment.lea_id == HARBOR, Appointment.ends_on.is_(None)
            )
        ).first()
        left = db.session.scalars(select(Departure).order_by(Departure.left_on)).first()
        assert left is not None
        gone, gone_from = left.id, left.partnership_id
    own = f"{GARDEN}/partnerships/{harbor}"
    one = f"{own}/bodies/{body_id}"
    departure = f"{GARDEN}/partnerships/{gone_from}/departures/{gone}"
    yield ("structures.bodies", f"{own}/bodies", LEAD)
    yield ("structures.body", one, LEAD)
    yield ("structures.begin_body", f"{own}/begin-body", LEAD)
    yield ("structures.begin_body", f"{own}/begin-body", LEAD, {"name": ""})
    yield ("structures.change_body", f"{one}/change", LEAD)
    yield ("structures.change_body", f"{one}/change", LEAD, {"begins_on": ""})
    yield ("structures.end_body", f"{one}/end", LEAD)
    yield ("structures.end_body", f"{one}/end", LEAD, {"ends_on": "2001-01-01"})
    yield ("structures.log_meeting", f"{one}/log", LEAD)
    yield ("structures.log_meeting", f"{one}/log", LEAD, {"on": ""})
    yield ("structures.change_meeting", f"{one}/meetings/{meeting_id}", LEAD)
    yield ("structures.change_meeting", f"{one}/meetings/{meeting_id}", LEAD, {"labor_came": ""})
    yield ("structures.offices", f"{own}/offices", LEAD)
    yield ("structures.add_office", f"{own}/offices/add", OWNER)
    yield ("structures.add_office", f"{own}/offices/add", OWNER, {})
    yield ("structures.leave_office", f"{own}/offices/{office_id}/leave", OWNER)
    yield ("structures.leave_office", f"{own}/offices/{office_id}/leave", OWNER, {})
    yield ("structures.years", f"{own}/years", LEAD)
    yield ("structures.past", f"{own}/past", LEAD)
    yield ("handover.show", f"{own}/hand-over", LEAD)
    yield ("handover.contact", f"{own}/contact", LEAD)
    yield ("handover.leaves", f"{own}/leaves", LEAD)
    yield ("handover.leaves", f"{own}/leaves", LEAD, {"left_on": ""})
    yield ("handover.departure", departure, OWNER)
    yield ("handover.departure", departure, OWNER, {})
    yield ("handover.partnerships", f"{GARDEN}/manage/partnerships", OWNER)
    yield ("handover.partnerships", f"{GARDEN}/manage/partnerships?q=nowhere", OWNER)
    yield ("handover.at_risk", f"{GARDEN}/manage/at-risk", OWNER)
    yield ("handover.rules", f"{GARDEN}/settings/risk", OWNER)
    yield ("handover.rules", f"{GARDEN}/settings/risk", OWNER, {"vacant_days": ""})
