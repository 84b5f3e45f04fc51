"""What of two records' seats, leads and badges can stay when they become one person."""

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.database import db, hold
from consortium.merging.domain import MergeRefused
from consortium.merging.service import Moves
from consortium.outbox import service as outbox
from consortium.people.models import Consent
from consortium.words import say
from events.registration.domain import Waitable
from events.registration.models import (
    HELD_SEATS,
    ActStatus,
    Answering,
    Badge,
    JointAct,
    LeadInvitation,
    PlaceWait,
    Seat,
    SeatStatus,
    SubstitutionRequest,
    Team,
    TeamLead,
    TeamStatus,
)
from events.registration.service.finding import Editor, lock_team
from events.registration.service.invitations import invite
from events.registration.service.standing import settle
from events.schedule.models import Session, SessionChoice

SURER = (SeatStatus.CONFIRMED, SeatStatus.INVITED, SeatStatus.NAMED)
"""Which of two seats stays: the one whose holder said most."""
MERGER = Editor(email="", coordinates=True)


def merge_people_of_teams(moves: Moves) -> None:
    """Leave one seat, one lead and one badge where both records have one. Flushes.

    The confirmed seat stays; the other ends as if it were withdrawn, and its place is free. Raises
    ``MergeRefused`` when a team would be left without anybody.
    """
    seats = _held_seats(moves)
    kept = [seat for seat in seats if seat.person_id == moves.kept]
    gone = [seat for seat in seats if seat.person_id == moves.gone]
    ended: set[UUID] = set()
    for one, other in product(kept, gone):
        if one.id in ended or other.id in ended or not _exclude_each_other(one, other):
            continue
        stays, ends = sorted((one, other), key=lambda seat: SURER.index(seat.status))
        _take_no_more_than_both_agreed_to(moves, stays, ends)
        _end(moves, ends)
        ended.add(ends.id)
    _one_lead(moves)
    _one_badge(moves)
    db.session.flush()
    for team_id in sorted({seat.team_id for seat in seats if seat.id in ended}):
        team = lock_team(team_id, MERGER)
        if not team.active_seats and team.status is not TeamStatus.DRAFT:
            raise MergeRefused(
                say(
                    "Nobody would be left in %(team)s. Withdraw that team first, or name someone "
                    "else in it.",
                    team=team.name,
                )
            )
        settle(team)


def hold_teams_of(moves: Moves) -> None:
    """Hold the teams whose seats go back, before anything else is held."""
    hold(Team.id, *_teams_of(moves.ids("seat")))


def settle_parted_people(moves: Moves) -> None:
    """Take the places that seats which came back need. Raises ``MergeRefused`` without room."""
    restored = [
        seat
        for seat in _seats(moves.ids("seat"))
        if seat.status in HELD_SEATS and _was_ended(moves, seat)
    ]
    for team_id in sorted({seat.team_id for seat in restored}):
        team = lock_team(team_id, MERGER)
        if team.status is TeamStatus.WITHDRAWN:
            for seat in restored:
                if seat.team_id == team_id:
                    seat.status = SeatStatus.WITHDRAWN
                    seat.ended_at = team.withdrawn_at
            continue
        try:
            settle(team)
            _invite_who_was_not(team)
        except Waitable as full:
            raise MergeRefused(
                say(
                    "%(team)s needs one more place again, and there is none. %(why)s",
                    team=team.name,
                    why=full.message,
                )
            ) from full
    _take_sessions_again(moves)


def _invite_who_was_not(team: Team) -> None:
    """Invite whoever was only named before, where the team has been registered since."""
    if team.status is TeamStatus.REGISTERED:
        invite([seat for seat in team.active_seats if seat.status is SeatStatus.NAMED])


def _held_seats(moves: Moves) -> Sequence[Seat]:
    """Return the live seats of both, their teams held first, as everywhere in registration."""
    both = [moves.kept, moves.gone]
    seated = select(Seat.team_id).where(Seat.person_id.in_(both), Seat.status.in_(HELD_SEATS))
    leading = select(TeamLead.team_id).where(TeamLead.person_id.in_(both))
    hold(Team.id, *db.session.scalars(seated), *db.session.scalars(leading))
    statement = select(Seat).where(Seat.person_id.in_(both), Seat.status.in_(HELD_SEATS))
    anew = statement.options(joinedload(Seat.team)).execution_options(populate_existing=True)
    return db.session.scalars(anew.order_by(Seat.id)).all()


def _exclude_each_other(one: Seat, other: Seat) -> bool:
    """Tell whether one person cannot have both seats."""
    if one.institute_id != other.institute_id:
        return False
    return one.team_id == other.team_id or not (one.shared or other.shared)


