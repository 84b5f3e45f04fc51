"""Give facilitators and coaches their cohort, group or teams, and take them away."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.models import ONE_ASSIGNMENT, CohortStaff, StaffKind
from cohorts.learning.service.partnerships import team_at
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound, Refusal
from consortium.people import service as people
from consortium.words import say
from events import facade


class StaffRefused(Refusal):
    """This person cannot be assigned so."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who is to look after what."""

    email: str
    name: str
    kind: StaffKind
    group: str = ""
    """One group of the cohort; empty: all."""
    team_id: UUID | None = None
    """One team; then the group does not matter."""


def assign(institute_id: UUID, said: Assignment, *, by: str) -> CohortStaff:
    """Let someone facilitate a cohort or a group of it, or coach a team.

    They need not work for the consortium: they see the teams they look after and nothing else.
    Raises ``StaffRefused`` where they do so already, ``NotFound`` for a team of elsewhere, and
    ``NotAnAddress``. Flushes.
    """
    facade.institute_with(institute_id)
    team_id, group = said.team_id, said.group if said.team_id is None else ""
    if team_id is not None and team_at(team_id).institute_id != institute_id:
        raise NotFound(say("There is no such team."))
    person = people.person_for(people.identity_for(said.email), name=said.name)
    row = CohortStaff(
        institute_id=institute_id,
        person_id=person.id,
        kind=said.kind,
        group=group,
        team_id=team_id,
        scope=str(team_id or ""),
        since=clock.now(),
    )
    db.session.add(row)
    twice = StaffRefused(say("This person does that already."), field="email")
    with translating(ONE_ASSIGNMENT, into=twice):
        db.session.flush()
    audit.record(
        "assign",
        f"institute:{institute_id}",
        by=by,
        after={
            "person": str(person.id),
            "kind": said.kind.value,
            "group": group,
            "team": str(team_id or ""),
        },
    )
    return row


def unassign(institute_id: UUID, assignment_id: UUID, *, by: str) -> None:
    """Let someone not look after a cohort, group or team any more. Raises ``NotFound``."""
    row = db.session.scalar(
        select(CohortStaff)
        .where(CohortStaff.institute_id == institute_id, CohortStaff.id == assignment_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound(say("There is no such facilitator or coach."))
    db.session.delete(row)
    db.session.flush()
    audit.record(
        "unassign",
        f"institute:{institute_id}",
        by=by,
        before={"person": str(row.person_id), "kind": row.kind.value},
    )
