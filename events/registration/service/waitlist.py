"""The waitlist: one order for each institute."""

from sqlalchemy import func, select

from consortium import clock
from consortium.database import db
from consortium.outbox import service as outbox
from events.institutes.models import Institute
from events.registration import emails
from events.registration.models import Team, TeamStatus


def put_last(team: Team) -> None:
    """Put the team at the end of its institute's waitlist and tell its leads. Flushes.

    The institute's row is held meanwhile, so that two teams never get one position and none is
    left out.
    """
    held = select(Institute.id).where(Institute.id == team.institute_id)
    db.session.execute(held.with_for_update(key_share=True))
    last = db.session.scalar(
        select(func.max(Team.waitlist_position)).where(Team.institute_id == team.institute_id)
    )
    team.waitlist_position = (last or 0) + 1
    team.status = TeamStatus.WAITLISTED
    team.registered_at = clock.now()
    db.session.flush()
    rank = rank_of(team)
    for lead in team.leads:
        outbox.promise(emails.waitlisted(team, rank=rank, to=lead.person), about=f"team:{team.id}")


def rank_of(team: Team) -> int | None:
    """Return how far from the front a waiting team or group stands, 1 being next."""
    if team.waitlist_position is None:
        return None
    return db.session.scalar(
        select(func.count(Team.id)).where(
            Team.institute_id == team.institute_id,
            Team.kind == team.kind,
            Team.status == TeamStatus.WAITLISTED,
            Team.waitlist_position <= team.waitlist_position,
        )
    )
