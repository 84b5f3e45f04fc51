"""The readiness checklist of a partnership."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.plans import service as plans
from cohorts.plans.domain import PlanRefused
from cohorts.plans.forms import readiness_form
from cohorts.plans.routes.blueprint import PARTNERSHIP, bp, reader
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say


@bp.route(f"{PARTNERSHIP}/readiness", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def readiness(partnership_id: UUID) -> ResponseReturnValue:
    """Ask someone about the own duties, and show how far the partnership is."""
    page = plans.readiness_of(partnership_id, reader())
    form = readiness_form(page.duties, page.said)
    if form.validate_on_submit():
        with form.showing(PlanRefused), transaction():
            form.once(by=g.identity.email)
            plans.answer_duties(partnership_id, form.to_answers(), reader())
            flash(say("Saved. Everyone of the partnership sees it below."))
            return form.answer(redirect(url_for(".readiness", partnership_id=partnership_id)))
    shown = render_template("cohorts/plans/readiness.html", page=page, form=form)
    return shown, form.status
