"""Leads set the shares and send the invoices."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.billing import service as billing
from events.billing.forms import SharesForm
from events.billing.routes.blueprint import REFUSALS, bp, money_editor
from events.registration import service as registration


@bp.route("/teams/<uuid:team_id>/bill/shares", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def shares(team_id: UUID) -> ResponseReturnValue:
    """Set each payer's share; invoices go out, or are revised."""
    team = registration.get_team(team_id, money_editor())
    shown = billing.show_bill(team, money_editor())
    form = SharesForm()
    form.about([one.share for one in shown.shares], team.institute.roles)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            before = shown.bill.sent_at if shown.bill else None
            sent = billing.share_costs(team_id, form.to_rules(), money_editor())
            flash(_done(sent=sent.sent_at is not None, before=before is not None))
            return form.answer(redirect(url_for(".bill", team_id=team_id)))
    page = render_template("events/billing/shares.html", team=team, bill=shown, form=form)
    return page, form.status


def _done(*, sent: bool, before: bool) -> str:
    if not sent:
        return say("The other lead was asked to agree. The invoices go out then.")
    if before:
        return say("The shares are set. Invoices that changed were revised.")
    return say("The invoices are on their way to the payers.")
