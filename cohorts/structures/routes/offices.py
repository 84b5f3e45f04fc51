"""Offices of a partnership over time."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.structures import service as structures
from cohorts.structures.domain.drafts import StructureRefused
from cohorts.structures.forms import LeaveOfficeForm, OfficeForm
from cohorts.structures.routes.blueprint import ADDRESS, bp, reader
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.people.domain import NotAnAddress, OfficeRefused, RoleRefused
from consortium.people.service import offices as office_service
from consortium.words import say

OFFICES = f"{ADDRESS}/offices"
REFUSALS = (NotAnAddress, OfficeRefused, RoleRefused, StructureRefused)


@bp.get(OFFICES)
@requires(Permission.SIGNED_IN)
def offices(partnership_id: UUID) -> ResponseReturnValue:
    """Show each office of a partnership over time, with its gaps."""
    opened = structures.open_partnership(partnership_id, reader())
    return render_template(
        "cohorts/structures/offices.html",
        opened=opened,
        lines=structures.lines_of(opened),
        may_write=lambda side: structures.may_write(opened, side),
    )


@bp.route(f"{OFFICES}/add", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def add_office(partnership_id: UUID) -> ResponseReturnValue:
    """Write down who holds, or held, an office."""
    opened = structures.open_to_edit(partnership_id, reader())
    begun = {name: request.args.get(name, "")[:60] for name in ("role", "person")}
    form = OfficeForm(data=begun)
    form.offer(structures.roles_to_write(opened), structures.people_of(opened))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            structures.write_office(opened, form.to_draft())
            flash(say("The office is written down."))
            return form.answer(redirect(url_for(".offices", partnership_id=partnership_id)))
        opened = structures.open_to_edit(partnership_id, reader())
    page = render_template("cohorts/structures/add_office.html", opened=opened, form=form)
    return page, form.status


@bp.route(f"{OFFICES}/<uuid:appointment_id>/leave", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def leave_office(partnership_id: UUID, appointment_id: UUID) -> ResponseReturnValue:
    """Write down somebody's last day in an office."""
    opened = structures.open_to_edit(partnership_id, reader())
    term = structures.get_term(opened, appointment_id)
    form = LeaveOfficeForm()
    if form.validate_on_submit():
        with form.showing(OfficeRefused), transaction():
            form.once(by=g.identity.email)
            term = structures.get_term(opened, appointment_id)
            office_service.leave_office(term, form.ends_on.data, by=g.identity.email)
            flash(say("The last day is written down."))
            return form.answer(redirect(url_for(".offices", partnership_id=partnership_id)))
        opened = structures.open_to_edit(partnership_id, reader())
        term = structures.get_term(opened, appointment_id)
    page = render_template(
        "cohorts/structures/leave_office.html", opened=opened, term=term, form=form
    )
    return page, form.status


@bp.post(f"{OFFICES}/<uuid:appointment_id>/strike")
@requires(Permission.SIGNED_IN)
def strike_office(partnership_id: UUID, appointment_id: UUID) -> ResponseReturnValue:
    """Delete an office that was written down by mistake."""
    with transaction():
        opened = structures.open_to_edit(partnership_id, reader())
        term = structures.get_term(opened, appointment_id)
        office_service.strike_office(term, by=g.identity.email)
        flash(say("The office is deleted."))
    return redirect(url_for(".offices", partnership_id=partnership_id))
