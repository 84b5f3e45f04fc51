"""What an institute costs where payers share it: items, payers, shares. For finance."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.billing import service as billing
from events.billing.forms import CostForm, PayerForm, SharesForm
from events.billing.routes.blueprint import REFUSALS, bp
from events.institutes import service as institutes
from events.institutes.models import Institute

COSTS = "/money/institutes/<slug>/costs"


@bp.route(COSTS, methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def costs(slug: str) -> ResponseReturnValue:
    """Show what the institute costs and who shares it; add or change an item."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = CostForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            billing.set_cost(institute, form.to_item(), by=g.identity.email)
            flash(say("Saved. Invoices that went out were revised."))
            return form.answer(redirect(url_for(".costs", slug=slug)))
    page = render_template(
        "events/billing/costs.html",
        institute=institute,
        costs=billing.show_costs(institute),
        form=form,
    )
    return page, form.status


@bp.post(f"{COSTS}/<uuid:extra_id>/drop")
@requires(Permission.SEE_MONEY)
def drop_cost(slug: str, extra_id: UUID) -> ResponseReturnValue:
    """Take an item off."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with transaction():
            form.once(by=g.identity.email)
            billing.drop_cost(institute, extra_id, by=g.identity.email)
            flash(say("The item is gone. Invoices that went out were revised."))
            return form.answer(redirect(url_for(".costs", slug=slug)))
    return redirect(url_for(".costs", slug=slug))


@bp.route(f"{COSTS}/payers/new", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def name_cost_payer(slug: str) -> ResponseReturnValue:
    """Name one more payer of the institute's cost."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = PayerForm()
    form.about(billing.methods_for(institute))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            facts = form.to_facts()
            billing.name_cost_payer(institute, facts, form.to_method(), by=g.identity.email)
            flash(say("The payer is named. Set the shares and send the invoices next."))
            return form.answer(redirect(url_for(".costs", slug=slug)))
    page = render_template("events/billing/cost_payer.html", institute=institute, form=form)
    return page, form.status


@bp.post(f"{COSTS}/payers/<uuid:share_id>/drop")
@requires(Permission.SEE_MONEY)
def drop_cost_payer(slug: str, share_id: UUID) -> ResponseReturnValue:
    """Take a payer off; its invoice asks for nothing any more."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with transaction():
            form.once(by=g.identity.email)
            billing.drop_cost_payer(institute, share_id, by=g.identity.email)
            flash(say("This payer pays no share any more."))
            return form.answer(redirect(url_for(".costs", slug=slug)))
    return redirect(url_for(".costs", slug=slug))


@bp.route(f"{COSTS}/shares", methods=["GET", "POST"])
@requires(Permission.SEE_MONEY)
def cost_shares(slug: str) -> ResponseReturnValue:
    """Set each payer's share; invoices go out, or are revised."""
    institute = institutes.get_by_slug(slug, drafts=True)
    shown = billing.show_costs(institute)
    form = SharesForm()
    form.about([one.share for one in shown.shares], seats=False)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            rules = list(form.to_rules().items())
            billing.share_institute_cost(institute, rules, by=g.identity.email)
            flash(say("The shares are set, and the invoices are on their way."))
            return form.answer(redirect(url_for(".costs", slug=slug)))
    return _shares_page(institute, shown, form)


def _shares_page(
    institute: Institute, shown: billing.BillShown, form: SharesForm
) -> ResponseReturnValue:
    page = render_template(
        "events/billing/cost_shares.html", institute=institute, costs=shown, form=form
    )
    return page, form.status
