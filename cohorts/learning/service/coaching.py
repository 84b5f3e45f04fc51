"""Who facilitates a cohort and coaches its teams, and what they may see."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from cohorts.learning.models import CohortStaff, StaffKind
from consortium.database import db
from events.facade import institutes_with
from events.facade.teams import TeamOfYear


def staff_of(institute_id: UUID) -> Sequence[CohortStaff]:
    """Return the facilitators and coaches of a cohort, facilitators first, then by name."""
    statement = (
        select(CohortStaff)
        .where(CohortStaff.institute_id == institute_id)
        .options(joinedload(CohortStaff.person))
    )
    found = db.session.scalars(statement).unique().all()
    return sorted(found, key=lambda one: (one.kind is StaffKind.COACH, one.person.name, one.id))


def may_coach(person_id: UUID | None, teams: Iterable[TeamOfYear]) -> bool:
    """Tell whether someone facilitates or coaches one of these teams, registered there now."""
    standing = [team for team in teams if team.registered and not team.cancelled]
    if person_id is None or not standing:
        return False
    statement = select(CohortStaff).where(
        CohortStaff.person_id == person_id,
        CohortStaff.institute_id.in_({team.institute_id for team in standing}),
    )
    mine = db.session.scalars(statement).unique().all()
    return any(looks_after(one, team) for one in mine for team in standing)


def assigned_to(person_id: UUID) -> Sequence[CohortStaff]:
    """Return what someone facilitates or coaches."""
    statement = select(CohortStaff).where(CohortStaff.person_id == person_id)
    return db.session.scalars(statement.order_by(CohortStaff.since, CohortStaff.id)).unique().all()


def coached_by(person_id: UUID) -> Sequence[tuple[str, str]]:
    """Return address and title of the cohorts that someone facilitates or coaches."""
    ids = {row.institute_id for row in assigned_to(person_id)}
    return [(one.slug, one.title) for one in institutes_with(ids)] if ids else []


def looks_after(assigned: CohortStaff, team: TeamOfYear) -> bool:
    """Tell whether an assignment covers a team: its own, its group's, or the whole cohort's."""
    if assigned.institute_id != team.institute_id:
        return False
    if assigned.team_id is not None:
        return assigned.team_id == team.id
    return assigned.group in {"", team.group}


def unassign_twice_named(kept: UUID, gone: UUID) -> Sequence[CohortStaff]:
    """Return the assignments of ``gone`` that ``kept`` has as well, when both become one person."""
    rows = db.session.scalars(
        select(CohortStaff).where(or_(CohortStaff.person_id == kept, CohortStaff.person_id == gone))
    ).unique()
    by_person: dict[UUID, list[CohortStaff]] = {kept: [], gone: []}
    for row in rows:
        by_person[row.person_id].append(row)
    known = {_scope(row) for row in by_person[kept]}
    return [row for row in by_person[gone] if _scope(row) in known]


def _scope(row: CohortStaff) -> tuple[UUID, StaffKind, str, str]:
    return row.institute_id, row.kind, row.group, row.scope
