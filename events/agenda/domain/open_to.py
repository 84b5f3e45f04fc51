"""Which sessions of the ranked rounds someone could have, and why not the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from consortium.words import Sentence, say
from events.agenda.domain.drafting import Pin
from events.agenda.domain.people import Member
from events.schedule.domain import ANYBODY, Attendee, PlannedSession, audience_refusal
from events.schedule.domain.choosing import heard_before
from events.schedule.domain.ranking import RankingRefused


@dataclass(frozen=True, kw_only=True)
class OpenTo:
    """What one person could have, whatever else is given in these rounds."""

    rounds: Mapping[str, Sequence[UUID]]
    """By round the sessions, in order of the programme."""
    barred: Mapping[UUID, Sentence]
    """Sessions that are meant for such people and that this one cannot have: why."""


@dataclass(kw_only=True)
class Possible:
    """What the rules let people have, whatever else is given in these rounds."""

    there: Mapping[UUID, PlannedSession]
    """The sessions of the rounds."""
    elsewhere: Mapping[UUID, PlannedSession]
    """All others that people choose."""
    begun: frozenset[UUID] = frozenset()
    duty: Mapping[str, Sequence[PlannedSession]] = field(default_factory=dict)
    """By address: the sessions that someone presents or leads."""
    _known: dict[object, list[PlannedSession]] = field(default_factory=dict)

    def to(self, member: Member, pins: Sequence[Pin] = ()) -> OpenTo:
        """Return what someone could have."""
        held = [self.elsewhere[one] for one in member.chosen if one in self.elsewhere]
        duty = self.duty.get(member.email, ())
        out = {one.session_id for one in pins if not one.inside}
        rounds: dict[str, list[UUID]] = {}
        barred: dict[UUID, Sentence] = {}
        for session in self._meant_for(member.attendee):
            why = _why_not(session, held, duty, out)
            if why is None:
                rounds.setdefault(session.choice_group, []).append(session.id)
            else:
                barred[session.id] = why
        return OpenTo(rounds=rounds, barred=barred)

    def _meant_for(self, attendee: Attendee) -> list[PlannedSession]:
        """Return the sessions that are for such a person, worked out once for all alike."""
        key = repr(replace(attendee, seat_id=ANYBODY, other_seat_ids=frozenset()))
        if key not in self._known:
            self._known[key] = [
                one
                for one in self.there.values()
                if one.id not in self.begun
                and audience_refusal(one, attendee, role_labels={}) is None
            ]
        return self._known[key]


def _why_not(
    session: PlannedSession,
    held: Sequence[PlannedSession],
    duty: Sequence[PlannedSession],
    out: set[UUID],
) -> Sentence | None:
    if session.id in out:
        return say("The host keeps “%(title)s” for others.", title=session.title)
    if any(one.id == session.id for one in duty):
        return say("You are one of those who hold “%(title)s”.", title=session.title)
    for other in (*duty, *held):
        if other.overlaps(session):
            return say(
                "“%(title)s” is at the same time as “%(other)s”, where you are.",
                title=session.title,
                other=other.title,
            )
    heard = heard_before(session, held)
    if heard is not None:
        return say(
            "“%(title)s” tells what you hear in “%(other)s” already.",
            title=session.title,
            other=heard.title,
        )
    return None


def pinned_by(
    pins: Sequence[Pin],
    members: Mapping[UUID, Member],
    possible: Mapping[UUID, OpenTo],
    there: Mapping[UUID, PlannedSession],
    places: Mapping[UUID, int | None],
) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return by seat the sessions in which the host gives people places.

    What is decided of people who are not here any more says nothing. Raises ``RankingRefused``
    where a place cannot be given: the session is not held, not for the person, or has no places
    left, the person has a place of the round already, or is to be in two sessions at once.
    """
    given: dict[UUID, list[PlannedSession]] = {}
    for pin in pins:
        member, session = members.get(pin.seat_id), there.get(pin.session_id)
        if member is None:
            continue
        if session is None:
            raise RankingRefused(
                say("A session in which you put people is not held any more. Make a new draft.")
            )
        if not pin.inside:
            continue
        words = {"name": member.name, "title": session.title}
        if session.id not in possible[pin.seat_id].rounds.get(session.choice_group, ()):
            raise RankingRefused(
                say(
                    "%(name)s cannot be in “%(title)s”: it is not for %(name)s, has begun, or is "
                    "beside what %(name)s has elsewhere. Choose another session.",
                    **words,
                )
            )
        mine = given.setdefault(pin.seat_id, [])
        held = [there[one] for one in member.chosen if one in there]
        in_round = [one for one in (*held, *mine) if one.choice_group == session.choice_group]
        clash = any(one.overlaps(session) for one in (*held, *mine))
        if len(in_round) >= session.pick or clash or heard_before(session, [*held, *mine]):
            raise RankingRefused(
                say(
                    "%(name)s has another place than “%(title)s” already. Move %(name)s on the "
                    "page of this person instead.",
                    **words,
                )
            )
        mine.append(session)
    for session_id, people in Counter(one.id for some in given.values() for one in some).items():
        limit = places[session_id]
        if limit is not None and people > limit:
            raise RankingRefused(
                say(
                    "“%(title)s” has %(places)s places to give, and you put %(people)s people "
                    "into it. Let some go, or give it more places.",
                    title=there[session_id].title,
                    places=limit,
                    people=people,
                )
            )
    return {seat: tuple(one.id for one in some) for seat, some in given.items()}
