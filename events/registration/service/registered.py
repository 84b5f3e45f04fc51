"""Registered teams as wholes, for what is arranged between teams."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select

from consortium.database import db
from consortium.directory.models import Lea
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.domain.participants import RegisteredTeam
from events.registration.models import (
    ACTIVE_SEATS,
    Seat,
    Team,
    TeamKind,
    TeamLead,
    TeamStatus,
)


def registered_teams(institute_id: UUID) -> list[RegisteredTeam]:
    """Return the teams with places at the institute, by name, in two queries.

    Guests are no teams. Nobody comes to an institute that is cancelled.
    """
    statement = (
        select(Team, Lea)
        .outerjoin(Lea, Team.lea_id == Lea.id)
        .where(
            Team.institute_id == institute_id,
            Team.kind == TeamKind.TEAM,
            Team.status == TeamStatus.REGISTERED,
            exists().where(Institute.id == institute_id, Institute.status != Status.CANCELLED),
        )
        .order_by(Team.name, Team.site, Team.id)
    )
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    its = select(Seat).where(Seat.institute_id == institute_id, Seat.status.in_(ACTIVE_SEATS))
    for seat in db.session.scalars(its.order_by(Seat.id)):
        seats[seat.team_id].append(seat)
    return [
        RegisteredTeam(
            id=team.id,
            title=team.name,
            state=team.state,
            locale=lea.locale if lea else "",
            enrollment=lea.enrollment if lea else None,
            role_codes=frozenset(code for seat in seats[team.id] for code in seat.role_codes),
            goals=_goals(seat.goals for seat in seats[team.id]),
        )
        for team, lea in db.session.execute(statement).all()
    ]


def teams_with_person(institute_id: UUID, person_id: UUID | None) -> list[UUID]:
    """Return the registered teams there that this person leads or has a seat in."""
    sits = exists().where(
        Seat.team_id == Team.id, Seat.person_id == person_id, Seat.status.in_(ACTIVE_SEATS)
    )
    leads = exists().where(TeamLead.team_id == Team.id, TeamLead.person_id == person_id)
    statement = (
        select(Team.id)
        .where(
            Team.institute_id == institute_id,
            Team.status == TeamStatus.REGISTERED,
            or_(sits, leads),
        )
        .order_by(Team.name, Team.id)
    )
    return list(db.session.scalars(statement))


def _goals(of_people: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return the goals that its people ticked, those of most people first."""
    count = Counter(goal for goals in of_people for goal in goals)
    return tuple(sorted(count, key=lambda goal: (-count[goal], goal)))
