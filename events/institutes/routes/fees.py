"""Write the fee rules of an institute, one at a time."""

from dataclasses import replace

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.domain.fees import read_rules
from events.institutes.domain.sections import Costs, InstituteRefused
from events.institutes.forms.fee_kinds import FEE_KINDS, FeeKind, kind_for
from events.institutes.forms.fee_rules import FeeRuleForm
from events.institutes.models import Institute
from events.institutes.routes.blueprint import bp
from events.institutes.service import editing
from events.institutes.service.sections import section_of


@bp.get("/manage/institutes/<slug>/fees/add")
@requires(Permission.EDIT_INSTITUTES)
def fee_kinds(slug: str) -> ResponseReturnValue:
    """Let the coordinator choose what kind of rule to add."""
    institute = institutes.get_by_slug(slug, drafts=True)
    kinds = FEE_KINDS.values()
    return render_template("events/institutes/fee_kinds.html", institute=institute, kinds=kinds)


@bp.route("/manage/institutes/<slug>/fees/add/<kind>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add_fee(slug: str, kind: str) -> ResponseReturnValue:
    """Add a fee rule."""
    institute = institutes.get_by_slug(slug, drafts=True)
    if kind not in FEE_KINDS:
        raise NotFound(say("There is no such kind of fee rule."))
    return _fee_page(institute, FEE_KINDS[kind], None)


@bp.route("/manage/institutes/<slug>/fees/<int:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change_fee(slug: str, number: int) -> ResponseReturnValue:
    """Change one fee rule; 1 is the first."""
    institute = institutes.get_by_slug(slug, drafts=True)
    at = _place(institute, number)
    kind = kind_for(read_rules(institute.fees)[at])
    if kind is None:
        raise NotFound(say("This rule is changed in the programme file."))
    return _fee_page(institute, kind, at)


@bp.route("/manage/institutes/<slug>/fees/<int:number>/remove", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def remove_fee(slug: str, number: int) -> ResponseReturnValue:
    """Take a fee rule out; who only opens the address sees all rules."""
    if request.method == "GET":
        return redirect(url_for(".change", slug=slug, part=Costs.name))
    institute = institutes.get_by_slug(slug, drafts=True)
    at = _place(institute, number)
    stored: Costs = section_of(institute, Costs)
    rules = [*stored.fees["rules"][:at], *stored.fees["rules"][at + 1 :]]
    with transaction():
        editing.change_institute(
            institute,
            replace(stored, fees={**stored.fees, "rules": rules}),
            version=VersionedForm().read_version,
            by=g.identity.email,
        )
        flash(gettext("The rule is removed."))
        return redirect(url_for(".change", slug=slug, part=Costs.name))


def _fee_page(institute: Institute, kind: FeeKind, at: int | None) -> ResponseReturnValue:
    form = FeeRuleForm(institute, kind, at)
    if form.validate_on_submit() and "preview" not in request.form:
        with form.showing(InstituteRefused), transaction():
            editing.change_institute(
                institute, form.to_section(), version=form.read_version, by=g.identity.email
            )
            flash(gettext("The rule is saved."))
            return redirect(url_for(".change", slug=institute.slug, part=Costs.name))
    page = render_template("events/institutes/fee.html", institute=institute, form=form, at=at)
    return page, form.status


def _place(institute: Institute, number: int) -> int:
    if not 0 < number <= len(read_rules(institute.fees)):
        raise NotFound(say("This institute has no such fee rule."))
    return number - 1
