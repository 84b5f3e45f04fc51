"""Associations: kept by owners, read by their helpers, agreed to by their people."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cohorts.reports.domain.scope import ReportRefused
from cohorts.reports.forms.associations import AssociationForm, ConsentsForm, HelperForm
from cohorts.reports.routes.blueprint import actor, bp
from cohorts.reports.service import associations as service
from cohorts.reports.service import consents
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.forms import ActForm
from consortium.people.domain import NotAnAddress
from consortium.people.service.roles import roles
from consortium.tenants.domain.consortia import ConsortiumRefused
from consortium.tenants.service.partners import partners
from consortium.words import say

REFUSALS = (ReportRefused, ConsortiumRefused, NotAnAddress)


@bp.route("/settings/associations", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def associations() -> ResponseReturnValue:
    """Show which organizations have people of their own here, and add one."""
    form = _association_form()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=actor())
            service.add_association(UUID(form.partner.data), form.roles.data or (), by=actor())
            flash(gettext("Its people are asked whether it may read their names."))
            return form.answer(redirect(url_for(".associations")))
    return _page(form, _helper_form()), form.status


@bp.post("/settings/associations/helpers")
@requires(Permission.MANAGE_STAFF)
def add_helper() -> ResponseReturnValue:
    """Let someone read for an association."""
    form = _helper_form()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=actor())
            service.add_helper(
                UUID(form.association.data),
                form.email.data or "",
                form.name.data or "",
                g.tenant,
                by=actor(),
            )
            flash(gettext("They may read for the association now."))
            return form.answer(redirect(url_for(".associations")))
    return _page(_association_form(empty=True), form), form.status


@bp.post("/settings/associations/helpers/<uuid:helper_id>/end")
@requires(Permission.MANAGE_STAFF)
def end_helper(helper_id: UUID) -> ResponseReturnValue:
    """End someone's reading for an association."""
    form = ActForm()
    with transaction():
        form.once(by=actor())
        service.end_helper(helper_id, by=actor())
        flash(gettext("They read no names any more. Under “Staff” you end their work as a viewer."))
        return form.answer(redirect(url_for(".associations")))


@bp.post("/settings/associations/<uuid:association_id>/remove")
@requires(Permission.MANAGE_STAFF)
def remove_association(association_id: UUID) -> ResponseReturnValue:
    """Take an association off the list."""
    form = ActForm()
    with transaction():
        form.once(by=actor())
        service.remove_association(association_id, by=actor())
        flash(gettext("The association is off the list."))
        return form.answer(redirect(url_for(".associations")))


@bp.get("/reports/own-people/<uuid:association_id>")
@requires(Permission.SIGNED_IN)
def own_people(association_id: UUID) -> ResponseReturnValue:
    """Show an association's helper how many of its own come, and who agreed to be named."""
    if Permission.VIEW_COUNTS not in g.permissions:
        raise NotFound(say("There is no such association."))
    name, found = service.own_people(association_id, g.person.id if g.person else None)
    return render_template("cohorts/reports/own_people.html", name=name, institutes=found)


@bp.route("/my-name", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def my_name() -> ResponseReturnValue:
    """Let someone choose which associations may read their name at which institutes."""
    asked = consents.asked_of(g.person.id) if g.person else []
    form = ConsentsForm(asked)
    if g.person and form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=actor())
            consents.answer(g.person.id, form.chosen, by=actor())
            flash(gettext("Saved. It holds from now on."))
            return form.answer(redirect(url_for(".my_name")))
    return render_template("cohorts/reports/my_name.html", form=form, asked=asked), form.status


def _association_form(*, empty: bool = False) -> AssociationForm:
    options = {"formdata": None} if empty else {}
    taken = {one.partner_id for one in service.associations()}
    return AssociationForm(
        [(one.id, one.name) for one in partners() if one.id not in taken],
        [(one.code, one.label) for one in roles()],
        **options,
    )


def _helper_form() -> HelperForm:
    every = [(one.id, one.partner.name) for one in service.associations()]
    return HelperForm(every)


def _page(form: AssociationForm, helping: HelperForm) -> str:
    every = service.associations()
    return render_template(
        "cohorts/reports/associations.html",
        form=form,
        helping=helping,
        associations=every,
        names={one.id: one.partner.name for one in every},
        helpers=service.helpers(),
        labels={one.code: one.label for one in roles()},
    )
