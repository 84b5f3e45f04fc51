"""Grants: the list, a new one, a change."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cohorts.reports.forms.grants import GrantForm
from cohorts.reports.routes.blueprint import REFUSALS, actor, bp
from cohorts.reports.service import grants as service
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from events.facade.reports import gatherings

GRANT = "/reports/grants/<uuid:grant_id>"


@bp.get("/reports/grants")
@requires(Permission.EDIT_CONSORTIUM)
def grants() -> ResponseReturnValue:
    """List the grants."""
    titles = {one.id: one.title for one in gatherings()}
    return render_template("cohorts/reports/grants.html", grants=service.grants(), titles=titles)


@bp.route("/reports/grants/new", methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def new_grant() -> ResponseReturnValue:
    """Write down a grant."""
    form = GrantForm([(one.id, one.title) for one in gatherings()])
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=actor())
            service.add_grant(form.to_facts(), by=actor())
            flash(gettext("The grant is written down."))
            return form.answer(redirect(url_for(".grants")))
    return render_template("cohorts/reports/grant.html", form=form, grant=None), form.status


@bp.route(GRANT, methods=["GET", "POST"])
@requires(Permission.EDIT_CONSORTIUM)
def grant(grant_id: UUID) -> ResponseReturnValue:
    """Change a grant."""
    found = service.get_grant(grant_id)
    form = GrantForm([(one.id, one.title) for one in gatherings()])
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=actor())
            service.change_grant(grant_id, form.to_facts(), version=form.seen_version, by=actor())
            flash(gettext("The grant is changed. Reports that were published keep what they say."))
            return form.answer(redirect(url_for(".grants")))
    elif not form.is_submitted():
        form.fill(found)
    return render_template("cohorts/reports/grant.html", form=form, grant=found), form.status


@bp.post(f"{GRANT}/remove")
@requires(Permission.EDIT_CONSORTIUM)
def remove_grant(grant_id: UUID) -> ResponseReturnValue:
    """Take a grant off the list."""
    form = ActForm()
    with transaction():
        form.once(by=actor())
        service.remove_grant(grant_id, by=actor())
        flash(gettext("The grant is off the list."))
        return form.answer(redirect(url_for(".grants")))
