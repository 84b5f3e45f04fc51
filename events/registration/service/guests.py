"""Guests who come by request: the host agrees, or says no."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotAllowed
from consortium.outbox import service as outbox
from consortium.words import say
from events.institutes.domain import Status
from events.registration import emails
from events.registration.domain import RegistrationRefused
from events.registration.models import Team, TeamStatus
from events.registration.service.finding import Editor, lock_team
from events.registration.service.submission import outcome, register_or_wait
from events.registration.service.teams import take_out


def asking_at(institute_id: UUID) -> Sequence[Team]:
    """Return the guests who asked to come and have no answer yet, the longest waiting first."""
    statement = (
        select(Team)
        .where(Team.institute_id == institute_id, Team.status == TeamStatus.ASKING)
        .options(selectinload(Team.seats))
        .order_by(func.coalesce(Team.touched_at, Team.created_at), Team.id)
    )
    return db.session.scalars(statement).all()


def agree_to_guests(team_id: UUID, editor: Editor) -> Team:
    """Let guests who asked come: they get their places, or wait for them when there are none.

    They asked in time, so a deadline that has passed since does not matter. Raises
    ``NotAllowed`` for a lead, ``RegistrationRefused`` when nothing waits for an answer.
    """
    team = _lock_asking(team_id, editor)
    if team.institute.status is not Status.PUBLISHED:
        raise RegistrationRefused(say("This institute takes no registrations now."))
    before = {"status": team.status.value}
    outbox.supersede(f"team:{team.id}")
    register_or_wait(team)
    audit.record(
        "agree_to_guests", f"team:{team.id}", by=editor.email, before=before, after=outcome(team)
    )
    return team


def turn_guests_away(team_id: UUID, reason: str, editor: Editor) -> Team:
    """Say no to guests who asked to come, and tell their leads why.

    Raises ``NotAllowed`` for a lead, ``RegistrationRefused`` when nothing waits for an answer.
    """
    team = _lock_asking(team_id, editor)
    before = {"status": team.status.value}
    take_out(team)
    team.refusal = reason
    for lead in team.leads:
        outbox.promise(emails.turned_away(team, to=lead.person), about=f"team:{team.id}")
    audit.record(
        "turn_guests_away",
        f"team:{team.id}",
        by=editor.email,
        before=before,
        after={"status": team.status.value, "refusal": reason},
    )
    return team


def _lock_asking(team_id: UUID, editor: Editor) -> Team:
    if not editor.coordinates:
        raise NotAllowed(say("Only the institute's coordinators decide which guests may come."))
    team = lock_team(team_id, editor)
    if team.status is not TeamStatus.ASKING:
        raise RegistrationRefused(say("This team does not wait for the host's answer."))
    return team
