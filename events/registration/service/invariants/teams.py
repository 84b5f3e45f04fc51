"""Teams: judged as their roles stand, and led by someone."""

from collections.abc import Iterator

from sqlalchemy import exists, func, select
from sqlalchemy.orm import selectinload

from consortium.database import db
from events.registration.models import Seat, Team, TeamKind, TeamLead, TeamStatus
from events.registration.service.standing import verdicts_of


def misjudged() -> Iterator[str]:
    """Find live teams of which something else is stored than their roles give today."""
    live = (Team.kind == TeamKind.TEAM, Team.status != TeamStatus.WITHDRAWN)
    institutes = select(Team.institute_id).where(*live).distinct().order_by(Team.institute_id)
    # What judging reads and no more: there may be a hundred thousand seats.
    needed = selectinload(Team.seats).load_only(
        Seat.team_id, Seat.name, Seat.role_code, Seat.also_role_codes, Seat.status
    )
    for institute_id in db.session.scalars(institutes).all():
        teams = select(Team).where(*live, Team.institute_id == institute_id).options(needed)
        for team, verdict in verdicts_of(teams):
            stored, judged = (team.complete, team.missing), (verdict.complete, [*verdict.missing])
            if stored != judged:
                yield (
                    f"team:{team.id} is stored as complete: {stored[0]}, missing {stored[1]}; "
                    f"judged again it is {judged[0]}, missing {judged[1]}."
                )


def without_lead() -> Iterator[str]:
    """Find live teams that nobody leads, or two people of one side."""
    led = exists().where(TeamLead.team_id == Team.id)
    lost = select(Team.id).where(Team.status != TeamStatus.WITHDRAWN, ~led)
    for team_id in db.session.scalars(lost):
        yield f"team:{team_id} has no lead."
    twice = (
        select(TeamLead.team_id, TeamLead.side)
        .group_by(TeamLead.team_id, TeamLead.side)
        .having(func.count() > 1)
    )
    for row in db.session.execute(twice):
        yield f"team:{row.team_id} has two leads of one side ({row.side.value})."
