"""The pages of ranked rounds: what one person ranks, and what the host sees of everyone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from consortium import clock
from consortium.errors import NotFound
from consortium.words import say
from events.agenda.service.members import begun_of, members_at
from events.agenda.service.places import Place, hold_seat
from events.agenda.service.reminding import stop_reminding
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PlannedSession, audience_refusal
from events.schedule.domain.ranking import Demand, Phase, Ranked, demand_of
from events.schedule.domain.sessions import in_order
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class OwnRound:
    """What the page on which someone ranks a round shows."""

    ranked: Ranked
    phase: Phase
    sessions: tuple[PlannedSession, ...]
    """Those that the person can rank: the ranked ones in their order, then the others by title."""
    order: tuple[str, ...]
    """The codes of the ranked ones."""
    pick: int
    held: tuple[PlannedSession, ...]
    """What the person has in this round already."""


@dataclass(frozen=True, kw_only=True)
class RoundDemand:
    """A ranked round as the host sees it."""

    ranked: Ranked
    phase: Phase
    pick: int
    demand: tuple[Demand, ...]
    people: int
    """For how many people it is."""
    answered: int
    """How many of them ranked."""
    late: int
    """How many of these ranked when the time was over."""


def own_round(place: Place, round_id: UUID) -> OwnRound:
    """Return a round as the person ranks it. Raises ``NotFound`` where nothing is to be ranked."""
    ranked = schedule.as_ranked(schedule.get_ranked_round(place.institute, round_id))
    sessions = schedule.sessions_of(place.institute.id)
    begun = begun_of(sessions)
    chosen = schedule.chosen_by(place.attendee.seat_ids)
    there = {
        one.id: one.planned
        for one in sessions
        if one.choice_group == ranked.group
        and one.cancelled_at is None
        and one.id not in begun
        and audience_refusal(one.planned, place.attendee, role_labels={}) is None
    }
    if not there:
        raise NotFound(say("This round has no sessions that you could rank."))
    mine = schedule.rankings_of(place.attendee.seat_ids).get(round_id, ())
    order = [there[one] for one in mine if one in there]
    others = sorted((one for one in there.values() if one not in order), key=in_order)
    return OwnRound(
        ranked=ranked,
        phase=ranked.phase(clock.now()),
        sessions=(*order, *others),
        order=tuple(one.code for one in order),
        pick=max(one.pick for one in there.values()),
        held=tuple(one for one in there.values() if one.id in chosen),
    )


def rank(place: Place, round_id: UUID, codes: Sequence[str], *, by: str) -> None:
    """Write down what someone wants of a round. Raises as ``schedule.put_ranking`` does."""
    hold_seat(place)
    stop_reminding(place.attendee.seat_id)
    schedule.put_ranking(place.institute, place.attendee, round_id, codes, by=by)


def demand_at(institute: Institute) -> tuple[RoundDemand, ...]:
    """Return how much each session of the ranked rounds is wanted, the rounds in order of time."""
    rounds = schedule.ranked_rounds_of(institute.id)
    if not rounds:
        return ()
    sessions = sorted(
        (
            one.planned
            for one in schedule.sessions_of(institute.id)
            if one.choice_group in rounds and one.cancelled_at is None
        ),
        key=in_order,
    )
    members = members_at(institute.id)
    seat_of = {seat: one.seat_id for one in members for seat in one.attendee.seat_ids}
    by_round: dict[UUID, dict[UUID, tuple[tuple[UUID, ...], bool]]] = {}
    until = {one.id: one.until for one in rounds.values()}
    for row in schedule.rankings_at(institute.id):
        if row.seat_id in seat_of:
            late = row.ranked_at > until[row.round_id]
            theirs = by_round.setdefault(row.round_id, {})
            theirs[seat_of[row.seat_id]] = (schedule.wanted_of(row), late)
    now = clock.now()
    found = []
    for group, there in _by_group(sessions).items():
        ranked = rounds[group]
        answers = by_round.get(ranked.id, {})
        found.append(
            RoundDemand(
                ranked=ranked,
                phase=ranked.phase(now),
                pick=max(one.pick for one in there),
                demand=demand_of(there, [order for order, _ in answers.values()]),
                people=sum(
                    any(
                        audience_refusal(one, member.attendee, role_labels={}) is None
                        for one in there
                    )
                    for member in members
                ),
                answered=len(answers),
                late=sum(late for _, late in answers.values()),
            )
        )
    return tuple(found)


def rounds_to_rank(institute: Institute) -> Mapping[str, Sequence[Session]]:
    """Return the rounds of an institute, whether people rank them or not, in order of time."""
    sessions = [
        one
        for one in schedule.sessions_of(institute.id)
        if one.choice_group and one.cancelled_at is None
    ]
    found: dict[str, list[Session]] = {}
    for session in sorted(sessions, key=lambda one: in_order(one.planned)):
        found.setdefault(session.choice_group, []).append(session)
    return found


def _by_group(sessions: Sequence[PlannedSession]) -> Mapping[str, list[PlannedSession]]:
    found: dict[str, list[PlannedSession]] = {}
    for session in sessions:
        found.setdefault(session.choice_group, []).append(session)
    return found
