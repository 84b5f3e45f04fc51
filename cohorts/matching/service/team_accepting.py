"""Partner teams that are asked first: the leads of both sides of each team accept, or decline."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.grouping import GroupingKind
from cohorts.matching.models import GroupedTeam, Grouping, TeamGroup
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.domain import Side
from consortium.words import say
from events.facade.teams import TeamOfYear, teams_with


def leads_side(team: TeamOfYear, person_id: UUID | None) -> Side | None:
    """Return for which side someone leads a team; ``None`` for who does not lead it."""
    return next((lead.side for lead in team.leads if lead.person_id == person_id), None)


def asked_to_lead(
    institute_id: UUID, person_id: UUID | None, team_id: UUID
) -> tuple[GroupedTeam, Side]:
    """Return the team's place among partners that are asked, and the side someone leads it for.

    Raises ``NotFound``.
    """
    place = _asked(institute_id, team_id)
    team = next(iter(teams_with([team_id])), None)
    side = leads_side(team, person_id) if team else None
    if place is None or side is None:
        raise _not_asked()
    return place, side


def answer_partners(
    institute_id: UUID, person_id: UUID | None, team_id: UUID, by: str, *, yes: bool
) -> bool:
    """Accept a team's partners for the side that someone leads, or decline them for the team.

    Returns whether all have accepted now: the leads of both sides of every team, or its one lead
    where a team has one. Declining needs no reason; none of the teams sees the others any more,
    and nobody is told who it was. Raises ``NotFound`` for who does not lead the team, and for
    partners that are not asked, or not any more.
    """
    place, side = asked_to_lead(institute_id, person_id, team_id)
    now = clock.now()
    places = db.session.scalars(
        select(GroupedTeam)
        .where(GroupedTeam.group_id == place.group_id)
        .order_by(GroupedTeam.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    mine = next(one for one in places if one.team_id == team_id)
    if any(one.declined_at is not None for one in places):
        raise _not_asked()
    if not yes:
        mine.declined_at = now
    elif side is Side.LABOR:
        mine.labor_accepted_at, mine.labor_accepted_by = now, by
    else:
        mine.management_accepted_at, mine.management_accepted_by = now, by
    db.session.flush()
    accepted = yes and all_accepted(places)
    if accepted:
        place.group.introduced_at = now
        db.session.flush()
    # Whoever reads the record sees that it was done, and not what was said.
    audit.record("answer_partners", f"institute:{institute_id}", by=by)
    return accepted


def all_accepted(places: Sequence[GroupedTeam]) -> bool:
    """Tell whether each side that a lead speaks for has accepted, in every team of a group."""
    sides = {
        team.id: {lead.side is Side.LABOR for lead in team.leads}
        for team in teams_with([place.team_id for place in places])
    }
    said = {
        place.team_id: {
            labor
            for labor, at in (
                (True, place.labor_accepted_at),
                (False, place.management_accepted_at),
            )
            if at is not None
        }
        for place in places
    }
    return all(said[id_] >= wanted and wanted for id_, wanted in sides.items())


def _asked(institute_id: UUID, team_id: UUID) -> GroupedTeam | None:
    return db.session.scalar(
        select(GroupedTeam)
        .join(TeamGroup, GroupedTeam.group_id == TeamGroup.id)
        .join(Grouping, TeamGroup.grouping_id == Grouping.id)
        .where(
            GroupedTeam.team_id == team_id,
            Grouping.institute_id == institute_id,
            Grouping.kind == GroupingKind.PARTNERS,
            Grouping.two_sided,
            Grouping.published_at.is_not(None),
            Grouping.mended_at.is_(None),
            TeamGroup.introduced_at.is_(None),
        )
        .order_by(Grouping.published_at.desc())
        .limit(1)
    )


def _not_asked() -> NotFound:
    return NotFound(say("Your team is not asked for partners here, or not any more."))
