"""What pages of a programme say of each session, in words that are looked up once for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from consortium.words import translated
from events.institutes.models import Institute
from events.schedule.domain import PlannedSession, Programme, audience_in_words, kind_in_words
from events.schedule.routes.blueprint import bp

_AS_IN_PATHS = "!$&'()*+,/:;=@"
_CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Card:
    """One session in words; its lines are in the reader's language."""

    facts: str
    """Kind, track, how people meet, room and venue."""
    lines: tuple[str, ...]
    """Who holds it, whom it is for, how many places there are to choose."""
    homework: str
    calendar: str
    """Where its calendar file is; empty where it has none."""


@bp.app_template_global()
def session_cards(programme: Programme, institute: Institute) -> Mapping[UUID, Card]:
    """Return the card of every session of a programme."""
    writer = _Writer(institute)
    sessions = (*programme.sessions, *programme.undated)
    return {session.id: writer.card(session) for session in sessions}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One session in a list of those who write the programme, in the reader's language."""

    change: str
    """Where it is changed."""
    move: str
    """Where it is moved to another time or room."""
    kind: str
    whom: str
    """Whom it is for."""
    places: str
    """How many have taken it; empty where nobody counts."""


@bp.app_template_global()
def session_lines(sessions: Iterable[PlannedSession], institute: Institute) -> Mapping[UUID, Line]:
    """Return the line of each of the sessions."""
    writer = _Writer(institute)
    return {session.id: writer.line(session) for session in sessions}


class _Writer:
    """Writes cards and lines: what many sessions say is translated once."""

    def __init__(self, institute: Institute) -> None:
        self._role_labels = {role.code: role.label for role in institute.roles}
        self._kinds = cache(lambda kind: translated(kind_in_words(kind), gettext))
        self._audiences: dict[tuple[object, ...], str] = {}
        self._online = gettext("Online")
        self._both = gettext("In person and online")
        self._with = gettext("With %(names)s")
        self._facilitated = gettext("Facilitated by %(names)s")
        self._whom = gettext("For: %(whom)s")
        self._places = gettext("%(places)s places")
        self._before = gettext("Before the session: %(homework)s")
        self._taken = gettext("%(taken)s of %(places)s")
        self._everyone = gettext("Everyone")
        slug = institute.slug
        address = url_for("schedule.session_calendar", slug=slug, code=_CODE)
        self._calendars = address.removesuffix(f"{_CODE}.ics")
        self._changes = url_for("schedule.change", slug=slug, code=_CODE).removesuffix(_CODE)

    def card(self, session: PlannedSession) -> Card:
        """Return what is said of the session."""
        homework = session.homework
        dated = session.starts is not None and not session.cancelled
        code = quote(session.code, safe=_AS_IN_PATHS)
        return Card(
            facts=self._facts(session),
            lines=self._lines(session),
            homework=self._before % {"homework": homework} if homework else "",
            calendar=f"{self._calendars}{code}.ics" if dated else "",
        )

    def line(self, session: PlannedSession) -> Line:
        """Return what is said of the session to those who write it."""
        change = self._changes + quote(session.code, safe=_AS_IN_PATHS)
        places = ""
        if session.capacity is not None:
            places = self._taken % {"taken": session.taken, "places": session.capacity}
        elif session.choice_group:
            places = str(session.taken)
        return Line(
            change=change,
            move=f"{change}/move",
            kind=self._kinds(session.kind),
            whom=self._audience(session) or self._everyone,
            places=places,
        )

    def _facts(self, session: PlannedSession) -> str:
        how = {"virtual": self._online, "both": self._both}.get(session.mode, "")
        venue = session.venue if session.venue != session.room else ""
        facts = (self._kinds(session.kind), session.track, how, session.room, venue)
        return " · ".join(filter(None, facts))

    def _lines(self, session: PlannedSession) -> tuple[str, ...]:
        lines = []
        if session.presenters:
            lines.append(self._with % {"names": ", ".join(session.presenters)})
        if session.facilitators:
            lines.append(self._facilitated % {"names": ", ".join(session.facilitators)})
        whom = self._audience(session)
        if whom:
            lines.append(self._whom % {"whom": whom})
        if session.choice_group and session.capacity is not None:
            lines.append(self._places % {"places": session.capacity})
        return tuple(lines)

    def _audience(self, session: PlannedSession) -> str:
        asked = (
            session.audience_roles,
            session.audience_sides,
            session.audience_flags,
            session.cohort,
        )
        if asked not in self._audiences:
            words = audience_in_words(session, role_labels=self._role_labels)
            self._audiences[asked] = translated(words, gettext)
        return self._audiences[asked]
