"""The routes of tables and partner teams: who may call what, and what each act writes down."""

from collections.abc import Mapping

from sqlalchemy import select

from cohorts.matching.domain.grouping import Terms
from cohorts.matching.models import GroupingKind
from cohorts.matching.service.grouping_acts import add_wish, publish_grouping
from cohorts.matching.service.groupings import group_teams
from cohorts.matching.service.team_searches import ask_team_search
from consortium.database import db
from events.facade import registered_teams
from events.institutes.models import Institute
from events.registration.models import Seat
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import RUNS_IT, Answer, Policy

of_a_kind = Policy(may=RUNS_IT, names={"kind": "grouping_kind"})
a_grouping = Policy(may=RUNS_IT)
a_draft = Policy(may=RUNS_IT, names={"grouping_id": "draft_grouping_id"})
a_placed_team = Policy(
    may=RUNS_IT, names={"team_id": "placed_id"}, told_on_page=frozenset({"placed_id"})
)
a_wish = Policy(may=RUNS_IT, told_on_page=frozenset({"wish_id"}))
an_open_search = Policy(may=RUNS_IT, names={"search_id": "open_team_search_id"})
has_a_team = Policy(may=frozenset({"lead", "other lead", "member"}), others=Answer.MISSING)

POLICIES: Mapping[str, Policy] = {
    "matching.groups GET": of_a_kind,
    "matching.propose POST": of_a_kind,
    "matching.stop_groups POST": an_open_search,
    "matching.wish GET": of_a_kind,
    "matching.add_wish POST": of_a_kind,
    "matching.unwish POST": a_wish,
    "matching.grouping GET": a_grouping,
    "matching.grouping_csv GET": a_grouping,
    "matching.publish_groups POST": a_draft,
    "matching.discard_groups POST": a_draft,
    "matching.take_as_groups POST": Policy(
        may=RUNS_IT, names={"slug": "cohort_slug", "grouping_id": "cohort_tables_id"}
    ),
    "matching.keep_team POST": a_placed_team,
    "matching.together GET": has_a_team,
    "matching.answer_team POST": Policy(may=frozenset({"lead"}), others=Answer.MISSING),
}
ACTS: Mapping[str, Act] = {
    "matching.propose POST": Act(
        named="ask_team_search",
        fills={"start": "anew", "other_state": None},
        on="matching.groups GET",
    ),
    "matching.stop_groups POST": Act(
        named="cancel_team_search",
        on="matching.groups GET",
        at={"kind": "searching_kind", "search_id": "open_team_search_id"},
        changes=False,
    ),
    "matching.add_wish POST": Act(named="add_wish", on="matching.wish GET"),
    "matching.unwish POST": Act(named="remove_wish"),
    "matching.publish_groups POST": Act(named="publish_grouping"),
    "matching.discard_groups POST": Act(named="discard_grouping"),
    "matching.take_as_groups POST": Act(
        named="set_groups", at={"slug": "cohort_slug", "grouping_id": "cohort_tables_id"}
    ),
    "matching.answer_team POST": Act(
        named="answer_partners",
        by="lead",
        fills={"said": "yes"},
        on="matching.together GET",
        changes=False,
    ),
    "matching.keep_team POST": Act(named="keep_team", fills={"kept": "yes"}),
}


def brought_together(institute: Institute) -> dict[str, object]:
    """Publish partners, propose tables, keep two teams in mind; return their address parts."""
    teams = registered_teams(institute.id)
    for seat in db.session.scalars(select(Seat).where(Seat.institute_id == institute.id)):
        seat.goals = ["Reading"]
    one, other = (team.id for team in teams[:2])
    partners = group_teams(institute.id, GroupingKind.PARTNERS, by="test")
    publish_grouping(institute.id, partners.id, by="test")
    partners.two_sided = True
    draft = group_teams(institute.id, GroupingKind.TABLES, "test", Terms(smallest=2))
    wish = add_wish(institute.id, GroupingKind.TABLES, (one, other), "test", apart=False)
    search = ask_team_search(institute.id, GroupingKind.TABLES, Terms(), by="test")
    db.session.commit()
    return {
        "grouping_kind": "partners",
        "grouping_id": partners.id,
        "draft_grouping_id": draft.id,
        "wish_id": wish.id,
        "searching_kind": "tables",
        "open_team_search_id": search.id,
        "placed_id": one,
    }
