"""Manage, Credit: what an institute gives, to whom, and what it takes."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.tenants.forms import VersionedForm
from consortium.words import say
from events.credit import service as credit
from events.credit.domain.presets import PRESETS, preset
from events.credit.domain.rules import OPEN_STAYS_WORDS, CreditRule
from events.credit.domain.sentences import rule_for_staff
from events.credit.domain.stored import KEY, read_plan
from events.credit.domain.writing import role_remarks
from events.credit.forms import RuleForm, SettingsForm
from events.credit.routes.blueprint import MANAGED, bp
from events.credit.service.attending import slots_of
from events.institutes import service as institutes
from events.institutes.models import Institute


@bp.get(f"{MANAGED}/credit")
@requires(Permission.EDIT_INSTITUTES)
def manage(slug: str) -> ResponseReturnValue:
    """Show the kinds of credit, and ways to add one."""
    institute = institutes.get_by_slug(slug, drafts=True)
    read = read_plan((institute.extras or {}).get(KEY))
    labels = {role.code: role.label for role in institute.roles}
    return render_template(
        "events/credit/manage.html",
        institute=institute,
        plan=read.plan,
        rules=[(rule.name, rule_for_staff(rule, labels)) for rule in read.plan.rules],
        remarks=[
            *(one.sentence for one in read.remarks),
            *role_remarks(read.plan, labels),
        ],
        presets=PRESETS,
        open_stays=OPEN_STAYS_WORDS,
    )


@bp.route(f"{MANAGED}/credit/settings", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def settings(slug: str) -> ResponseReturnValue:
    """Change what holds for all kinds of credit."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = SettingsForm(institute, credit.plan_of(institute))
    if form.validate_on_submit():
        with transaction():
            credit.change_settings(
                institute, form.to_plan(), version=form.read_version, by=g.identity.email
            )
            flash(gettext("The settings are saved."))
            return redirect(url_for(".manage", slug=slug))
    page = render_template("events/credit/settings.html", institute=institute, form=form)
    return page, form.status


@bp.route(f"{MANAGED}/credit/add/<kind>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add_rule(slug: str, kind: str) -> ResponseReturnValue:
    """Add a kind of credit; it begins as its state usually has it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    begins = preset(kind)
    if begins is None:
        raise NotFound(say("There is no such kind of credit to begin with."))
    return _rule_page(institute, begins.rule, None)


@bp.route(f"{MANAGED}/credit/<int:number>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change_rule(slug: str, number: int) -> ResponseReturnValue:
    """Change a kind of credit; 1 is the first."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _rule_page(institute, credit.rule_at(institute, number - 1), number - 1)


@bp.route(f"{MANAGED}/credit/<int:number>/remove", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def remove_rule(slug: str, number: int) -> ResponseReturnValue:
    """Give a kind of credit no more; who only opens the address sees all of them."""
    if request.method == "GET":
        return redirect(url_for(".manage", slug=slug))
    institute = institutes.get_by_slug(slug, drafts=True)
    with transaction():
        credit.remove_rule(
            institute, number - 1, version=VersionedForm().read_version, by=g.identity.email
        )
        flash(gettext("This kind of credit is removed. Certificates that were issued keep it."))
        return redirect(url_for(".manage", slug=slug))


def _rule_page(institute: Institute, rule: CreditRule, at: int | None) -> ResponseReturnValue:
    form = RuleForm(institute, rule, slots_of(institute))
    if form.validate_on_submit() and "preview" not in request.form:
        with transaction():
            credit.put_rule(
                institute,
                form.to_rule(),
                position=at,
                version=form.read_version,
                by=g.identity.email,
            )
            flash(gettext("“%(name)s” is saved.", name=form.name.data))
            return redirect(url_for(".manage", slug=institute.slug))
    page = render_template(
        "events/credit/rule.html",
        institute=institute,
        form=form,
        at=at,
        typed="preview" in request.form and not form.errors,
    )
    return page, form.status
