"""A side says whether its people may be matched while a partnership is in dispute."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching.forms.further import WillingForm
from cohorts.matching.routes.blueprint import bp, own_id
from cohorts.matching.service.willing import say_willing, willing
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.words import say


@bp.route("/partnerships/<uuid:partnership_id>/in-a-dispute", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def in_dispute(partnership_id: UUID) -> ResponseReturnValue:
    """Show what both sides said, and let who speaks for a side answer for it."""
    found = willing(partnership_id, own_id(), hosts=Permission.VIEW_BOARD in g.permissions)
    form = WillingForm()
    if form.is_submitted():
        found.require_side()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            say_willing(partnership_id, own_id(), agreed=form.agreed, by=g.identity.email)
            flash(
                say("Kept: your side agrees.")
                if form.agreed
                else say("Kept: your side does not agree.")
            )
            return form.answer(redirect(url_for(".in_dispute", partnership_id=partnership_id)))
    if not form.is_submitted():
        form.fill(agreed=found.own)
    page = render_template("cohorts/matching/in_dispute.html", found=found, form=form)
    return page, form.status
