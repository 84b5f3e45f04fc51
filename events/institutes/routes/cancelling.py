"""Cancel an institute, after reading in numbers what will happen."""

from http import HTTPStatus

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from events.institutes import service as institutes
from events.institutes.domain.cancelling import CancellingRefused
from events.institutes.forms import CancelForm
from events.institutes.routes.blueprint import bp
from events.institutes.service import cancelling


@bp.route("/manage/institutes/<slug>/cancel", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def cancel(slug: str) -> ResponseReturnValue:
    """Say what ends with the institute, ask why, and cancel it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = CancelForm()
    form.about(cancelling.others_ahead(institute))
    if form.validate_on_submit():
        with form.showing(CancellingRefused), transaction():
            form.once(by=g.identity.email)
            cancelling.cancel_institute(institute, form.to_announcement(), by=g.identity.email)
            flash(gettext("The institute is cancelled. Whoever counted on it gets a mail."))
            return form.answer(redirect(url_for(".edit", slug=slug)))
    refused = cancelling.why_not(institute)
    page = render_template(
        "events/institutes/cancel.html",
        institute=institute,
        form=form,
        refused=refused,
        endings=() if refused else cancelling.endings_of(institute),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
