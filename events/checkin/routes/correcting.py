"""Attendance as staff corrects it."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.pages import short_date
from consortium.words import say
from events.checkin import service as checkin
from events.checkin.domain.counts import found_by
from events.checkin.domain.telling import EFFECT_WORDS, PROBLEM_WORDS, time_in_words
from events.checkin.forms import CorrectForm, DeskForm, StrikeForm
from events.checkin.routes.blueprint import ADDRESS, actor, bp, institute_at, once
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import SessionRefused

REFUSALS = (checkin.CheckInRefused, SessionRefused)


@bp.get(f"{ADDRESS}/attendance")
@requires(Permission.MANAGE_TEAMS)
def attendance(slug: str) -> ResponseReturnValue:
    """Find someone whose comings and goings are to be corrected; list scans that do not count."""
    institute = institute_at(slug)
    form = DeskForm(request.args)
    form.about(())
    form.validate()
    guests = checkin.guests_of(institute)
    page = render_template(
        "events/checkin/attendance.html",
        institute=institute,
        form=form,
        found=found_by(guests, form.q.data or "")[:30],
        not_counted=checkin.not_counted(institute),
        names={guest.person_id: guest.name for guest in guests},
        strike=StrikeForm(formdata=None),
        problem_words=PROBLEM_WORDS,
        time=lambda at: time_in_words(at, institute.zone),
    )
    return page, form.status


@bp.get(f"{ADDRESS}/attendance/<uuid:person_id>")
@requires(Permission.MANAGE_TEAMS)
def record(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Show everything known of someone's comings and goings."""
    return _page(institute_at(slug), person_id, None, StrikeForm())


@bp.post(f"{ADDRESS}/attendance/<uuid:person_id>")
@requires(Permission.MANAGE_TEAMS)
def write_down(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Add a coming or going that nobody scanned, or put one in a scan's place."""
    institute = institute_at(slug)
    form = CorrectForm()
    form.about(schedule.sessions_of(institute.id))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            once(form)
            said = form.to_correction(institute)
            if form.instead_id is None:
                checkin.write_down(institute, person_id, said, by=actor())
            else:
                checkin.change(institute, form.instead_id, said, by=actor())
            flash(say("The record is corrected."))
            return form.answer(redirect(url_for(".record", slug=slug, person_id=person_id)))
    return _page(institute, person_id, form, StrikeForm(formdata=None))


@bp.post(f"{ADDRESS}/attendance/scans/<uuid:scan_id>")
@requires(Permission.MANAGE_TEAMS)
def strike(slug: str, scan_id: UUID) -> ResponseReturnValue:
    """Let a scan not count any more."""
    institute = institute_at(slug)
    person_id = checkin.whose_scan(institute, scan_id)
    form = StrikeForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            once(form)
            checkin.strike(institute, scan_id, form.reason.data, by=actor())
            flash(say("The record is corrected."))
            return form.answer(redirect(_back(slug, person_id)))
    if person_id is None:
        for message in (*form.form_errors, *form.reason.errors):
            flash(message, "warning")
        return redirect(_back(slug, None))
    return _page(institute, person_id, None, form)


def _back(slug: str, person_id: UUID | None) -> str:
    if person_id is None:
        return url_for(".attendance", slug=slug)
    return url_for(".record", slug=slug, person_id=person_id)


def _page(
    institute: Institute, person_id: UUID, written: CorrectForm | None, strike: StrikeForm
) -> ResponseReturnValue:
    known = checkin.record_of(institute, person_id)
    form = written or CorrectForm(formdata=None)
    if written is None:
        form.begin(known.stays)
    form.about(schedule.sessions_of(institute.id))
    form.offer(
        (line.scan.id, f"{short_date(line.scan.on)}, {time_in_words(line.scan.at, institute.zone)}")
        for line in known.lines
        if line.struck is None
    )
    page = render_template(
        "events/checkin/record.html",
        institute=institute,
        record=known,
        form=form,
        strike=strike,
        sessions={one.id: one.title for one in schedule.every_session_of(institute.id)},
        problem_words=PROBLEM_WORDS,
        effect_words=EFFECT_WORDS,
        time=lambda at: time_in_words(at, institute.zone),
    )
    return page, (strike if strike.errors else form).status
