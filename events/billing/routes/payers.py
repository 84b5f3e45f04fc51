"""Leads name who pays their team's bill."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.billing import service as billing
from events.billing.forms import PayerForm
from events.billing.models import BillShare
from events.billing.routes.blueprint import REFUSALS, bp, money_editor
from events.registration import service as registration
from events.registration.models import Team


@bp.route("/teams/<uuid:team_id>/bill/payers/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def name_payer(team_id: UUID) -> ResponseReturnValue:
    """Name one more payer."""
    team = registration.get_team(team_id, money_editor())
    form = PayerForm()
    form.about(billing.methods_for(team.institute))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            facts = form.to_facts(lea_id=team.lea_id)
            billing.name_payer(team_id, facts, form.to_method(), money_editor())
            flash(say("The payer is named. Set the shares and send the invoices next."))
            return form.answer(redirect(url_for(".bill", team_id=team_id)))
    page = render_template("events/billing/payer.html", team=team, form=form, share=None)
    return page, form.status


@bp.route("/teams/<uuid:team_id>/bill/payers/<uuid:share_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def change_payer(team_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """Correct who pays a share, or how; only who may see that payer's contact."""
    team = registration.get_team(team_id, money_editor())
    share = billing.share_shown(team, share_id, money_editor())
    form = PayerForm()
    form.about(billing.methods_for(team.institute), share.payer)
    if not form.is_submitted():
        form.method.data = share.method.value if share.method else ""
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            facts = form.to_facts(lea_id=team.lea_id)
            billing.change_payer(team_id, share_id, facts, form.to_method(), money_editor())
            flash(say("Saved."))
            return form.answer(redirect(url_for(".bill", team_id=team_id)))
    return _page(team, share, form)


@bp.route("/teams/<uuid:team_id>/bill/payers/<uuid:share_id>/drop", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def drop_payer(team_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """Take a payer off the bill, after asking."""
    team = registration.get_team(team_id, money_editor())
    share = billing.share_shown(team, share_id, money_editor())
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            billing.drop_payer(team_id, share_id, money_editor())
            flash(say("This payer pays no share any more."))
            return form.answer(redirect(url_for(".bill", team_id=team_id)))
    page = render_template("events/billing/drop_payer.html", team=team, form=form, share=share)
    return page, form.status


def _page(team: Team, share: BillShare, form: PayerForm) -> ResponseReturnValue:
    page = render_template("events/billing/payer.html", team=team, form=form, share=share)
    return page, form.status
