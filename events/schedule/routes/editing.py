"""Write the programme: its sessions, what clashes, what waits to be published."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import (
    SessionRefused,
    clashes_by_session,
    programme_of,
)
from events.schedule.forms import SessionForm
from events.schedule.models import Session
from events.schedule.routes.blueprint import bp


@bp.get("/manage/institutes/<slug>/sessions")
@requires(Permission.EDIT_INSTITUTES)
def edit(slug: str) -> ResponseReturnValue:
    """List the sessions for those who write the programme, with every clash."""
    institute = institutes.get_by_slug(slug, drafts=True)
    sessions = schedule.written_of(institute.id)
    planned = [session.planned for session in sessions]
    return render_template(
        "events/schedule/edit.html",
        institute=institute,
        programme=programme_of(planned, zone=institute.time_zone),
        clashes=schedule.clashes_at(institute, planned),
        waiting={session.planned.id for session in sessions if schedule.waits(institute, session)},
    )


@bp.route("/manage/institutes/<slug>/add-session", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add(slug: str) -> ResponseReturnValue:
    """Add a session to the programme."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = SessionForm(institute, known=schedule.known_names(institute))
    if form.validate_on_submit():
        with form.showing(SessionRefused), transaction():
            form.once(by=g.identity.email)
            spec = form.to_spec(taken=schedule.codes_of(institute))
            session = schedule.add_session(institute, spec, by=g.identity.email)
            _say_saved(institute, session)
            return form.answer(redirect(url_for(".edit", slug=slug)))
    page = render_template("events/schedule/add.html", institute=institute, form=form)
    return page, form.status


@bp.route("/manage/institutes/<slug>/sessions/<code>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change(slug: str, code: str) -> ResponseReturnValue:
    """Change a session; what the public sees changes with the next publishing."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code, drafts=True)
    form = SessionForm(institute, session, known=schedule.known_names(institute))
    if form.validate_on_submit():
        with form.showing(SessionRefused), transaction():
            form.once(by=g.identity.email)
            spec = form.to_spec(taken=schedule.codes_of(institute))
            schedule.edit_session(
                institute, session, spec, version=form.read_version, by=g.identity.email
            )
            _say_saved(institute, session)
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
    session = schedule.get_session(institute, code, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(SessionRefused), transaction():
            form.once(by=g.identity.email)
            title = session.title
            if schedule.plan_cancelling(institute, session, by=g.identity.email):
                flash(gettext("“%(title)s” is cancelled as soon as you publish that.", title=title))
            else:
                flash(gettext("“%(title)s” is out of the programme.", title=title))
            return form.answer(redirect(url_for(".edit", slug=slug)))
    page = render_template(
        "events/schedule/cancel.html",
        institute=institute,
        session=session,
        public=schedule.is_public(institute, session),
        form=form,
    )
    return page, form.status


@bp.post("/manage/institutes/<slug>/sessions/<code>/hold")
@requires(Permission.EDIT_INSTITUTES)
def hold(slug: str, code: str) -> ResponseReturnValue:
    """Hold a session after all that was cancelled; people learn of it with the next publishing."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code, drafts=True)
    form = ActForm()
    with transaction():
        form.once(by=g.identity.email)
        schedule.plan_holding(institute, session, by=g.identity.email)
        flash(gettext("“%(title)s” is held after all once you publish that.", title=session.title))
        return form.answer(redirect(url_for(".edit", slug=slug)))


@bp.post("/manage/institutes/<slug>/sessions/<code>/drop-draft")
@requires(Permission.EDIT_INSTITUTES)
def drop_draft(slug: str, code: str) -> ResponseReturnValue:
    """Leave a session as the public sees it; what was planned of it is gone."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code, drafts=True)
    form = ActForm()
    with transaction():
        form.once(by=g.identity.email)
        title = session.drafted.title
        schedule.drop_draft(institute, session, by=g.identity.email)
        flash(gettext("What was planned of “%(title)s” is gone.", title=title))
        return form.answer(redirect(url_for(".publish", slug=slug)))


def _say_saved(institute: Institute, session: Session) -> None:
    title = session.drafted.title
    if schedule.waits(institute, session):
        flash(gettext("“%(title)s” is saved. People see it once you publish it.", title=title))
    else:
        flash(gettext("“%(title)s” is saved.", title=title))
    warn_of_clashes(institute, session)


def warn_of_clashes(institute: Institute, session: Session) -> None:
    """Say at once what clashes with a session that was just saved."""
    planned = [one.planned for one in schedule.written_of(institute.id)]
    clashes = clashes_by_session(schedule.clashes_at(institute, planned))
    for clash in clashes.get(session.drafted.code, ()):
        flash(clash.sentence, "warning")
