"""How long records are kept, what holds them, and their deletion by hand."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium import clock
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.forms import ActForm
from events.credit.domain.rules import CreditRefused
from events.credit.forms import HoldForm
from events.credit.routes.blueprint import MANAGED, bp
from events.credit.service import keeping
from events.institutes import service as institutes
from events.institutes.domain.holding import HoldRefused
from events.institutes.models import Institute
from events.institutes.service import holding


@bp.get(f"{MANAGED}/records")
@requires(Permission.EDIT_INSTITUTES)
def records(slug: str) -> ResponseReturnValue:
    """Show until when attendance and certificates are kept, and what holds them."""
    return _page(_institute(slug), HoldForm(formdata=None))


@bp.post(f"{MANAGED}/records/hold")
@requires(Permission.EDIT_INSTITUTES)
def hold(slug: str) -> ResponseReturnValue:
    """Keep the records until the hold is lifted."""
    institute, form = _institute(slug), HoldForm()
    if form.validate_on_submit():
        with form.showing(HoldRefused), transaction():
            form.once(by=g.identity.email)
            holding.place_hold(institute, form.reason.data or "", by=g.identity.email)
            flash(gettext("The records are held."))
            return form.answer(redirect(url_for(".records", slug=slug)))
    return _page(institute, form)


@bp.post(f"{MANAGED}/records/lift")
@requires(Permission.EDIT_INSTITUTES)
def lift(slug: str) -> ResponseReturnValue:
    """Let the years count again."""
    institute, form = _institute(slug), ActForm()
    if form.validate_on_submit():
        with form.showing(NotFound), transaction():
            form.once(by=g.identity.email)
            holding.lift_hold(institute, by=g.identity.email)
            flash(gettext("The hold is lifted."))
            return form.answer(redirect(url_for(".records", slug=slug)))
    return _page(_institute(slug), form)


@bp.post(f"{MANAGED}/records/purge")
@requires(Permission.EDIT_INSTITUTES)
def purge(slug: str) -> ResponseReturnValue:
    """Delete attendance and certificates whose time has passed."""
    institute, form = _institute(slug), ActForm()
    if form.validate_on_submit():
        with form.showing(CreditRefused, NotFound), transaction():
            form.once(by=g.identity.email)
            done = keeping.purge_attendance(institute, by=g.identity.email)
            flash(gettext("Deleted. People who had been there: %(n)s.", n=done.people))
            return form.answer(redirect(url_for(".records", slug=slug)))
    return _page(_institute(slug), form)


def _page(institute: Institute, form: ActForm) -> ResponseReturnValue:
    today = clock.now().astimezone(institute.zone).date()
    kept = keeping.keeping_at(institute)
    page = render_template(
        "events/credit/records.html",
        institute=institute,
        kept=kept,
        over=kept is not None and kept.is_over(today),
        hold=holding.find_hold(institute.id),
        holds=holding.holds_of(institute),
        purged=keeping.find_purge(institute),
        form=form,
        holding=form if isinstance(form, HoldForm) else HoldForm(formdata=None),
    )
    return page, form.status


def _institute(slug: str) -> Institute:
    return institutes.get_by_slug(slug, drafts=True)
