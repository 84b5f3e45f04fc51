"""How a team spreads over the sessions that its members choose, for its own people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consortium.errors import NotFound
from consortium.words import say
from events.agenda.domain import Member, OpenRound, RoundSpread, spread_of, still_open
from events.agenda.service.members import begun_of, members_of
from events.registration import service as registration
from events.registration.models import ACTIVE_SEATS, Team, TeamStatus
from events.registration.service import Editor
from events.schedule import service as schedule


@dataclass(frozen=True, kw_only=True)
class TeamSpread:
    """What the page of a team's sessions shows."""

    team: Team
    rounds: tuple[RoundSpread, ...]
    missing: tuple[Member, ...]
    """Who of the team can still choose in some round."""
    still_open: Mapping[UUID, tuple[OpenRound, ...]]
    """What each of them can still choose, by seat."""
    may_remind: bool
    """Whether whoever looks leads the team, or coordinates."""


def team_spread(team_id: UUID, editor: Editor) -> TeamSpread:
    """Return how a registered team spreads, for its leads, its members and coordinators.

    Raises ``NotFound`` for everyone else, and for a team that has no places yet.
    """
    team, may_remind = _seen_by(team_id, editor)
    sessions = schedule.sessions_of(team.institute_id)
    planned, begun = [session.planned for session in sessions], begun_of(sessions)
    members = members_of(team)
    ranked = schedule.who_ranked(team.institute_id)
    open_to = still_open(planned, members, begun, ranked)
    return TeamSpread(
        team=team,
        rounds=spread_of(planned, members, begun, ranked, _wishes(members) if ranked else {}),
        missing=tuple(member for member in members if member.seat_id in open_to),
        still_open=open_to,
        may_remind=may_remind,
    )


def _wishes(members: Sequence[Member]) -> dict[tuple[UUID, str], tuple[UUID, ...]]:
    """Return what the members rank, by seat and round."""
    seat_of = {seat: one.seat_id for one in members for seat in one.attendee.seat_ids}
    return {(seat_of[seat], group): wanted for seat, group, wanted in schedule.wishes_of(seat_of)}


def _seen_by(team_id: UUID, editor: Editor) -> tuple[Team, bool]:
    """Return the team, and whether the editor leads it or coordinates."""
    try:
        team, may_remind = registration.get_team(team_id, editor), True
    except NotFound:
        everyone = Editor(email=editor.email, coordinates=True)
        team, may_remind = registration.get_team(team_id, everyone), False
        theirs = {seat.person_id for seat in team.seats if seat.status in ACTIVE_SEATS}
        if editor.person_id is None or editor.person_id not in theirs:
            raise
    if team.status is not TeamStatus.REGISTERED:
        raise NotFound(say("This team has no places yet, so nobody of it chooses sessions."))
    return team, may_remind
