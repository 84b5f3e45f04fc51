"""The partnerships of the world's teams, and a cohort's year that some of them are in."""

from datetime import date, datetime

from cohorts.learning import service as learning
from cohorts.learning.domain.series import Span
from cohorts.learning.models import House, StaffKind
from cohorts.learning.service import attending, continuing, planning, staffing
from cohorts.learning.service.planning import Facts
from cohorts.learning.service.staffing import Assignment
from consortium.database import db, transaction
from consortium.directory.models import Lea
from events.facade.teams import teams_at
from events.institutes.models import Institute
from tests.factories import make_institute, make_lea, make_session, make_team
from tests.whole.world import World

BY = "coordinator@example.org"


def begin_partnerships(world: World, institute: Institute) -> None:
    """Let every registered team's partnership begin, and its LEA be in a cohort that has met."""
    cohort = make_institute("year", kind="cohort", title="The year")
    _meet(world, cohort)
    _ask_to_continue(world, cohort)
    for view in teams_at(institute.id):
        if not view.registered or not view.lea_id:
            continue
        with transaction():
            partnership = learning.partnership_of_place(view.lea_id, view.site)
        world.parts.append({"partnership_id": str(partnership.id)})
        roster = {
            world.people[key].email: role
            for key, role in _roster(world, [seat.name for seat in view.seats if seat.confirmed])
        }
        if not roster:
            continue
        lea = db.session.get_one(Lea, view.lea_id)
        team = make_team(cohort, lea, roster, site="Year School")
        with transaction():
            attending.hand_homework_in(team.id, "held0", note="We read it", link="", by=BY)
        world.parts += [{"team_id": str(team.id), "code": f"held{n}"} for n in range(world.size)]


def _ask_to_continue(world: World, cohort: Institute) -> None:
    """Ask ``size`` teams of an earlier institute to go on; super1 speaks for one side of each."""
    past = make_institute("before")
    for n in range(world.size):
        lea = make_lea(f"3488{n:03}", f"Past {n}")
        roster = {f"past{n}@example.org": "union_leader"}
        if n == 0:
            roster[world.people["super1"].email] = "superintendent"
        else:
            roster[f"boss{n}@example.org"] = "superintendent"
        team = make_team(past, lea, roster)
        with world.app.test_request_context(), transaction():
            (asked,) = continuing.ask_to_continue(cohort.id, [team.id], note="", by=BY)
        world.parts.append({"asked_id": str(asked.id)})


def _meet(world: World, cohort: Institute) -> None:
    for n in range(world.size):
        make_session(
            cohort,
            f"held{n}",
            f"2026-02-{10 + n}T16:00",
            f"2026-02-{10 + n}T18:00",
            meeting=True,
            homework="Read",
        )
        said = Facts(
            house=House.LABOR,
            house_name=f"Hall {n}",
            snow_starts=datetime(2026, 2, 20 + n, 16),
            snow_ends=datetime(2026, 2, 20 + n, 18),
        )
        gap = Span(name=f"Break {n}", first=date(2026, 4, 6 + n), last=date(2026, 4, 6 + n))
        guide = Assignment(
            email=f"guide{n}@example.org", name=f"Guide {n}", kind=StaffKind.FACILITATOR
        )
        with transaction():
            planning.put_facts(cohort.id, f"held{n}", said, version=0, by=BY)
            planning.add_gap(cohort.id, gap, by=BY)
            staffing.assign(cohort.id, guide, by=BY)
        world.parts.append({"slug": cohort.slug, "code": f"held{n}"})


def _roster(world: World, names: list[str]) -> list[tuple[str, str]]:
    roles = ("superintendent", "principal", "teacher")
    keys = [key for key, someone in world.people.items() if someone.name in names]
    return [(key, roles[min(n, len(roles) - 1)]) for n, key in enumerate(keys)]
