"""A round between two cohorts or groups, and partnerships in dispute."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import service as matching
from cohorts.matching.domain.searching import SearchKind
from cohorts.matching.forms.further import BetweenForm, StandingForm
from cohorts.matching.routes.blueprint import MANAGED, bp
from cohorts.matching.service.between_pages import other_sides, own_sides
from cohorts.matching.service.disputes import change_standing, partnerships_at, standing_lines
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.paging import page_of
from consortium.words import say
from events import facade


@bp.route(f"{MANAGED}/peers/between", methods=["GET", "POST"])
@requires(Permission.RUN_MATCHING)
def between(slug: str) -> ResponseReturnValue:
    """Ask a worker for a round between two cohorts, or two groups of one."""
    institute = facade.institute_of(slug, drafts=True)
    form = BetweenForm()
    form.offer(own_sides(institute), other_sides(institute))
    if form.validate_on_submit():
        wish = form.to_wish()
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            _check(wish.other == institute.id and wish.own_group == wish.other_group)
            matching.ask_search(institute.id, wish, by=g.identity.email)
            return form.answer(redirect(url_for(".show", slug=slug)))
    page = render_template(
        "cohorts/matching/between.html",
        institute=institute,
        form=form,
        search=matching.latest_search(institute.id, SearchKind.WHOLE),
    )
    return page, form.status


@bp.route(f"{MANAGED}/peers/disputes", methods=["GET", "POST"])
@requires(Permission.RUN_MATCHING)
def disputes(slug: str) -> ResponseReturnValue:
    """Show which partnerships are in dispute, and say so of one."""
    institute = facade.institute_of(slug, drafts=True)
    form = StandingForm()
    form.offer(partnerships_at(institute.id))
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            change_standing(
                institute.id,
                form.to_partnership(),
                form.to_standing(),
                reason=form.reason.data or "",
                by=g.identity.email,
            )
            flash(say("Saved. It holds at once, and when drafts are published."))
            return form.answer(redirect(url_for(".disputes", slug=slug)))
    number = request.args.get("page", default=1, type=int)
    page = render_template(
        "cohorts/matching/disputes.html",
        institute=institute,
        form=form,
        lines=page_of(standing_lines(), number),
    )
    return page, form.status


def _check(same: bool) -> None:  # noqa: FBT001  (a value)
    if same:
        raise Refusal(say("Choose two different groups."), field="other")
