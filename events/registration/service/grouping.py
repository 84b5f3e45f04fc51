"""The groups of a cohort: which of its teams meet together."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.registration.domain import RegistrationRefused
from events.registration.domain.grouping import check_group
from events.registration.models import Team, TeamKind, TeamStatus
from events.registration.service.standing import team_settled


def set_groups(institute_id: UUID, groups: Mapping[UUID, str], *, by: str) -> int:
    """Let teams belong to these groups of a cohort, by code; return how many teams that changes.

    An empty code: the team belongs to none and comes to what is for all. Agendas and calendars
    follow. Raises ``RegistrationRefused`` for a code that none can be or an institute that is no
    cohort, and ``NotFound`` for a team of elsewhere. One audit row, none where nothing changes.
    """
    institute = db.session.scalars(select(Institute).where(Institute.id == institute_id)).one()
    refuse_cancelled(institute)
    if not institute.is_cohort:
        raise RegistrationRefused(say("Only cohorts have groups."))
    for code in groups.values():
        check_group(code)
    held = (
        select(Team)
        .where(
            Team.institute_id == institute_id,
            Team.kind == TeamKind.TEAM,
            Team.status != TeamStatus.WITHDRAWN,
            Team.id.in_(groups),
        )
        .order_by(Team.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    teams = {team.id: team for team in db.session.scalars(held).unique()}
    if groups.keys() - teams.keys():
        raise NotFound(say("There is no such team."))
    changed = [team for team in teams.values() if team.cohort != groups[team.id]]
    before = {str(team.id): team.cohort for team in changed}
    for team in changed:
        team.cohort = groups[team.id]
    db.session.flush()
    for team in changed:
        team_settled.send(team)
    if changed:
        audit.record(
            "set_groups",
            f"institute:{institute_id}",
            by=by,
            before=before,
            after={str(team.id): team.cohort for team in changed},
        )
    return len(changed)
