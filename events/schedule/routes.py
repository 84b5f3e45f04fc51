"""The programme as the public reads it, its calendar files, and the coordinator's forms."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium import letters
from consortium.access import Permission, public, requires
from consortium.calendar.exports import calendar_answer, organizer_of, webcal
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.forms import ActForm
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import (
    SessionRefused,
    audience_in_words,
    kind_in_words,
    programme_of,
    room_clashes,
)
from events.schedule.forms import SessionForm

bp = Blueprint("schedule", __name__)


@bp.get("/institutes/<slug>/programme")
@public
def programme(slug: str) -> ResponseReturnValue:
    """Show the programme by day and time, in the institute's zone and each session's own."""
    institute = _announced(slug)
    planned = [session.planned for session in schedule.sessions_of(institute.id)]
    return render_template(
        "events/schedule/programme.html",
        institute=institute,
        programme=programme_of(planned, zone=institute.time_zone),
        days={day.on: day for day in institute.days},
        role_labels={role.code: role.label for role in institute.roles},
        kind_in_words=kind_in_words,
        audience_in_words=audience_in_words,
        webcal=webcal(url_for(".institute_calendar", slug=slug)),
    )


@bp.get("/institutes/<slug>/calendar.ics")
@public
def institute_calendar(slug: str) -> ResponseReturnValue:
    """Give every dated session as one calendar; it may be subscribed to."""
    institute = _announced(slug)
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
    institute = _announced(slug)
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


@bp.get("/manage/institutes/<slug>/sessions")
@requires(Permission.EDIT_INSTITUTES)
def edit(slug: str) -> ResponseReturnValue:
    """List the sessions for those who write the programme, with every clash of rooms."""
    institute = institutes.get_by_slug(slug, drafts=True)
    planned = [session.planned for session in schedule.sessions_of(institute.id)]
    return render_template(
        "events/schedule/edit.html",
        institute=institute,
        programme=programme_of(planned, zone=institute.time_zone),
        clashes=room_clashes(planned),
        role_labels={role.code: role.label for role in institute.roles},
        kind_in_words=kind_in_words,
        audience_in_words=audience_in_words,
    )


@bp.route("/manage/institutes/<slug>/add-session", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add(slug: str) -> ResponseReturnValue:
    """Add a session to the programme."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = SessionForm(institute)
    if form.validate_on_submit():
        with form.showing(SessionRefused), transaction():
            form.once(by=g.identity.email)
            spec = form.to_spec(taken=schedule.codes_of(institute))
            session = schedule.put_session(institute, spec, by=g.identity.email)
            flash(gettext("“%(title)s” is in the programme.", title=session.title))
            _warn_of_clashes(institute, session.code)
            return form.answer(redirect(url_for(".edit", slug=slug)))
    page = render_template("events/schedule/add.html", institute=institute, form=form)
    return page, form.status


@bp.route("/manage/institutes/<slug>/sessions/<code>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change(slug: str, code: str) -> ResponseReturnValue:
    """Change a session; calendars follow."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code)
    form = SessionForm(institute, session)
    if form.validate_on_submit():
        with form.showing(SessionRefused), transaction():
            form.once(by=g.identity.email)
            spec = form.to_spec(taken=schedule.codes_of(institute))
            schedule.change_session(
                institute, session, spec, version=form.read_version, by=g.identity.email
            )
            flash(gettext("“%(title)s” is saved.", title=session.title))
            _warn_of_clashes(institute, session.code)
            return form.answer(redirect(url_for(".edit", slug=slug)))
    page = render_template(
        "events/schedule/change.html", institute=institute, session=session, form=form
    )
    return page, form.status


@bp.route("/manage/institutes/<slug>/sessions/<code>/cancel", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def cancel(slug: str, code: str) -> ResponseReturnValue:
    """Cancel a session, after asking once more."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(SessionRefused), transaction():
            form.once(by=g.identity.email)
            schedule.cancel_session(session, by=g.identity.email)
            flash(gettext("“%(title)s” is cancelled.", title=session.title))
            return form.answer(redirect(url_for(".edit", slug=slug)))
    page = render_template(
        "events/schedule/cancel.html", institute=institute, session=session, form=form
    )
    return page, form.status


def _announced(slug: str) -> Institute:
    """Return an institute the public may see; a cancelled one too, so that calendars learn it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    if institute.status is Status.DRAFT and Permission.EDIT_INSTITUTES not in g.permissions:
        raise NotFound(say("There is no institute at this address."))
    return institute


def _warn_of_clashes(institute: Institute, code: str) -> None:
    planned = [session.planned for session in schedule.sessions_of(institute.id)]
    for clash in room_clashes(planned):
        if code in {clash.one.code, clash.other.code}:
            warning = gettext(
                "%(room)s is used twice at the same time: for “%(one)s” and for “%(other)s”.",
                room=clash.room,
                one=clash.one.title,
                other=clash.other.title,
            )
            flash(warning, "warning")
