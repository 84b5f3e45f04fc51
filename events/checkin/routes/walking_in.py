"""Someone without a seat at the desk."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.people.domain import NotAnAddress
from consortium.words import say
from events.checkin import service as checkin
from events.checkin.forms import WalkInForm
from events.checkin.routes.blueprint import ADDRESS, actor, bp, institute_at, once
from events.registration.domain import RegistrationRefused


@bp.route(f"{ADDRESS}/desk/walk-in", methods=["GET", "POST"])
@requires(Permission.CHECK_IN)
def walk_in(slug: str) -> ResponseReturnValue:
    """Register someone at the door: a seat, a badge and the check-in at once."""
    institute = institute_at(slug)
    form = WalkInForm()
    form.about(institute)
    if form.is_submitted() and not form.finding and form.validate():
        refusals = (RegistrationRefused, checkin.CheckInRefused, NotAnAddress)
        with form.showing(*refusals), transaction():
            once(form)
            seat = checkin.walk_in(institute, form.to_walk_in(), desk="", by=actor())
            flash(say("%(name)s is registered and checked in.", name=seat.name))
            return form.answer(
                redirect(url_for(".badges", slug=slug, which="person", person=seat.person_id))
            )
    page = render_template(
        "events/checkin/walk_in.html",
        institute=institute,
        form=form,
        leas=form.leas_found(),
        doors=checkin.doors_of(institute),
    )
    return page, form.status
