"""A cohort's year in the demonstration's story: what teams, facilitators and hosts look at."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.models import Continuing
from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import Institute
from events.registration.models import Team

GARDEN = "/garden-coast"
COHORT = f"{GARDEN}/cohorts/{cast.WORKING_YEAR}"
YEAR = f"{GARDEN}/manage/institutes/{cast.WORKING_YEAR}/year"
OWNER, LEAD, GUIDE = cast.COORDINATOR.key, cast.MANAGEMENT_LEAD.key, cast.FACILITATOR.key


def visits_of_the_year(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        team_id = db.session.scalars(
            select(Team.id)
            .join(Institute, Team.institute_id == Institute.id)
            .where(Team.lea_id == "3499001", Institute.slug == cast.WORKING_YEAR)
        ).one()
        partnership = learning.partnership_of_team(team_id)
        assert partnership is not None
        partnership_id = partnership.id
        asked_id = db.session.scalars(select(Continuing.id)).one()
    own = f"{GARDEN}/cohorts/teams/{team_id}"
    yield ("learning.partnership", f"{GARDEN}/partnerships/{partnership_id}", LEAD)
    dispute = f"{GARDEN}/partnerships/{partnership_id}/in-a-dispute"
    yield ("matching.in_dispute", dispute, LEAD)
    yield ("matching.in_dispute", dispute, LEAD, {})
    yield ("matching.in_dispute", dispute, cast.PARTICIPANT.key)
    yield ("learning.team_year", own, LEAD)
    yield ("learning.homework", f"{own}/homework/year-1", LEAD)
    yield ("learning.homework", f"{own}/homework/year-1", LEAD, {"note": ""})
    yield ("learning.missed", f"{own}/missed/year-1", OWNER)
    yield ("learning.board", COHORT, GUIDE)
    yield ("learning.meeting", f"{COHORT}/meetings/year-4", GUIDE)
    yield ("learning.meeting", f"{COHORT}/meetings/year-7", GUIDE, {})
    yield ("learning.continue_from", f"{YEAR}/continue?source={cast.SUMMER_INSTITUTE}", OWNER)
    yield ("learning.continuing", f"{GARDEN}/continuing/{asked_id}", LEAD)
    yield ("learning.continuing", f"{GARDEN}/continuing/{asked_id}", LEAD, {})
    yield ("learning.groups", f"{YEAR}/groups", OWNER)
    yield ("learning.plan", YEAR, OWNER)
    yield ("learning.plan", YEAR, OWNER, {})
    yield ("learning.series", f"{YEAR}/series", OWNER)
    yield ("learning.series", f"{YEAR}/series", OWNER, {})
    yield ("learning.facts", f"{YEAR}/meetings/year-5", OWNER)
    yield ("learning.facts", f"{YEAR}/meetings/year-5", OWNER, {"snow_on": ""})
    yield ("learning.coaches", f"{YEAR}/coaches", OWNER)
    yield ("learning.coaches", f"{YEAR}/coaches", OWNER, {"email": "nobody"})
