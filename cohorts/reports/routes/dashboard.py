"""The dashboard: a period at a glance, for those who work with the teams."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from cohorts.reports.domain.scope import Period
from cohorts.reports.forms.asking import PeriodForm, usual_period
from cohorts.reports.routes.blueprint import REFUSALS, bp
from cohorts.reports.service.dashboard import dashboard_of
from consortium.access import Permission, requires
from consortium.tenants.service.days import today


@bp.get("/reports/dashboard")
@requires(Permission.VIEW_BOARD)
def dashboard() -> ResponseReturnValue:
    """Show reach on a map, teams, retention, attendance, plans, peers, and money to whom it is."""
    form = PeriodForm(today())
    first, last = usual_period(today())
    period = Period(first=first, last=last)
    if form.asked and form.validate():
        with form.showing(*REFUSALS):
            period = Period(first=form.first.data, last=form.last.data)
    shown = dashboard_of(period, with_money=Permission.SEE_MONEY in g.permissions)
    page = render_template(
        "cohorts/reports/dashboard.html", form=form, period=period, dashboard=shown
    )
    return page, form.status
