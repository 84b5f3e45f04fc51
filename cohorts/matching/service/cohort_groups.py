"""Tables that were found for a cohort become its groups."""

from uuid import UUID

from sqlalchemy import select

from cohorts.matching.models import GroupedTeam, Grouping, GroupingKind, TeamGroup
from cohorts.matching.service.groupings import no_such_grouping
from consortium.database import db
from consortium.errors import Refusal
from consortium.words import say
from events.facade.teams import set_groups, teams_at


def take_as_groups(institute_id: UUID, grouping_id: UUID, by: str) -> int:
    """Let the published tables of a cohort be its groups; return how many teams that changes.

    Teams at no table keep the group they have. Raises ``NotFound``, ``Refusal`` for a draft or
    for partners, and as ``set_groups`` does. One audit row, that of ``set_groups``.
    """
    grouping = db.session.scalar(
        select(Grouping).where(Grouping.id == grouping_id, Grouping.institute_id == institute_id)
    )
    if grouping is None:
        raise no_such_grouping()
    if grouping.published_at is None or grouping.kind is not GroupingKind.TABLES:
        raise Refusal(say("Publish the tables first. Then they can be the cohort's groups."))
    here = {team.id for team in teams_at(institute_id) if team.registered}
    rows = db.session.execute(
        select(GroupedTeam.team_id, TeamGroup.position)
        .join(TeamGroup, GroupedTeam.group_id == TeamGroup.id)
        .where(GroupedTeam.grouping_id == grouping_id)
    )
    groups = {team_id: f"group_{position}" for team_id, position in rows if team_id in here}
    return set_groups(institute_id, groups, by=by)
