"""Tables and partner teams in the demonstration's story: published, and as drafts."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from cohorts.matching.domain.grouping import Start, Terms
from cohorts.matching.models import Grouping, GroupingKind
from cohorts.matching.service.grouping_acts import add_wish
from cohorts.matching.service.groupings import group_teams
from cohorts.matching.service.team_searches import ask_team_search, cancel_team_search
from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.facade import registered_teams
from events.institutes import service as institutes

GARDEN, SLUG = "/garden-coast", "summer-institute"
OWNER, MEMBER = cast.COORDINATOR.key, cast.PARTICIPANT.key
FILES = frozenset({"matching.grouping_csv"})


def visits_together(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        institute = institutes.get_by_slug(SLUG)
        with app.test_request_context(), transaction():
            mend = Terms(start=Start.MEND, smallest=3, largest=4)
            group_teams(institute.id, GroupingKind.TABLES, cast.COORDINATOR.email, mend)
            one, other = (team.id for team in registered_teams(institute.id)[:2])
            pair = (one, other)
            add_wish(institute.id, GroupingKind.TABLES, pair, cast.COORDINATOR.email, apart=True)
            by = cast.COORDINATOR.email
            stopped = ask_team_search(institute.id, GroupingKind.TABLES, mend, by=by)
            cancel_team_search(institute.id, stopped.id, by=by)
            ask_team_search(institute.id, GroupingKind.PARTNERS, Terms(), by=by)
        published = select(Grouping.id).where(Grouping.published_at.is_not(None))
        shown = db.session.scalars(published).one()
    together = f"{GARDEN}/manage/institutes/{SLUG}/together"
    for kind in GroupingKind:
        yield ("matching.groups", f"{together}/{kind.value}", OWNER)
        yield ("matching.wish", f"{together}/{kind.value}/wishes", OWNER)
        yield ("matching.wish", f"{together}/{kind.value}/wishes", OWNER, {})
    wrong = {"smallest": "9", "largest": "4"}
    yield ("matching.groups", f"{together}/tables", OWNER, wrong)
    yield ("matching.grouping", f"{together}/shown/{shown}", OWNER)
    yield ("matching.together", f"{GARDEN}/institutes/{SLUG}/together", MEMBER)
