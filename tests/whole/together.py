"""What the world's teams are brought together in: tables and partners, published and drafts."""

from sqlalchemy import select

from cohorts.matching.domain.grouping import Start, Terms
from cohorts.matching.models import GroupingKind
from cohorts.matching.service.grouping_acts import add_wish, publish_grouping
from cohorts.matching.service.groupings import group_teams
from cohorts.matching.service.team_searches import ask_team_search
from consortium.database import db, transaction
from events.facade import registered_teams
from events.institutes.models import Institute
from events.registration.models import Seat
from tests.cohorts.matching.meeting import bring_together as work_together
from tests.whole.world import INSTITUTE, World


def bring_together(world: World, institute: Institute) -> None:
    """Publish tables and partners ``size`` times, leave a draft of each, keep teams in mind."""
    by = world.people["coordinator"].email
    with world.app.test_request_context(), transaction():
        for seat in db.session.scalars(select(Seat).where(Seat.institute_id == institute.id)):
            seat.goals = ["Goal 0"]
    for kind in GroupingKind:
        for _ in range(world.size):
            with world.app.test_request_context(), transaction():
                grouping = group_teams(institute.id, kind, by, Terms(smallest=2))
                publish_grouping(institute.id, grouping.id, by)
        with world.app.test_request_context(), transaction():
            ask_team_search(institute.id, kind, Terms(start=Start.MEND, smallest=2), by=by)
        work_together()
        with world.app.test_request_context(), transaction():
            teams = [team.id for team in registered_teams(institute.id)]
            for other in teams[1 : world.size + 1]:
                add_wish(institute.id, kind, (teams[0], other), by, apart=True)
        world.parts += [
            {"kind": kind.value, "slug": INSTITUTE},
            {"grouping_id": str(grouping.id), "slug": INSTITUTE},
        ]
