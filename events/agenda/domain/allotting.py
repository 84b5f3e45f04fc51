"""Who would get which place of what people ranked, as the rules of choosing allow it.

In three turns, each the best there is: first those who ranked in time, then those who ranked later,
then, where the host wants it, those who ranked nothing. Nobody who came in time has less because
someone came late.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from consortium.words import Sentence, say
from events.agenda.domain.people import Member
from events.schedule.domain import ANYBODY, Attendee, PlannedSession, audience_refusal
from events.schedule.domain.choosing import heard_before
from events.schedule.domain.ranking import Ranked
from events.schedule.domain.sessions import overlapping
from events.schedule.engine.places_model import Offer, Person, Question

IN_TIME, LATE, SILENT = range(3)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What one person ranked in one round, and when."""

    sessions: tuple[UUID, ...]
    ranked_at: datetime


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything that a draft is found from."""

    sessions: Sequence[PlannedSession]
    """Every session of the institute that people choose and that is held."""
    rounds: Sequence[Ranked]
    """The rounds in which places are to be given."""
    members: Sequence[Member]
    wanted: Mapping[UUID, Mapping[str, Wanted]]
    """By seat and round."""
    begun: frozenset[UUID] = frozenset()
    duty: Mapping[str, Sequence[PlannedSession]] = field(default_factory=dict)
    """By address: the sessions that someone presents or leads."""
    freed: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    """By seat: places given by an earlier draft that are dealt anew."""
    extra: Mapping[UUID, int] = field(default_factory=dict)
    """Places that a session does not have and that are only supposed."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one person gets in one round, and why."""

    seat_id: UUID
    group: str
    given: tuple[UUID, ...] = ()
    kept: tuple[UUID, ...] = ()
    left: tuple[UUID, ...] = ()
    """What the person had by an earlier draft and has no longer."""
    position: int = 0
    """Which choice the best of the given is; 0 for one that the person did not rank, and none."""
    short: int = 0
    """How many places of the round the person does not get."""
    ranked: bool = True
    because: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether accepting it changes anything for the person."""
        return set(self.given) != set(self.left)

    def written(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        return {
            "seat": str(self.seat_id),
            "round": self.group,
            "given": [str(one) for one in self.given],
            "kept": [str(one) for one in self.kept],
            "left": [str(one) for one in self.left],
            "position": self.position,
            "short": self.short,
            "ranked": self.ranked,
            "because": list(self.because),
        }


@dataclass(frozen=True, kw_only=True)
class Found:
    """A whole draft."""

    told: tuple[Told, ...]
    proven: bool


def told_in(written: Mapping[str, Any]) -> Told:
    """Return what ``Told.written`` wrote."""
    return Told(
        seat_id=UUID(written["seat"]),
        group=written["round"],
        given=tuple(UUID(one) for one in written["given"]),
        kept=tuple(UUID(one) for one in written["kept"]),
        left=tuple(UUID(one) for one in written["left"]),
        position=written["position"],
        short=written["short"],
        ranked=written["ranked"],
        because=tuple(written["because"]),
    )


def find_places(case: Case, *, seed: int, left: Callable[[], float]) -> Found:
    """Return who would get which place. ``left`` says how many seconds a proof may take."""
    # Only who gives places waits for the solvers to be loaded, not everyone who sees an agenda.
    from events.schedule.engine.places import allot  # noqa: PLC0415
    from events.schedule.engine.places_network import Aim  # noqa: PLC0415
    from events.schedule.engine.places_reasons import answers  # noqa: PLC0415

    groups = {one.group for one in case.rounds}
    there = {one.id: one for one in case.sessions if one.choice_group in groups}
    titles = {str(one.id): one.title for one in there.values()}
    members = {str(member.seat_id): member for member in case.members}
    could = _Possible(case, there)
    possible = {seat: could.to(member) for seat, member in members.items()}
    turns = [
        {seat: _asking(case, one, possible[seat], turn) for seat, one in members.items()}
        for turn in (IN_TIME, LATE, SILENT)
    ]
    freed = {
        seat: {
            session
            for session in case.freed.get(member.seat_id, frozenset())
            if session in there and any(there[session].choice_group in one[seat] for one in turns)
        }
        for seat, member in members.items()
    }
    has = {
        seat: [str(one) for one in sorted(member.chosen - freed[seat]) if one in there]
        for seat, member in members.items()
    }
    told: list[Told] = []
    proven = True
    for turn, asking in enumerate(turns):
        question = _question(case, there, members, asking, has)
        if not any(person.wishes or person.also for person in question.people):
            continue
        found = allot(question, Aim(seed=seed), left=left)
        proven = proven and found.proven
        for answer in answers(question, found, titles=titles):
            member = members[answer.person]
            if answer.round not in asking[answer.person]:
                continue
            fresh = [one for one in answer.given if not one.fixed]
            has[answer.person] += [one.session for one in fresh]
            told.append(
                Told(
                    seat_id=member.seat_id,
                    group=answer.round,
                    given=tuple(UUID(one.session) for one in fresh),
                    kept=tuple(UUID(one.session) for one in answer.given if one.fixed),
                    left=tuple(
                        one
                        for one in sorted(freed[answer.person])
                        if there[one].choice_group == answer.round
                    ),
                    position=min((one.rank or 0 for one in fresh), default=0),
                    short=answer.short,
                    ranked=turn != SILENT,
                    because=(*_late(turn), *answer.sentences),
                )
            )
    return Found(told=tuple(sorted(told, key=lambda one: (one.group, one.seat_id))), proven=proven)


def _late(turn: int) -> tuple[Sentence, ...]:
    if turn != LATE:
        return ()
    return (say("You ranked after the time was over, so you got what was left."),)


def _asking(
    case: Case, member: Member, possible: Mapping[str, Sequence[UUID]], turn: int
) -> dict[str, Person]:
    """Return what a person asks for in this turn, by round: wishes, and what else is possible."""
    found: dict[str, Person] = {}
    wanted = case.wanted.get(member.seat_id, {})
    for round_ in case.rounds:
        mine = wanted.get(round_.group)
        when = SILENT if mine is None else IN_TIME if mine.ranked_at <= round_.until else LATE
        if when != turn:
            continue
        open_to = possible.get(round_.group, ())
        asked = [one for one in (mine.sessions if mine else ()) if one in open_to]
        ranks = {str(session_id): rank for rank, session_id in enumerate(asked, start=1)}
        also = {str(one) for one in open_to} - set(ranks) if round_.any_free else set()
        if ranks or also:
            found[round_.group] = Person(id=str(member.seat_id), wishes=ranks, also=frozenset(also))
    return found


class _Possible:
    """What the rules let people have, whatever else is given in these rounds."""

    def __init__(self, case: Case, there: Mapping[UUID, PlannedSession]) -> None:
        self._case = case
        self._open = [one for one in there.values() if one.id not in case.begun]
        self._elsewhere = {one.id: one for one in case.sessions if one.id not in there}
        self._known: dict[object, list[PlannedSession]] = {}

    def to(self, member: Member) -> Mapping[str, Sequence[UUID]]:
        """Return the sessions that someone could have, by round."""
        held = [self._elsewhere[one] for one in member.chosen if one in self._elsewhere]
        duty = self._case.duty.get(member.email, ())
        found: dict[str, list[UUID]] = {}
        for session in self._meant_for(member.attendee):
            if any(one.id == session.id for one in duty):
                continue
            if any(one.overlaps(session) for one in (*held, *duty)):
                continue
            if heard_before(session, held) is None:
                found.setdefault(session.choice_group, []).append(session.id)
        return found

    def _meant_for(self, attendee: Attendee) -> list[PlannedSession]:
        """Return the sessions that are for such a person, worked out once for all alike."""
        key = repr(replace(attendee, seat_id=ANYBODY, other_seat_ids=frozenset()))
        if key not in self._known:
            self._known[key] = [
                one for one in self._open if audience_refusal(one, attendee, role_labels={}) is None
            ]
        return self._known[key]


def _question(
    case: Case,
    there: Mapping[UUID, PlannedSession],
    members: Mapping[str, Member],
    asking: Mapping[str, Mapping[str, Person]],
    has: Mapping[str, Sequence[str]],
) -> Question:
    people = []
    for seat, member in members.items():
        parts = asking[seat].values()
        person = Person(
            id=seat,
            team=str(member.team_id or ""),
            wishes={session: rank for part in parts for session, rank in part.wishes.items()},
            also=frozenset().union(*(part.also for part in parts)),
            fixed=tuple(has[seat]),
        )
        if person.wishes or person.also or person.fixed:
            people.append(person)
    return Question(
        offers=tuple(_offer(case, one) for one in there.values()),
        people=tuple(people),
        picks={one.choice_group: one.pick for one in there.values()},
        apart=tuple(
            frozenset({str(one.id), str(other.id)})
            for one, other in overlapping(there.values())
            if one.choice_group != other.choice_group or one.pick > 1
        ),
    )


def _offer(case: Case, session: PlannedSession) -> Offer:
    """Return a session with the places that these people can have in it."""
    places = None
    if session.capacity is not None:
        named = sum(session.id in member.chosen for member in case.members)
        others = max(0, session.taken - named)
        places = max(0, session.capacity + case.extra.get(session.id, 0) - others)
    return Offer(
        id=str(session.id),
        round=session.choice_group,
        places=places,
        content=session.same_content,
    )
