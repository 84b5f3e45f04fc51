"""What ends of registration when the host cancels an institute.

Teams and seats keep their rows and their states: they are the history of who had registered, and
of who gets money back. Nobody counts them as coming (see ``Institute.cancelled``). Only what waits
for something ends: offers, wishes, agreements, places waited for. Whatever the number of teams,
the statements are few.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.calendar.domain import about_calendar
from consortium.database import be_patient, db
from consortium.people.models import Consent
from consortium.words import say
from events.institutes.domain.cancelling import Ending
from events.institutes.models import Institute
from events.registration.models import (
    ACTIVE_SEATS,
    ActStatus,
    Answering,
    JointAct,
    LeadInvitation,
    PlaceWait,
    Seat,
    SeatStatus,
    SubstitutionRequest,
    Team,
    TeamStatus,
)
from events.registration.service.finding import NUDGE
from events.registration.service.leads import about
from events.registration.service.places import release_places
from events.registration.service.telling import drop_mails, tell_everyone
from events.schedule import service as schedule

PATIENCE = 20
"""Seconds to wait for the teams of an institute: under a rush someone edits each of them."""


def endings_at(institute_id: UUID) -> Sequence[Ending]:
    """Return in numbers what of registration would end with the institute."""
    teams = dict(
        db.session.execute(
            select(Team.status, func.count())
            .where(Team.institute_id == institute_id, Team.status != TeamStatus.WITHDRAWN)
            .group_by(Team.status)
        ).all()
    )
    people = dict(
        db.session.execute(
            select(Seat.status, func.count(Seat.person_id.distinct()))
            .where(Seat.institute_id == institute_id, Seat.status.in_(ACTIVE_SEATS))
            .group_by(Seat.status)
        ).all()
    )
    waiting = teams.get(TeamStatus.WAITLISTED, 0) + teams.get(TeamStatus.OFFERED, 0)
    unfinished = teams.get(TeamStatus.DRAFT, 0) + teams.get(TeamStatus.ASKING, 0)
    return (
        Ending(words=say("Registered teams"), count=teams.get(TeamStatus.REGISTERED, 0)),
        Ending(words=say("Teams on the waitlist, with those that have an offer"), count=waiting),
        Ending(words=say("Teams that are not submitted or not answered yet"), count=unfinished),
        Ending(words=say("People who confirmed"), count=people.get(SeatStatus.CONFIRMED, 0)),
        Ending(words=say("Open invitations of members"), count=people.get(SeatStatus.INVITED, 0)),
        Ending(words=say("Sessions in calendars"), count=schedule.sessions_ahead(institute_id)),
    )


def hold_teams(institute_id: UUID) -> None:
    """Let whoever edits a team of the institute finish first, and the next one wait."""
    be_patient(PATIENCE)
    held = select(Team.id).where(Team.institute_id == institute_id).order_by(Team.id)
    db.session.execute(held.with_for_update(key_share=True))


def end_at(institute_id: UUID) -> None:
    """End whatever waits at an institute that was cancelled, and tell everyone. Flushes."""
    hold_teams(institute_id)  # those that began while the institute was waited for, too
    institute = db.session.get_one(Institute, institute_id)
    _end_offers(institute_id)
    _drop_mails(institute_id)
    _end_requests(institute_id)
    _end_peers(institute_id)
    schedule.note_cancelled(institute_id)
    db.session.flush()
    if institute.announced:
        tell_everyone(institute)


def _end_offers(institute_id: UUID) -> None:
    """Let teams that have an offer stand where they stood before; nobody else gets the places."""
    offered = (
        select(Team)
        .where(Team.institute_id == institute_id, Team.status == TeamStatus.OFFERED)
        .options(selectinload(Team.seats))
        .order_by(Team.id)
        .execution_options(populate_existing=True)
    )
    for team in db.session.scalars(offered).all():
        waited = team.waitlist_position is not None
        team.status = TeamStatus.WAITLISTED if waited else TeamStatus.DRAFT
        team.offer_expires_at = None
        team.offered_at = None
        release_places(team)
    db.session.flush()


def _end_requests(institute_id: UUID) -> None:
    now = clock.now()
    here = select(Team.id).where(Team.institute_id == institute_id)
    db.session.execute(
        update(JointAct)
        .where(JointAct.team_id.in_(here), JointAct.status == ActStatus.OPEN)
        .values(status=ActStatus.LAPSED, answered_at=now)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(SubstitutionRequest)
        .where(
            SubstitutionRequest.institute_id == institute_id,
            SubstitutionRequest.status == Answering.OPEN,
        )
        .values(status=Answering.LAPSED, decided_at=now)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        delete(PlaceWait)
        .where(PlaceWait.institute_id == institute_id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()


def _end_peers(institute_id: UUID) -> None:
    """Let nobody be matched with peers there: what people agreed to was for an institute held."""
    db.session.execute(
        update(Seat)
        .where(Seat.institute_id == institute_id, Seat.wants_peers)
        .values(wants_peers=False)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Consent)
        .where(Consent.institute_id == institute_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
        .execution_options(synchronize_session=False)
    )


OF_SEATS = ("seat", "substitution", "answers", "choose")
"""What mails to a member are about, with the seat's id behind it."""


def _drop_mails(institute_id: UUID) -> None:
    """Drop what was promised about the institute's teams and has not left yet."""
    teams = db.session.scalars(select(Team.id).where(Team.institute_id == institute_id)).all()
    seats = db.session.scalars(select(Seat.id).where(Seat.institute_id == institute_id)).all()
    people = select(Seat.person_id).where(Seat.institute_id == institute_id).distinct()
    here = select(Team.id).where(Team.institute_id == institute_id)
    acts = db.session.scalars(
        select(JointAct.id).where(JointAct.team_id.in_(here), JointAct.status == ActStatus.OPEN)
    )
    asked = db.session.scalars(select(LeadInvitation).where(LeadInvitation.team_id.in_(here)))
    abouts = [
        f"incomplete:{institute_id}",
        *(f"{kind}:{id_}" for id_ in teams for kind in ("team", "unfinished", "answers", NUDGE)),
        *(f"{kind}:{id_}" for id_ in seats for kind in OF_SEATS),
        *(about_calendar(institute_id, id_) for id_ in db.session.scalars(people) if id_),
        *(f"joint:{id_}" for id_ in acts),
        *(about(one) for one in asked),
    ]
    drop_mails(abouts)
