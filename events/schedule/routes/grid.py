"""The programme of a day as a grid by time and room, and moving a session in it."""

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.institutes import service as institutes
from events.schedule import service as schedule
from events.schedule.domain import SessionRefused, clashes_by_session, days_of
from events.schedule.domain.grid import grid_of, on_the_day
from events.schedule.domain.sessions import in_order
from events.schedule.forms import MoveForm
from events.schedule.routes.blueprint import bp
from events.schedule.routes.cards import session_lines
from events.schedule.routes.editing import warn_of_clashes


@bp.get("/manage/institutes/<slug>/grid")
@requires(Permission.EDIT_INSTITUTES)
def grid(slug: str) -> ResponseReturnValue:
    """Show one day by time and room, as it is to be, with every clash in its place."""
    institute = institutes.get_by_slug(slug, drafts=True)
    sessions = schedule.written_of(institute.id)
    planned = [session.planned for session in sessions]
    zone = institute.time_zone
    days = sorted(days_of(planned, zone=zone) | {day.on for day in institute.days})
    on = _day_asked(days)
    used = {session.room for session in planned if session.room}
    rooms = [room.name for room in schedule.rooms_of(institute.id) if room.name in used]
    todays = on_the_day(planned, on=on, zone=zone) if on else []
    drawn = grid_of(todays, on=on, zone=zone, rooms=rooms) if on else None
    return render_template(
        "events/schedule/grid.html",
        institute=institute,
        days=days,
        grid=drawn,
        lines=session_lines(drawn.sessions if drawn else (), institute),
        clashes=clashes_by_session(schedule.clashes_at(institute, todays)),
        waiting={session.planned.id for session in sessions if schedule.waits(institute, session)},
        versions={session.planned.id: session.version for session in sessions},
        undated=sorted((one for one in planned if one.span is None), key=in_order),
        move=MoveForm(institute),
    )


@bp.route("/manage/institutes/<slug>/sessions/<code>/move", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def move(slug: str, code: str) -> ResponseReturnValue:
    """Move a session to another time or room; it lasts as long as before."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code, drafts=True)
    form = MoveForm(institute, session)
    if form.validate_on_submit():
        with form.showing(SessionRefused), transaction():
            form.once(by=g.identity.email)
            schedule.edit_session(
                institute,
                session,
                form.moved(session.drafted),
                version=form.read_version,
                by=g.identity.email,
            )
            flash(gettext("“%(title)s” is moved.", title=session.drafted.title))
            warn_of_clashes(institute, session)
            day = form.on.data.isoformat() if form.on.data else None
            return form.answer(redirect(url_for(".grid", slug=slug, day=day)))
    page = render_template(
        "events/schedule/move.html",
        institute=institute,
        session=session,
        form=form,
        rooms=schedule.known_names(institute).rooms,
    )
    return page, form.status


def _day_asked(days: list[date]) -> date | None:
    try:
        asked = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        asked = None
    return asked if asked in days else next(iter(days), None)
