"""The programme, and someone's own agenda, as tagged PDFs (PDF/UA)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app

from consortium import clock
from consortium.lettering import printable
from consortium.pages import clock_time, long_date, short_date, wall_moment, zone_name
from consortium.ports import Printer
from consortium.words import Sentence, say
from events.booklets.domain import Place, Speaker, from_a_to_z
from events.institutes.models import Institute
from events.schedule.domain import (
    PlannedSession,
    Programme,
    Slot,
    Span,
    audience_in_words,
    kind_in_words,
)

TEMPLATE = "programme"
DATE_TO_BE_SET = say("Date to be set")


def programme_paper(
    institute: Institute,
    programme: Programme,
    places: Sequence[Place],
    speakers: Sequence[Speaker],
    *,
    contact: str,
) -> Mapping[str, Any]:
    """Return what the whole programme says in print: by day, then sessions, presenters A to Z.

    All but when it was printed, so that it stays the same as long as the programme does.
    """
    labels = {role.code: role.label for role in institute.roles}
    when = cache(partial(_when, zone=institute.time_zone))  # many begin and end together
    return {
        **_frame(institute, say("Programme"), programme, labels),
        "places": [{"name": one.name, "lines": list(one.lines)} for one in places],
        "access": say(
            "To ask for anything that helps you take part, write to %(contact)s.", contact=contact
        ),
        "index": [
            [session.title, when(session.span), _where(session)]
            for session in from_a_to_z(programme)
        ],
        "speakers": [
            {
                "name": f"{one.name}, {one.affiliation}" if one.affiliation else one.name,
                "titles": list(one.titles),
            }
            for one in speakers
        ],
        "notes": False,
    }


def state_of(paper: Mapping[str, Any]) -> bytes:
    """Return what is the same as long as the paper is: its words, and how it is set in type."""
    return json.dumps([TEMPLATE, _printer().edition, paper]).encode()


def agenda_pdf(
    institute: Institute, programme: Programme, *, name: str, still_to_choose: bool
) -> bytes:
    """Return someone's own agenda to be printed, with room for notes."""
    labels = {role.code: role.label for role in institute.roles}
    choose = say("There is still a round to choose in: do it on the page of your agenda.")
    in_type = printable([name])[name]
    title = say("Agenda of %(name)s", name=in_type) if in_type else say("My agenda")
    data = {
        **_frame(institute, title, programme, labels),
        "standing": choose if still_to_choose else _cancelled(institute),
        "places": [],
        "access": "",
        "index": [],
        "speakers": [],
        "notes": True,
    }
    return printed(data, zone=institute.time_zone)


def printed(paper: Mapping[str, Any], *, zone: str) -> bytes:
    """Return the paper as a PDF that says when it was printed."""
    at = [say("Printed"), wall_moment(clock.now(), zone)]
    return _printer().print(TEMPLATE, {**paper, "facts": [*paper["facts"], at]})


def _frame(
    institute: Institute, title: str, programme: Programme, labels: Mapping[str, str]
) -> dict[str, Any]:
    named = {day.on: day for day in institute.days}
    return {
        "title": title,
        "subtitle": institute.title,
        "author": "; ".join(host.name for host in institute.hosts) or institute.title,
        "standing": _cancelled(institute),
        "facts": [
            *([[say("Where"), institute.venue]] if institute.venue else []),
            [say("Times"), say("in %(zone)s", zone=zone_name(institute.time_zone))],
        ],
        "days": [
            {
                "title": long_date(day.on)
                + (f": {named[day.on].label}" if day.on in named and named[day.on].label else ""),
                "slots": [_slot(slot, institute, labels) for slot in day.slots],
            }
            for day in programme.days
        ],
        "undated": [_session(one, labels) for one in programme.undated],
        "words": {
            "undated": DATE_TO_BE_SET,
            "nothing": say("The programme is not written yet."),
            "places": say("Places, and how to get in"),
            "index": say("Sessions from A to Z"),
            "index_columns": [say("Session"), say("When"), say("Where")],
            "speakers": say("Who holds what"),
            "cancelled": say("Cancelled"),
            "page": say("Page"),
        },
    }


def _slot(slot: Slot, institute: Institute, labels: Mapping[str, str]) -> dict[str, Any]:
    choose = ""
    if slot.choose:
        choose = (
            say("Choose one of these:")
            if slot.choose == 1
            else say("Choose %(n)s of these:", n=slot.choose)
        )
    return {
        "time": _times(slot.times, institute.time_zone),
        "choose": choose,
        "sessions": [_session(one, labels) for one in slot.sessions],
    }


def _session(session: PlannedSession, labels: Mapping[str, str]) -> dict[str, Any]:
    facts = [str(kind_in_words(session.kind)), session.track, _where(session)]
    whom = audience_in_words(session, role_labels=labels)
    return {
        "title": session.title,
        "facts": " · ".join(one for one in facts if one),
        "people": ", ".join(session.people),
        "whom": say("For: %(whom)s", whom=whom) if whom else "",
        "text": session.description,
        "before": say("Before the session: %(what)s", what=session.homework)
        if session.homework
        else "",
        "cancelled": session.cancelled,
    }


def _where(session: PlannedSession) -> str:
    online = {"virtual": say("Online"), "both": say("In person and online")}.get(session.mode, "")
    return ", ".join(str(one) for one in (online, session.room, session.venue) if one)


def _when(span: Span | None, *, zone: str) -> str:
    if span is None:
        return DATE_TO_BE_SET
    seen = span.seen_from(zone)
    return say("%(day)s, %(time)s", day=short_date(seen.starts.date()), time=_hours(seen))


def _times(spans: Iterable[Span], zone: str) -> str:
    """Return a time in the institute's zone; one elsewhere names its own zone first."""
    told = tuple(spans)
    plain = all(zone_name(span.time_zone) == zone_name(zone) for span in told)
    words = [
        _hours(span) if plain else f"{_hours(span)} {zone_name(span.time_zone)}" for span in told
    ]
    return "; ".join(dict.fromkeys(words))


def _hours(span: Span) -> Sentence:
    begins, ends = clock_time(span.starts), clock_time(span.ends)
    if span.ends.date() != span.starts.date():
        return say(
            "%(begins)s to %(ends)s on %(day)s",
            begins=begins,
            ends=ends,
            day=short_date(span.ends.date()),
        )
    return say("%(begins)s to %(ends)s", begins=begins, ends=ends)


def _cancelled(institute: Institute) -> str:
    told = institute.cancellation
    if told is None:
        return ""
    on: datetime = told.cancelled_at.astimezone(ZoneInfo(institute.time_zone))
    return say("The host cancelled this institute on %(day)s.", day=long_date(on.date()))


def _printer() -> Printer:
    printer: Printer = current_app.extensions["ports"].printer
    return printer
