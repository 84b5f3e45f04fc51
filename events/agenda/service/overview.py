"""The host's look at the rounds of an institute: places, who waits, who has not chosen yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.agenda.domain import Member, OpenRound, RoundTotals, still_open, totals_of
from events.agenda.service.members import begun_of, members_at
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PlannedSession, Window, audience_refusal
from events.schedule.models import Session, SessionChoice, SessionWait


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What a host sees of the rounds."""

    rounds: tuple[RoundTotals, ...]
    ranked: frozenset[str]
    """The rounds in which people rank, and places are not given yet."""
    waiting: Mapping[UUID, int]
    """How many people wait, by session."""
    missing: tuple[Member, ...]
    """Who can still choose in some round, by team and name."""
    still_open: Mapping[UUID, tuple[OpenRound, ...]]
    """What each of them can still choose, by seat."""
    window: Window


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Who is in one session."""

    session: PlannedSession
    holders: tuple[tuple[Member, str], ...]
    """By name, each with why the host placed the person there, if so."""
    waiting: tuple[Member, ...]
    """In the order in which places go to them."""


def overview_of(institute: Institute) -> Overview:
    """Return the institute's rounds in numbers, and who has not chosen in them."""
    sessions = schedule.sessions_of(institute.id)
    planned, begun = [session.planned for session in sessions], begun_of(sessions)
    members = members_at(institute.id)
    ranked = schedule.who_ranked(institute.id)
    open_to = still_open(planned, members, begun, ranked)
    return Overview(
        rounds=totals_of(planned, members, begun, ranked),
        ranked=frozenset(ranked),
        waiting=schedule.waiting_at(institute.id),
        missing=tuple(member for member in members if member.seat_id in open_to),
        still_open=open_to,
        window=schedule.window_at(institute),
    )


def crowd_of(institute: Institute, session: Session) -> Crowd:
    """Return who has a place in a session, and who waits for one."""
    chosen = select(SessionChoice.seat_id, SessionChoice.reason).where(
        SessionChoice.session_id == session.id
    )
    reasons = {row.seat_id: row.reason for row in db.session.execute(chosen)}
    waits = select(SessionWait.seat_id).where(SessionWait.session_id == session.id)
    line = db.session.scalars(waits.order_by(SessionWait.since, SessionWait.id)).all()
    by_seat = {
        seat_id: member
        for member in members_at(institute.id)
        for seat_id in member.attendee.seat_ids
    }
    holders = [(by_seat[one], why) for one, why in reasons.items() if one in by_seat]
    return Crowd(
        session=session.planned,
        holders=tuple(sorted(holders, key=lambda held: (held[0].name, held[0].email))),
        waiting=tuple(by_seat[one] for one in line if one in by_seat),
    )


def sessions_open_to(institute: Institute, member: Member) -> Sequence[Session]:
    """Return the sessions of rounds that are for someone and are held, in order of time."""
    return [
        session
        for session in schedule.sessions_of(institute.id)
        if session.choice_group
        and session.cancelled_at is None
        and audience_refusal(session.planned, member.attendee, role_labels={}) is None
    ]
