"""The readiness checklist of a partnership, and the consortium's own words for it."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.plans import service as plans
from cohorts.plans.domain import PlanRefused
from cohorts.plans.domain.duties import Group
from cohorts.plans.forms import checklist_form, readiness_form
from cohorts.plans.routes.blueprint import PARTNERSHIP, bp, reader
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict
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


@bp.route("/settings/readiness", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def checklist() -> ResponseReturnValue:
    """Let hosts ask about duties in their own words, or not at all."""
    form = checklist_form(*plans.checklist_now())
    conflict = None
    if form.validate_on_submit():
        with form.showing(PlanRefused):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    plans.change_checklist(
                        form.to_own(), version=form.read_version, by=g.identity.email
                    )
                    flash(say("Saved. Duties in other words are asked anew."))
                    return form.answer(redirect(url_for(".checklist")))
            except Conflict as meanwhile:
                conflict = meanwhile
        if conflict is not None:
            form.version.data = str(plans.checklist_now()[1])
    page = render_template(
        "cohorts/plans/checklist.html", form=form, conflict=conflict, of_groups=list(Group)
    )
    return page, conflict.status if conflict else form.status
