"""A consortium's own settings, partners and staff, and its colours."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, public, requires
from consortium.database import transaction
from consortium.people.domain import NotAnAddress
from consortium.tenants.domain import colours
from consortium.tenants.domain.consortia import PARTNER_WORDS, ConsortiumRefused, PartnerRole
from consortium.tenants.forms import AppointForm, GoalsForm, PartnerForm, ProfileForm
from consortium.tenants.service import partners as partner_service
from consortium.tenants.service import profile as profile_service
from consortium.tenants.service import staff as staff_service

bp = Blueprint("tenants", __name__)

FOR_A_YEAR = "public, max-age=31536000, immutable"
A_MOMENT = "public, max-age=300"


@bp.get("/brand.css")
@public
def brand_stylesheet() -> ResponseReturnValue:
    """Give the consortium's colour in every shade that pages need.

    The address carries the colour as ``?v=``; as long as it is the present one, the answer may
    be kept for good.
    """
    brand: str = g.tenant.brand_colour
    text = render_template("consortium/tenants/brand.css", palette=colours.palette(brand))
    answer = Response(text, mimetype="text/css")
    current = request.args.get("v") == brand.removeprefix("#")
    answer.headers["Cache-Control"] = FOR_A_YEAR if current else A_MOMENT
    return answer


@bp.route("/settings", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def settings() -> ResponseReturnValue:
    """Change what the consortium shows of itself."""
    form = ProfileForm(g.tenant)
    if form.validate_on_submit():
        with form.showing(ConsortiumRefused, NotAnAddress), transaction():
            profile_service.change_profile(
                g.tenant, form.to_profile(), version=form.read_version, by=g.identity.email
            )
            flash(gettext("The settings are saved."))
            return redirect(url_for(".settings"))
    return render_template("consortium/tenants/settings.html", form=form), form.status


@bp.route("/settings/goals", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def goals() -> ResponseReturnValue:
    """Change the goals that participants choose from."""
    form = GoalsForm(g.tenant)
    if form.validate_on_submit():
        with form.showing(ConsortiumRefused), transaction():
            profile_service.change_goals(
                g.tenant, form.lines, version=form.read_version, by=g.identity.email
            )
            flash(gettext("The goals are saved."))
            return redirect(url_for(".goals"))
    return render_template("consortium/tenants/goals.html", form=form), form.status


@bp.route("/settings/partners", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def partners() -> ResponseReturnValue:
    """Show the partner organisations, and add one."""
    form = PartnerForm()
    if form.validate_on_submit():
        with form.showing(ConsortiumRefused), transaction():
            form.once(by=g.identity.email)
            partner = partner_service.add_partner(
                form.name.data or "", form.chosen_role, by=g.identity.email
            )
            flash(gettext("%(name)s is in the list.", name=partner.name))
            return form.answer(redirect(url_for(".partners")))
    page = render_template(
        "consortium/tenants/partners.html",
        form=form,
        partners=partner_service.partners(),
        words=_partner_words,
    )
    return page, form.status


@bp.post("/settings/partners/<uuid:partner_id>/move")
@requires(Permission.EDIT_CONSORTIUM)
def move_partner(partner_id: UUID) -> ResponseReturnValue:
    """Name an organisation one place earlier or later."""
    with transaction():
        up = request.form.get("to") == "earlier"
        partner_service.move_partner(partner_id, up=up, by=g.identity.email)
    return redirect(url_for(".partners"))


@bp.post("/settings/partners/<uuid:partner_id>/remove")
@requires(Permission.EDIT_CONSORTIUM)
def remove_partner(partner_id: UUID) -> ResponseReturnValue:
    """Take an organisation off the list."""
    with transaction():
        partner_service.remove_partner(partner_id, by=g.identity.email)
        flash(gettext("The organization is no longer in the list."))
    return redirect(url_for(".partners"))


@bp.route("/settings/staff", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def staff() -> ResponseReturnValue:
    """Show who works here, and appoint someone."""
    form = AppointForm()
    if form.validate_on_submit():
        with form.showing(ConsortiumRefused, NotAnAddress), transaction():
            form.once(by=g.identity.email)
            member = staff_service.appoint(
                g.tenant,
                form.email.data or "",
                form.chosen_role,
                name=form.name.data or "",
                by=g.identity.email,
            )
            flash(gettext("We write to %(email)s now.", email=member.person.email))
            return form.answer(redirect(url_for(".staff")))
    return _staff_page(form), form.status


@bp.post("/settings/staff/<uuid:member_id>/end")
@requires(Permission.MANAGE_STAFF)
def end_staff(member_id: UUID) -> ResponseReturnValue:
    """End someone's work in one staff role."""
    form = AppointForm(formdata=None)
    with form.showing(ConsortiumRefused), transaction():
        member = staff_service.end(member_id, by=g.identity.email)
        flash(gettext("%(email)s no longer has this role.", email=member.person.email))
        return redirect(url_for(".staff"))
    return _staff_page(form), form.status


def _staff_page(form: AppointForm) -> str:
    return render_template(
        "consortium/tenants/staff.html",
        form=form,
        staff=staff_service.staff(),
        former=staff_service.former_staff(),
        words=staff_service.ROLE_WORDS,
    )


def _partner_words(role: str) -> str:
    """Say what a partner does; programme files may bring words of their own."""
    try:
        return PARTNER_WORDS[PartnerRole(role)]
    except ValueError:
        return role.replace("_", " ").capitalize()
