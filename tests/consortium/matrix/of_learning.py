"""The routes of partnerships and of a cohort's year: who may see them, what each act writes."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.domain.series import Span
from cohorts.learning.models import StaffKind
from cohorts.learning.service import attending, planning, staffing
from cohorts.learning.service.continuing import ask_to_continue
from cohorts.learning.service.planning import Facts
from cohorts.learning.service.staffing import Assignment
from cohorts.matching.domain.grouping import Terms
from cohorts.matching.models import GroupingKind
from cohorts.matching.service.grouping_acts import publish_grouping
from cohorts.matching.service.groupings import group_teams
from consortium.database import db
from consortium.directory.models import Lea
from events.institutes.models import Institute
from events.registration.models import Seat, Team
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import NAMES, RUNS_IT, Answer, Policy
from tests.factories import make_institute, make_session, make_team

COHORT = {"slug": "cohort_slug"}
HELD = COHORT | {"code": "held_code"}
SNOWY = COHORT | {"code": "snowy_code"}
OF_TEAM = {"team_id": "cohort_team_id", "code": "held_code"}
of_a_partnership = Policy(may=NAMES | {"lead", "member"}, others=Answer.MISSING)
of_its_team = Policy(may=of_a_partnership.may, others=Answer.MISSING, names=OF_TEAM)
runs_it = Policy(may=NAMES, others=Answer.MISSING, names=HELD)
plans_it = Policy(may=RUNS_IT, names=HELD)
answers = Policy(may=frozenset({"lead"}), others=Answer.MISSING)

POLICIES: Mapping[str, Policy] = {
    "learning.partnership GET": of_a_partnership,
    "learning.team_year GET": of_its_team,
    "learning.homework GET": of_its_team,
    "learning.homework POST": of_its_team,
    "learning.missed GET": of_its_team,
    "learning.missed POST": of_its_team,
    "learning.board GET": runs_it,
    "learning.meeting GET": runs_it,
    "learning.meeting POST": runs_it,
    "learning.snow POST": Policy(may=NAMES, others=Answer.MISSING, names=SNOWY),
    "learning.plan GET": plans_it,
    "learning.series GET": plans_it,
    "learning.series POST": plans_it,
    "learning.facts GET": plans_it,
    "learning.facts POST": plans_it,
    "learning.add_gap POST": plans_it,
    "learning.remove_gap POST": Policy(
        may=RUNS_IT, names=COHORT, told_on_page=frozenset({"gap_id"})
    ),
    "learning.coaches GET": plans_it,
    "learning.coaches POST": plans_it,
    "learning.end_coach POST": Policy(
        may=RUNS_IT, names=COHORT, told_on_page=frozenset({"assignment_id"})
    ),
    "learning.groups GET": plans_it,
    "learning.groups POST": plans_it,
    "learning.continue_from GET": plans_it,
    "learning.ask POST": plans_it,
    "learning.take_question_back POST": Policy(
        may=RUNS_IT, names=COHORT, told_on_page=frozenset({"asked_id"})
    ),
    "learning.continuing GET": answers,
    "learning.continuing POST": answers,
}
ACTS: Mapping[str, Act] = {
    "learning.homework POST": Act(
        named="hand_homework_in", by="lead", fills={"note": "We read it"}, at=OF_TEAM
    ),
    "learning.missed POST": Act(named="make_up", by="member", at=OF_TEAM),
    "learning.meeting POST": Act(named="call_roll", fills={"present": []}, at=HELD),
    "learning.snow POST": Act(named="move_at_once", fills={"version": "1"}, at=SNOWY),
    "learning.series POST": Act(
        named="put_sessions",
        fills={"title": "Network", "first": "2026-09-01", "begins": "16:00", "ends": "18:00"},
        at=COHORT,
    ),
    "learning.facts POST": Act(named="put_facts", fills={"house": "labor"}, at=HELD),
    "learning.add_gap POST": Act(
        named="add_gap",
        fills={"name": "Testing", "first": "2026-05-04", "last": "2026-05-08"},
        at=COHORT,
        on="learning.plan GET",
    ),
    "learning.remove_gap POST": Act(named="remove_gap", at=COHORT, on="learning.plan GET"),
    "learning.coaches POST": Act(
        named="assign", fills={"name": "Gus", "email": "gus@example.org"}, at=COHORT
    ),
    "learning.end_coach POST": Act(named="unassign", at=COHORT, on="learning.coaches GET"),
    "learning.take_question_back POST": Act(
        named="take_question_back", at=COHORT, on="learning.continue_from GET"
    ),
    "learning.continuing POST": Act(
        named="answer_continuing", by="lead", fills={"side_agrees": "yes"}
    ),
}
ELSEWHERE = {"learning.ask POST", "learning.groups POST"}
"""Their forms name teams; the tests of continuing and of groups have some."""


def learning_things(mine: Team, slug: str) -> dict[str, object]:
    """Let the team's partnership begin, and its LEA be in a cohort that has met."""
    partnership = learning.partnership_of_team(mine.id)
    cohort = make_institute(f"{slug}-year", kind="cohort", title=f"Year of {slug}")
    lea = db.session.get_one(Lea, mine.lea_id)
    roster = {one.person.email: one.role_code for one in mine.seats if one.person_id}
    team = make_team(cohort, lea, roster, site="Year School")
    for code, starts, ends in (
        ("held", "2026-02-10T16:00", "2026-02-10T18:00"),
        ("snowy", "2026-12-10T16:00", "2026-12-10T18:00"),
    ):
        make_session(cohort, code, starts, ends, meeting=True, homework="Read")
    lead_id = team.seats[0].person_id
    attending.take_roll(cohort.id, "held", present=[lead_id], among=[lead_id], by="test")
    snow = Facts(snow_starts=datetime(2026, 12, 17, 16), snow_ends=datetime(2026, 12, 17, 18))
    planning.put_facts(cohort.id, "snowy", snow, version=0, by="test")
    gap = Span(name="spring break", first=date(2026, 4, 6), last=date(2026, 4, 10))
    gap_id = planning.add_gap(cohort.id, gap, by="test").id
    coach = Assignment(email=f"coach@{slug}.example.org", name="Coach", kind=StaffKind.COACH)
    assignment = staffing.assign(cohort.id, coach, by="test")
    tables = _tables_of(cohort, lea)
    past = make_institute(f"{slug}-before")
    labor = f"labor@{slug}.example.org"
    roster = {mine.seats[0].person.email: "superintendent", labor: "union_leader"}
    was = make_team(past, lea, roster, site="Past School")
    (asked,) = ask_to_continue(cohort.id, [was.id], note="", by="test")
    db.session.commit()
    return {
        "asked_id": asked.id,
        "cohort_tables_id": tables,
        "partnership_id": partnership.id if partnership else None,
        "cohort_slug": cohort.slug,
        "cohort_team_id": team.id,
        "held_code": "held",
        "snowy_code": "snowy",
        "gap_id": gap_id,
        "assignment_id": assignment.id,
    }


def _tables_of(cohort: Institute, lea: Lea) -> UUID:
    """Publish tables of a cohort's teams."""
    make_team(cohort, lea, {f"table@{cohort.slug}.example.org": "principal"}, site="Other School")
    for seat in db.session.scalars(select(Seat).where(Seat.institute_id == cohort.id)):
        seat.goals = ["Reading"]
    tables = group_teams(cohort.id, GroupingKind.TABLES, "test", Terms(smallest=2))
    publish_grouping(cohort.id, tables.id, by="test")
    return tables.id
