"""Make a report: choose it, look at it as it would be published, publish it."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cohorts.reports.exports.files import Imprint, files_of
from cohorts.reports.forms.asking import PublishForm, ReportForm
from cohorts.reports.routes.blueprint import REFUSALS, actor, bp
from cohorts.reports.service import publishing
from cohorts.reports.service.grants import grants
from cohorts.reports.service.running import Run, run_report
from consortium import clock
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.tenants.service.days import today


@bp.get("/reports/new")
@requires(Permission.EDIT_CONSORTIUM)
def new() -> ResponseReturnValue:
    """Show a report as it would be published."""
    asking = ReportForm(today(), grants())
    return _page(asking, _run(asking) if asking.asked else None, PublishForm())


@bp.post("/reports/publish")
@requires(Permission.EDIT_CONSORTIUM)
def publish() -> ResponseReturnValue:
    """Publish the report that the page shows, made anew at this moment."""
    asking, form = ReportForm(today(), grants()), PublishForm()
    run = _run(asking)
    if run is not None and form.validate_on_submit():
        with form.showing(*REFUSALS):
            number = publishing.next_number(g.tenant)
            files = files_of(run.report, Imprint(number=number, at=clock.now(), on=today()))
            end_reading()
            with transaction():
                form.once(by=actor())
                row = publishing.publish(run, files, number=number, by=actor())
                flash(gettext("The report is published. Funders and partners may read it now."))
                return form.answer(redirect(url_for(".show", report_id=row.id)))
    return _page(asking, run, form)


def _page(asking: ReportForm, run: Run | None, form: PublishForm) -> ResponseReturnValue:
    page = render_template("cohorts/reports/new.html", asking=asking, form=form, run=run)
    return page, asking.status if asking.errors else form.status


def _run(asking: ReportForm) -> Run | None:
    """Return the report that was asked for; nothing, and an error, where it cannot be."""
    if not asking.validate():
        return None
    with asking.showing(*REFUSALS):
        return run_report(
            asking.to_scope(), g.tenant, with_money=Permission.SEE_MONEY in g.permissions
        )
    return None
