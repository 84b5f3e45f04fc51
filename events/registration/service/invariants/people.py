"""People: one seat each, and nothing left of a seat that ended.

Where one row is looked up for another its tenant is named, with which every index begins.
"""

from collections.abc import Iterator

from sqlalchemy import exists, func, select

from consortium.database import db
from events.registration.models import (
    HELD_SEATS,
    Answering,
    Badge,
    PlaceWait,
    Seat,
    SeatStatus,
    SubstitutionRequest,
    Team,
    TeamKind,
    TeamStatus,
)
from events.schedule.models import SessionChoice, SessionWait

ENDED = (SeatStatus.DECLINED, SeatStatus.REPLACED, SeatStatus.WITHDRAWN)
LINK_IS_DEAD = (SeatStatus.REPLACED, SeatStatus.WITHDRAWN)
"""Who declined may still open the page, which says what happened."""


def seated_twice() -> Iterator[str]:
    """Find people with two seats where they may have one, and LEAs with two teams."""
    held = Seat.status.in_(HELD_SEATS) & Seat.person_id.is_not(None)
    apart = (
        select(Seat.institute_id, Seat.person_id)
        .where(held, ~Seat.shared)
        .group_by(Seat.institute_id, Seat.person_id)
        .having(func.count() > 1)
    )
    for row in db.session.execute(apart):
        yield f"person:{row.person_id} has two seats at institute:{row.institute_id}."
    together = (
        select(Seat.team_id, Seat.person_id)
        .where(held)
        .group_by(Seat.team_id, Seat.person_id)
        .having(func.count() > 1)
    )
    for row in db.session.execute(together):
        yield f"person:{row.person_id} has two seats in team:{row.team_id}."
    teams = (
        select(Team.institute_id, Team.lea_id, Team.site)
        .where(
            Team.status != TeamStatus.WITHDRAWN,
            Team.kind == TeamKind.TEAM,
            Team.lea_id.is_not(None),
        )
        .group_by(Team.institute_id, Team.lea_id, Team.site)
        .having(func.count() > 1)
    )
    for team in db.session.execute(teams):
        yield f"lea:{team.lea_id} has two teams at institute:{team.institute_id}."


def still_holding() -> Iterator[str]:
    """Find seats that ended and still have something, and badges of people without a seat."""
    ended = Seat.status.in_(ENDED)
    linked = Seat.status.in_(LINK_IS_DEAD) & Seat.invitation_digest.is_not(None)
    for seat_id in db.session.scalars(select(Seat.id).where(linked)):
        yield f"seat:{seat_id} ended, and its invitation still opens."
    session = exists().where(
        SessionChoice.tenant_id == Seat.tenant_id, SessionChoice.seat_id == Seat.id
    )
    chosen = select(Seat.id).where(ended, session)
    for seat_id in db.session.scalars(chosen):
        yield f"seat:{seat_id} ended, and still has a place in a session."
    awaited = exists().where(
        SessionWait.tenant_id == Seat.tenant_id, SessionWait.seat_id == Seat.id
    )
    for seat_id in db.session.scalars(select(Seat.id).where(ended, awaited)):
        yield f"seat:{seat_id} ended, and still waits for a session."
    waits = select(Seat.id).where(ended, exists().where(PlaceWait.seat_id == Seat.id))
    for seat_id in db.session.scalars(waits):
        yield f"seat:{seat_id} ended, and still waits for a day or a strand."
    wished = select(Seat.id).where(
        ended,
        exists().where(
            SubstitutionRequest.tenant_id == Seat.tenant_id,
            SubstitutionRequest.seat_id == Seat.id,
            SubstitutionRequest.status == Answering.OPEN,
        ),
    )
    for seat_id in db.session.scalars(wished):
        yield f"seat:{seat_id} ended, and a substitution in it is still asked for."
    for row in db.session.execute(select(Seat.id, Seat.choices, Seat.wants_peers).where(ended)):
        if row.choices or row.wants_peers:
            yield f"seat:{row.id} ended, and still takes part in what its holder chose."
    dated = select(Seat.id).where(~ended, Seat.ended_at.is_not(None))
    for seat_id in db.session.scalars(dated):
        yield f"seat:{seat_id} is held, and is written down as ended."
    gone = select(Seat.id).where(
        Seat.status.in_(HELD_SEATS),
        exists().where(Team.id == Seat.team_id, Team.status == TeamStatus.WITHDRAWN),
    )
    for seat_id in db.session.scalars(gone):
        yield f"seat:{seat_id} is held in a team that was withdrawn."
    yield from _badges_without_seat()


def _badges_without_seat() -> Iterator[str]:
    # Compared here: without fresh statistics no database joins these two well.
    confirmed = select(Seat.institute_id, Seat.person_id).where(Seat.status == SeatStatus.CONFIRMED)
    seated = {(row.institute_id, row.person_id) for row in db.session.execute(confirmed)}
    badges = select(Badge.id, Badge.institute_id, Badge.person_id).where(Badge.voided_at.is_(None))
    for badge in db.session.execute(badges):
        if (badge.institute_id, badge.person_id) not in seated:
            yield f"badge:{badge.id} is live, and its holder has no confirmed seat there."
