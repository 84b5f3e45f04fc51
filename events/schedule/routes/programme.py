"""The programme as the public reads it, what changed in it, and its calendar files."""

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium import letters
from consortium.access import public
from consortium.calendar.exports import calendar_answer, organizer_of, webcal
from consortium.errors import NotFound
from consortium.words import say
from events.schedule import service as schedule
from events.schedule.domain import programme_of
from events.schedule.domain.drafts import Act
from events.schedule.domain.specs import LABELS
from events.schedule.routes.blueprint import announced, bp, words_for_changes


@bp.get("/institutes/<slug>/programme")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Show the programme by day and time, in the institute's zone and each session's own."""
    institute = announced(slug)
    planned = schedule.planned_of(institute.id)
    return render_template(
        "events/schedule/programme.html",
        institute=institute,
        venues=schedule.venues_of(institute.id),
        last_release=schedule.last_release_of(institute.id),
        programme=programme_of(planned, zone=institute.time_zone),
        days={day.on: day for day in institute.days},
        webcal=webcal(url_for(".institute_calendar", slug=slug)),
    )


@bp.get("/institutes/<slug>/calendar.ics")
@public
def institute_calendar(slug: str) -> ResponseReturnValue:
    """Give every dated session as one calendar; it may be subscribed to."""
    institute = announced(slug)
    address = letters.absolute(url_for(".programme", slug=slug))
    events = schedule.dated_events(
        schedule.sessions_of(institute.id), institute, admitted=False, url=address
    )
    return calendar_answer(
        events,
        name=institute.title,
        filename=f"{institute.slug}.ics",
        organizer=organizer_of(g.tenant),
    )


@bp.get("/institutes/<slug>/sessions/<code>.ics")
@public
def session_calendar(slug: str, code: str) -> ResponseReturnValue:
    """Give one session as a calendar file."""
    institute = announced(slug)
    session = schedule.get_session(institute, code)
    if session.starts is None:
        raise NotFound(say("This session has no date yet. Its calendar file comes with the date."))
    address = letters.absolute(url_for(".programme", slug=slug))
    return calendar_answer(
        schedule.dated_events([session], institute, admitted=False, url=address),
        name=session.title,
        filename=f"{institute.slug}-{session.code}.ics",
        organizer=organizer_of(g.tenant),
    )


@bp.get("/institutes/<slug>/programme/changes")
@public
def changes(slug: str) -> ResponseReturnValue:
    """Show what was published of the programme, the latest first."""
    institute = announced(slug)
    return render_template(
        "events/schedule/changes.html",
        institute=institute,
        releases=schedule.releases_of(institute.id),
        labels=LABELS,
        Act=Act,
        **words_for_changes(institute),
    )
