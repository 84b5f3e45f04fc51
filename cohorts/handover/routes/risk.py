"""Partnerships at risk: the host's list, its file, and from when on something counts."""

from flask import flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from cohorts.handover import service as handover
from cohorts.handover.exports import risk_table
from cohorts.handover.forms import RiskForm
from cohorts.handover.routes.blueprint import bp
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict, Refusal
from consortium.paging import page_of
from consortium.spreadsheets import csv_file
from consortium.tenants.service.days import today
from consortium.words import say


@bp.get("/manage/at-risk")
@requires(Permission.VIEW_BOARD)
def at_risk() -> ResponseReturnValue:
    """List the partnerships at risk, why, and what to do."""
    number = request.args.get("page", default=1, type=int)
    return render_template(
        "cohorts/handover/at_risk.html",
        found=page_of(handover.at_risk_now(), number),
        rules=handover.rules_now()[0],
    )


@bp.get("/manage/at-risk.csv")
@requires(Permission.VIEW_BOARD)
def at_risk_file() -> ResponseReturnValue:
    """Give the list as a file for spreadsheet programs."""
    written = csv_file(risk_table(handover.at_risk_now()))
    name = f"partnerships-at-risk-{today().isoformat()}.csv"
    return send_file(written.file, mimetype="text/csv", as_attachment=True, download_name=name)


@bp.route("/settings/risk", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def rules() -> ResponseReturnValue:
    """Set from when on a partnership counts as at risk."""
    form = RiskForm()
    if request.method == "GET":
        form.fill(*handover.rules_now())
    conflict = None
    if form.validate_on_submit():
        with form.showing(Refusal):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    handover.change_rules(
                        form.to_rules(), version=form.read_version, by=g.identity.email
                    )
                    flash(say("Saved. The list follows at once."))
                    return form.answer(redirect(url_for(".at_risk")))
            except Conflict as meanwhile:
                conflict = meanwhile
        if conflict is not None:
            form.version.data = str(handover.rules_now()[1])
    page = render_template("cohorts/handover/rules.html", form=form, conflict=conflict)
    return page, conflict.status if conflict else form.status
