"""The desk: look someone up, check the person in, take it back. Works without scripts."""

from collections.abc import Sequence
from uuid import uuid4

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium import clock
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.words import say
from events.checkin import service as checkin
from events.checkin.domain import Way, clean_code
from events.checkin.domain.batches import Batch, SaidScan, millis
from events.checkin.domain.counts import Guest, found_by, latest
from events.checkin.domain.telling import time_in_words
from events.checkin.forms import CheckInForm, DeskForm, UndoForm
from events.checkin.routes.blueprint import ADDRESS, actor, bp, institute_at, once, with_camera
from events.checkin.routes.words import in_the_readers_words

MOST_SHOWN = 30
LAST_SHOWN = 5


@bp.get(f"{ADDRESS}/desk")
@requires(Permission.CHECK_IN)
def desk(slug: str) -> ResponseReturnValue:
    """Show the desk; its script makes it work without a network, its forms without scripts."""
    institute = institute_at(slug)
    on = checkin.today_at(institute)
    sessions = checkin.sessions_on(institute, on)
    form = DeskForm(request.args)
    form.about(sessions)
    form.validate()
    guests = checkin.guests_of(institute, on)
    found = _found(guests, form.q.data or "")
    page = render_template(
        "events/checkin/desk.html",
        institute=institute,
        form=form,
        found=found[:MOST_SHOWN],
        more=max(0, len(found) - MOST_SHOWN),
        last=[] if form.q.data else latest(guests, LAST_SHOWN),
        expected=len(guests),
        arrived=sum(guest.arrived is not None for guest in guests),
        doors=checkin.doors_of(institute),
        on=on,
        off_day=bool(days := checkin.days_of(institute)) and on not in days,
        time=lambda at: time_in_words(at, institute.zone),
        words=in_the_readers_words(),
        kept=False,
    )
    return with_camera(make_response(page, form.status))


@bp.get(f"{ADDRESS}/desk/offline")
@requires(Permission.CHECK_IN)
def offline(slug: str) -> ResponseReturnValue:
    """Give the desk's page as a tablet keeps it: nobody's name or address stands in it."""
    institute = institute_at(slug)
    form = DeskForm()
    form.about(())
    page = render_template(
        "events/checkin/desk.html",
        institute=institute,
        form=form,
        found=[],
        last=[],
        more=0,
        doors=checkin.doors_of(institute),
        words=in_the_readers_words(),
        kept=True,
        identity=None,
        person=None,
        permissions=frozenset(),
        demonstration_mode=False,
    )
    return with_camera(make_response(page))


@bp.post(f"{ADDRESS}/desk/check-in")
@requires(Permission.CHECK_IN)
def check_in(slug: str) -> ResponseReturnValue:
    """Check someone in or out by a button."""
    institute = institute_at(slug)
    form = CheckInForm()
    back = redirect(
        url_for(".desk", slug=slug, at=form.at.data or None, direction=form.direction.data or None)
    )
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            once(form)
            scan = _scan(form)
            (told,) = checkin.take_in(institute, _batch(scans=(scan,)), by=actor())
            flash(told.words(institute.zone), "message" if told.counts else "warning")
            return form.answer(back)
    for message in form.form_errors:
        flash(message, "warning")
    return back


@bp.post(f"{ADDRESS}/desk/undo")
@requires(Permission.CHECK_IN)
def undo(slug: str) -> ResponseReturnValue:
    """Take back what a button did."""
    institute = institute_at(slug)
    form = UndoForm()
    back = redirect(url_for(".desk", slug=slug, q=form.q.data or None))
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            once(form)
            checkin.undo_last(institute, form.person_id, by=actor())
            flash(say("The check-in was undone."))
            return form.answer(back)
    for message in form.form_errors:
        flash(message, "warning")
    return back


def _found(guests: Sequence[Guest], typed: str) -> Sequence[Guest]:
    """Return whose badge was scanned, or else whom the words name."""
    code = clean_code(typed)
    scanned = [guest for guest in guests if guest.code == code]
    return scanned or found_by(guests, typed)


def _scan(form: CheckInForm) -> SaidScan:
    code = form.code.data or ""
    return SaidScan(
        id=f"desk-{uuid4().hex}",
        code=code[:200],
        at=millis(clock.now()),
        direction=form.way,
        session=form.session_id,
        way=Way.NAME,
    )


def _batch(**said: object) -> Batch:
    return Batch.model_validate({"desk": "", "sent_at": millis(clock.now()), **said})
