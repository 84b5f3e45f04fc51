"""The roles of a consortium, and the offices that one person holds."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium import clock
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.people import service as people
from consortium.people.domain import SIDE_WORDS, OfficeRefused, RoleRefused
from consortium.people.forms import LeaveForm, NewRoleForm, OfficeForm, RoleForm
from consortium.people.models import Person
from consortium.people.service import offices as office_service
from consortium.people.service import roles as role_service

bp = Blueprint("people", __name__)


@bp.route("/settings/roles", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def roles() -> ResponseReturnValue:
    """Show the roles of this consortium, and add one."""
    form = NewRoleForm()
    if form.validate_on_submit():
        with form.showing(RoleRefused), transaction():
            form.once(by=g.identity.email)
            role = role_service.add_role(form.to_words(), by=g.identity.email)
            flash(gettext("%(role)s is a role now.", role=role.label))
            return form.answer(redirect(url_for(".roles")))
    page = render_template(
        "consortium/people/roles.html",
        form=form,
        roles=role_service.roles(),
        retired=role_service.retired_roles(),
        sides=SIDE_WORDS,
    )
    return page, form.status


@bp.route("/settings/roles/<uuid:role_id>", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def role(role_id: UUID) -> ResponseReturnValue:
    """Rename a role or move it to another side."""
    stored = role_service.get_role(role_id)
    form = RoleForm(stored)
    if form.validate_on_submit():
        with form.showing(RoleRefused), transaction():
            changed = role_service.change_role(
                role_id, form.to_words(), was=form.was(stored), by=g.identity.email
            )
            flash(gettext("%(role)s is saved.", role=changed.label))
            return redirect(url_for(".roles"))
    return render_template("consortium/people/role.html", form=form, role=stored), form.status


@bp.post("/settings/roles/<uuid:role_id>/retire")
@requires(Permission.EDIT_CONSORTIUM)
def retire_role(role_id: UUID) -> ResponseReturnValue:
    """Stop giving a role to anyone new."""
    with transaction():
        retired = role_service.retire_role(role_id, by=g.identity.email)
        flash(gettext("%(role)s is given to nobody new.", role=retired.label))
    return redirect(url_for(".roles"))


@bp.post("/settings/roles/<uuid:role_id>/restore")
@requires(Permission.EDIT_CONSORTIUM)
def restore_role(role_id: UUID) -> ResponseReturnValue:
    """Give a retired role again."""
    with transaction():
        restored = role_service.restore_role(role_id, by=g.identity.email)
        flash(gettext("%(role)s can be given again.", role=restored.label))
    return redirect(url_for(".roles"))


@bp.get("/people/<uuid:person_id>")
@requires(Permission.VIEW_BOARD)
def person(person_id: UUID) -> ResponseReturnValue:
    """Show which offices someone holds and held."""
    return _person_page(people.get_person(person_id), _office_form(formdata=None))


@bp.post("/people/<uuid:person_id>/offices")
@requires(Permission.MANAGE_TEAMS)
def hold_office(person_id: UUID) -> ResponseReturnValue:
    """Write down an office that someone holds."""
    holder = people.get_person(person_id)
    form = _office_form()
    if form.validate_on_submit():
        with form.showing(OfficeRefused, RoleRefused), transaction():
            form.once(by=g.identity.email)
            office_service.hold_office(
                holder,
                form.to_office(),
                form.to_term(),
                by=g.identity.email,
                interim=bool(form.interim.data),
            )
            flash(gettext("The office is written down."))
            return form.answer(redirect(url_for(".person", person_id=person_id)))
    return _person_page(holder, form), form.status


@bp.route("/people/<uuid:person_id>/offices/<uuid:appointment_id>/leave", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def leave_office(person_id: UUID, appointment_id: UUID) -> ResponseReturnValue:
    """Write down the last day in an office."""
    holder = people.get_person(person_id)
    office = office_service.get_office(holder, appointment_id)
    form = LeaveForm()
    if form.validate_on_submit():
        with form.showing(OfficeRefused), transaction():
            form.once(by=g.identity.email)
            office_service.leave_office(office, form.ends_on.data, by=g.identity.email)
            flash(gettext("The last day is written down."))
            return form.answer(redirect(url_for(".person", person_id=person_id)))
    page = render_template(
        "consortium/people/leave_office.html", form=form, holder=holder, office=office
    )
    return page, form.status


def _office_form(**options: object) -> OfficeForm:
    return OfficeForm(role_service.roles(), **options)


def _person_page(holder: Person, form: OfficeForm) -> str:
    return render_template(
        "consortium/people/person.html",
        form=form,
        holder=holder,
        offices=office_service.offices_of(holder),
        sides=SIDE_WORDS,
        today=clock.now().astimezone(ZoneInfo(g.tenant.time_zone)).date(),
    )
