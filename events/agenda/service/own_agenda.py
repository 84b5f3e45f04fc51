"""A person's own sessions: at one institute, and over all institutes of the consortium."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consortium import clock
from consortium.ports import DatedEvent
from events.agenda.service.places import Place
from events.institutes.domain.wording import day_in_words
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import (
    Agenda,
    Choice,
    Entry,
    PlannedSession,
    Programme,
    Span,
    Wait,
    Window,
    agenda_of,
    programme_of,
)
from events.schedule.domain.ranking import Phase, Ranked
from events.schedule.domain.rounds import NOBODY_WAITS
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class OwnRanking:
    """A round in which places are not given yet, and what the person wants of it."""

    ranked: Ranked
    phase: Phase
    wanted: tuple[PlannedSession, ...]
    """The most wanted first."""


@dataclass(frozen=True, kw_only=True)
class OwnAgenda:
    """What the page of someone's agenda shows."""

    place: Place
    agenda: Agenda
    by_day: Programme
    """The agenda by day; an open round stands in it as its first session."""
    open_rounds: Mapping[UUID, Choice]
    """Rounds in which the person may still choose, by that first session."""
    links: Mapping[UUID, str]
    """Online links by session; only the person's own sessions have one here."""
    begun: frozenset[UUID]
    """Sessions that can no longer be chosen or dropped."""
    window: Window
    """Whether the person may choose now."""
    ranked: Mapping[str, OwnRanking]
    """The rounds in which the person ranks sessions, until places are given."""
    placed: Mapping[UUID, str]
    """Why the host placed the person in a session, by session."""
    allotted: frozenset[UUID]
    """Sessions in which the place was given by what people ranked."""
    asked: Mapping[UUID, str]
    """The own sessions still to come, of which the person says whether to come; each with the UID
    by which calendars and answers know it."""
    to_add: tuple[str, ...]
    """Optional days and strands that the person could choose in the registration."""

    @property
    def to_rank(self) -> tuple[OwnRanking, ...]:
        """The rounds that the person can still rank and has not."""
        if self.place.institute.cancelled or self.window.too_early:
            return ()
        open_to = {choice.group for choice in self.agenda.choices if choice.still_to_pick}
        return tuple(
            one for group, one in self.ranked.items() if not one.wanted and group in open_to
        )

    @property
    def entries(self) -> Mapping[UUID, Entry]:
        """The entries of the agenda by session."""
        return {entry.session.id: entry for entry in self.agenda.entries}

    @property
    def timed(self) -> tuple[PlannedSession, ...]:
        """The sessions whose time the page tells: those on the agenda and those to choose from."""
        options = (option.session for choice in self.agenda.choices for option in choice.options)
        return (*self.by_day.sessions, *(session for session in options if session.starts))


def own_agenda(place: Place) -> OwnAgenda:
    """Return the person's agenda at one institute, with what can still be chosen."""
    sessions = schedule.sessions_of(place.institute.id)
    chosen = schedule.choices_of(place.attendee.seat_ids)
    waiting = schedule.waits_of(place.attendee.seat_ids)
    own = _agenda(place, sessions, frozenset(chosen), waiting)
    mine = {session.id for session in own.sessions}
    begun = {session.id for session in sessions if _has_begun(session, clock.now())}
    window = schedule.window_at(place.institute)
    closed = place.institute.cancelled or not window.is_open
    ranked = _ranked(place, sessions)
    free = [one for one in own.open_choices if one.group not in ranked]
    open_choices = () if closed else free
    stand_ins = {left[0]: choice for choice in open_choices if (left := _left_of(choice, begun))}
    return OwnAgenda(
        place=place,
        agenda=own,
        by_day=programme_of([*own.sessions, *stand_ins], zone=place.institute.time_zone),
        open_rounds={session.id: choice for session, choice in stand_ins.items()},
        links={
            session.id: session.online_link
            for session in sessions
            if session.id in mine and session.online_link
        },
        begun=frozenset(begun),
        window=window,
        ranked=ranked,
        placed={session_id: given.reason for session_id, given in chosen.items() if given.reason},
        allotted=frozenset(session_id for session_id, given in chosen.items() if given.allotted),
        asked=_asked(place, [session for session in sessions if session.id in mine]),
        to_add=_to_add(place),
    )


def own_events(
    places: Sequence[Place], *, url_of: Callable[[Institute], str]
) -> Sequence[DatedEvent]:
    """Return the dated sessions of someone's agendas as calendars see them.

    A cancelled session stays among them, so that calendar programs learn of it. ``url_of``
    gives the address of the agenda at an institute.
    """
    sessions = schedule.sessions_by_institute([place.institute.id for place in places])
    chosen = schedule.chosen_by(
        [seat_id for place in places for seat_id in place.attendee.seat_ids]
    )
    events: list[DatedEvent] = []
    for place in places:
        at_institute = sessions.get(place.institute.id, [])
        mine = {session.id for session in _agenda(place, at_institute, chosen).sessions}
        events += schedule.dated_events(
            (session for session in at_institute if session.id in mine),
            place.institute,
            admitted=True,
            url=url_of(place.institute),
        )
    return sorted(events, key=lambda event: (_instant(event), event.uid))


def _agenda(
    place: Place,
    sessions: Sequence[Session],
    chosen: frozenset[UUID],
    waiting: Mapping[UUID, Wait] = NOBODY_WAITS,
) -> Agenda:
    return agenda_of(
        (session.planned for session in sessions),
        chosen,
        place.attendee,
        role_labels={role.code: role.label for role in place.institute.roles},
        waiting=waiting,
    )


def _ranked(place: Place, sessions: Sequence[Session]) -> Mapping[str, OwnRanking]:
    rounds = schedule.ranked_rounds_of(place.institute.id)
    mine = schedule.rankings_of(place.attendee.seat_ids) if rounds else {}
    planned = {session.id: session.planned for session in sessions}
    return {
        group: OwnRanking(
            ranked=one,
            phase=one.phase(clock.now()),
            wanted=tuple(
                planned[session_id]
                for session_id in mine.get(one.id, ())
                if session_id in planned and not planned[session_id].cancelled
            ),
        )
        for group, one in rounds.items()
        if not one.given
    }


def _asked(place: Place, own: Collection[Session]) -> Mapping[UUID, str]:
    if place.institute.cancelled:
        return {}
    return {
        session.id: session.uid
        for session in own
        if session.cancelled_at is None and schedule.is_ahead(session)
    }


def _to_add(place: Place) -> tuple[str, ...]:
    """Return the days that the person has not chosen and may, and the strands, by their names."""
    if place.institute.cancelled:
        return ()
    off, flags = place.attendee.days_off, place.attendee.flags
    days = [
        day.label or day_in_words(day.on)
        for day in place.institute.days
        if day.on in off and (not day.audience_flags or not flags.isdisjoint(day.audience_flags))
    ]
    return (*days, *place.attendee.strands_off.values())


def _left_of(choice: Choice, begun: Collection[UUID]) -> Sequence[PlannedSession]:
    return [
        option.session
        for option in choice.options
        if option.is_free and option.session.id not in begun
    ]


def _instant(event: DatedEvent) -> datetime:
    return Span(starts=event.starts, ends=event.ends, time_zone=event.time_zone).begins_at


def _has_begun(session: Session, now: datetime) -> bool:
    return session.starts_at is not None and session.starts_at <= now