def _end(moves: Moves, seat: Seat) -> None:
    choices = select(SessionChoice).where(SessionChoice.seat_id == seat.id)
    for choice in db.session.scalars(choices.order_by(SessionChoice.id)).all():
        moves.remove(choice)
        _count(choice.session_id, -1)
    waits = select(PlaceWait).where(PlaceWait.seat_id == seat.id).order_by(PlaceWait.id)
    for wait in db.session.scalars(waits).all():
        moves.remove(wait)
    wishes = select(SubstitutionRequest).where(
        SubstitutionRequest.seat_id == seat.id, SubstitutionRequest.status == Answering.OPEN
    )
    now = clock.now()
    for wish in db.session.scalars(wishes):
        moves.change(wish, status=Answering.LAPSED, decided_at=now)
    outbox.supersede(f"seat:{seat.id}")
    moves.change(
        seat,
        status=SeatStatus.WITHDRAWN,
        ended_at=now,
        invitation_digest=None,
        wants_peers=False,
        choices=[],
    )


def _take_no_more_than_both_agreed_to(moves: Moves, stays: Seat, ends: Seat) -> None:
    """Let a confirmed no to being matched hold for the person, whichever record said it."""
    confirmed = [seat for seat in (stays, ends) if seat.status is SeatStatus.CONFIRMED]
    if all(seat.wants_peers for seat in confirmed):
        return
    moves.change(stays, wants_peers=False)
    live = select(Consent).where(
        Consent.person_id.in_([moves.kept, moves.gone]),
        Consent.institute_id == stays.institute_id,
        Consent.withdrawn_at.is_(None),
    )
    for consent in db.session.scalars(live.order_by(Consent.id)):
        moves.change(consent, withdrawn_at=clock.now())


def _one_lead(moves: Moves) -> None:
    leads = select(TeamLead).where(TeamLead.person_id.in_([moves.kept, moves.gone]))
    rows = db.session.scalars(leads.order_by(TeamLead.id)).all()
    kept = {lead.team_id: lead for lead in rows if lead.person_id == moves.kept}
    for lead in rows:
        if lead.person_id == moves.kept or lead.team_id not in kept:
            continue
        stays = kept[lead.team_id]
        handing_over = select(LeadInvitation).where(
            LeadInvitation.replaces_lead_id == lead.id, LeadInvitation.answered_at.is_(None)
        )
        for invitation in db.session.scalars(handing_over):
            moves.change(invitation, replaces_lead_id=stays.id)
        asked = select(JointAct).where(
            JointAct.team_id == lead.team_id, JointAct.status == ActStatus.OPEN
        )
        for act in db.session.scalars(asked.order_by(JointAct.id)):
            moves.change(act, status=ActStatus.LAPSED, answered_at=clock.now())
        moves.remove(lead)


def _one_badge(moves: Moves) -> None:
    live = select(Badge).where(
        Badge.person_id.in_([moves.kept, moves.gone]), Badge.voided_at.is_(None)
    )
    badges = db.session.scalars(live.order_by(Badge.id)).all()
    kept = {badge.institute_id for badge in badges if badge.person_id == moves.kept}
    for badge in badges:
        if badge.person_id == moves.gone and badge.institute_id in kept:
            moves.change(badge, voided_at=clock.now())


def _take_sessions_again(moves: Moves) -> None:
    for session_id in sorted(_sessions_given_back(moves)):
        if not _count(session_id, 1):
            raise MergeRefused(
                say("A session that one of the two had chosen is full now. Raise its places first.")
            )


def _sessions_given_back(moves: Moves) -> Iterable[UUID]:
    return [
        UUID(step["removed"]["session_id"])
        for step in moves.steps
        if step["table"] == "session_choice" and "removed" in step
    ]


def _count(session_id: UUID, more: int) -> bool:
    taken = Session.taken + more
    room = or_(Session.capacity.is_(None), taken <= Session.capacity)
    counted = update(Session).where(Session.id == session_id, room).values(taken=taken)
    return db.session.scalar(counted.returning(Session.id)) is not None


def _was_ended(moves: Moves, seat: Seat) -> bool:
    return any(
        step["id"] == str(seat.id) and "status" in step.get("before", {}) for step in moves.steps
    )


def _teams_of(seat_ids: Collection[UUID]) -> Collection[UUID]:
    return {seat.team_id for seat in _seats(seat_ids)}


def _seats(seat_ids: Collection[UUID]) -> Sequence[Seat]:
    return db.session.scalars(select(Seat).where(Seat.id.in_(seat_ids)).order_by(Seat.id)).all()
