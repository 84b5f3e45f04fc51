"""What of two records' seats, leads and badges can stay when they become one person."""

from collections.abc import Sequence
from itertools import product
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.database import db, hold
from consortium.merging.domain import MergeRefused
from consortium.merging.service import Moves
from consortium.outbox import service as outbox
from consortium.people.models import Consent
from consortium.words import say
from events.institutes.domain import JointActKind
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
from events.registration.service.badges import badge_of, find_badge
from events.registration.service.finding import Editor, lock_team
from events.registration.service.invitations import invite
from events.registration.service.leaving import end_seat
from events.registration.service.standing import settle
from events.schedule.models import Ranking, Session, SessionChoice, SessionWait

SURER = (SeatStatus.CONFIRMED, SeatStatus.INVITED, SeatStatus.NAMED)
"""Which of two seats stays: the one whose holder said most."""
MERGER = Editor(email="", coordinates=True, keeps_house=True)


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
        _one_ranking(moves, stays, ends)
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
    """Hold the teams that go back, or whose seats do, before anything else is held."""
    seated = db.session.scalars(select(Seat.team_id).where(Seat.id.in_(moves.ids("seat"))))
    hold(Team.id, *seated, *moves.ids("team"))


def settle_parted_people(moves: Moves) -> None:
    """Take the places that seats which came back need. Raises ``MergeRefused`` without room.

    In a team that was withdrawn since, they end like its others.
    """
    restored = _seats_that_came_back(moves)
    for team_id in sorted({seat.team_id for seat in restored}):
        team = lock_team(team_id, MERGER)
        if team.status is TeamStatus.WITHDRAWN:
            _end_again([seat for seat in restored if seat.team_id == team_id])
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
    _badges_for_who_is_confirmed(moves)


def _end_again(seats: Sequence[Seat]) -> None:
    """End seats whose team was withdrawn while the merge stood; nobody is told twice."""
    ids = [seat.id for seat in seats]
    # These places were given back by the merge and not taken again: nothing is to be counted.
    db.session.execute(delete(SessionChoice).where(SessionChoice.seat_id.in_(ids)))
    for seat in seats:
        seat.invitation_digest = None
        end_seat(seat, SeatStatus.WITHDRAWN)


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
    for waits in (PlaceWait, SessionWait):
        theirs = select(waits).where(waits.seat_id == seat.id).order_by(waits.id)
        for wait in db.session.scalars(theirs).all():
            moves.remove(wait)
    wishes = select(SubstitutionRequest).where(
        SubstitutionRequest.seat_id == seat.id, SubstitutionRequest.status == Answering.OPEN
    )
    now = clock.now()
    for wish in db.session.scalars(wishes):
        moves.change(wish, status=Answering.LAPSED, decided_at=now)
    _lapse(
        moves,
        JointAct.team_id == seat.team_id,
        JointAct.act == JointActKind.SUBSTITUTE,
        JointAct.subject == f"seat:{seat.id}",
    )
    outbox.supersede(f"seat:{seat.id}", f"substitution:{seat.id}")
    moves.change(
        seat,
        status=SeatStatus.WITHDRAWN,
        ended_at=now,
        invitation_digest=None,
        undelivered_at=None,
        wants_peers=False,
        choices=[],
    )


def _one_ranking(moves: Moves, stays: Seat, ends: Seat) -> None:
    """Let the seat that is left have what was ranked for the other, where it has nothing itself."""
    ranked = select(Ranking.round_id).where(Ranking.seat_id == stays.id)
    has = set(db.session.scalars(ranked))
    theirs = select(Ranking).where(Ranking.seat_id == ends.id).order_by(Ranking.id)
    for ranking in db.session.scalars(theirs).all():
        if ranking.round_id in has:
            moves.remove(ranking)
        else:
            moves.change(ranking, seat_id=stays.id)


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
        _lapse(moves, JointAct.team_id == lead.team_id)
        moves.remove(lead)


def _lapse(moves: Moves, *about: ColumnElement[bool]) -> None:
    """Let what one lead asked the other lapse; a mail about it that has not left is dropped."""
    asked = select(JointAct).where(JointAct.status == ActStatus.OPEN, *about)
    for act in db.session.scalars(asked.order_by(JointAct.id)):
        moves.change(act, status=ActStatus.LAPSED, answered_at=clock.now())
        outbox.supersede(f"joint:{act.id}")


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
    removed = moves.ids("session_choice", what="removed")
    came_back = select(SessionChoice.session_id).where(SessionChoice.id.in_(removed))
    for session_id in db.session.scalars(came_back.order_by(SessionChoice.session_id)).all():
        if not _count(session_id, 1):
            raise MergeRefused(
                say("A session that one of the two had chosen is full now. Raise its places first.")
            )


def _badges_for_who_is_confirmed(moves: Moves) -> None:
    """Leave each of the two the badge that a confirmed seat gives, whatever was done since."""
    touched = select(Badge.institute_id).where(Badge.id.in_(moves.ids("badge"))).distinct()
    for institute_id in db.session.scalars(touched).all():
        for person_id in (moves.kept, moves.gone):
            confirmed = select(Seat.id).where(
                Seat.institute_id == institute_id,
                Seat.person_id == person_id,
                Seat.status == SeatStatus.CONFIRMED,
            )
            if db.session.scalar(confirmed.limit(1)) is not None:
                badge_of(institute_id, person_id)
                continue
            badge = find_badge(institute_id, person_id)
            if badge is not None:
                badge.voided_at = clock.now()
    db.session.flush()


def _count(session_id: UUID, more: int) -> bool:
    taken = Session.taken + more
    room = or_(Session.capacity.is_(None), taken <= Session.capacity)
    counted = update(Session).where(Session.id == session_id, room).values(taken=taken)
    return db.session.scalar(counted.returning(Session.id)) is not None


def _seats_that_came_back(moves: Moves) -> Sequence[Seat]:
    """Return the seats that the merge ended and that are held again."""
    ended = [
        UUID(step["id"])
        for step in moves.steps
        if step["table"] == "seat" and "status" in step.get("before", {})
    ]
    held = select(Seat).where(Seat.id.in_(ended), Seat.status.in_(HELD_SEATS))
    return db.session.scalars(held.order_by(Seat.id)).all()
