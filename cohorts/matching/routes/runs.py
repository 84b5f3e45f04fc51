"""Peers: a coordinator runs the matching, looks at what it found and publishes it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import service as matching
from cohorts.matching.forms import RunForm
from cohorts.matching.routes.blueprint import MANAGED, bp
from cohorts.matching.service import RunPage
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.paging import Page, page_of
from consortium.words import say
from events import facade
from events.facade import InstituteView

MANAGE = f"{MANAGED}/peers"


@bp.get(MANAGE)
@requires(Permission.RUN_MATCHING)
def show(slug: str) -> ResponseReturnValue:
    """Show the coordinator who agreed, the draft, and the published runs."""
    return _runs_page(facade.institute_of(slug, drafts=True), RunForm())


@bp.post(MANAGE)
@requires(Permission.RUN_MATCHING)
def run(slug: str) -> ResponseReturnValue:
    """Find peers for everyone who agreed, as a draft."""
    institute = facade.institute_of(slug, drafts=True)
    form = RunForm()
    if form.validate_on_submit():
        by = g.identity.email
        group = matching.gather(institute.id, each=form.each.data)
        end_reading()  # nobody else has to wait for the search
        found = matching.search_peers(group)
        with form.showing(Refusal), transaction():
            form.once(by=by)
            matching.keep_draft(group, found, by=by)
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _runs_page(institute, form)


@bp.get(f"{MANAGE}/<uuid:run_id>")
@requires(Permission.RUN_MATCHING)
def past(slug: str, run_id: UUID) -> ResponseReturnValue:
    """Show what one run found."""
    institute = facade.institute_of(slug, drafts=True)
    page = matching.run_page(institute.id, run_id)
    return render_template(
        "cohorts/matching/past.html", institute=institute, page=page, **_part_of(page)
    )


@bp.post(f"{MANAGE}/<uuid:run_id>/publish")
@requires(Permission.RUN_MATCHING)
def publish(slug: str, run_id: UUID) -> ResponseReturnValue:
    """Show people their peers and tell them by mail."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            draft = matching.get_run(institute.id, run_id)
            matching.publish_run(draft.id, by=g.identity.email)
            flash(say("Published. Everyone with a peer gets a mail."))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _runs_page(institute, RunForm(), refused=form)


@bp.post(f"{MANAGE}/<uuid:run_id>/discard")
@requires(Permission.RUN_MATCHING)
def discard(slug: str, run_id: UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            draft = matching.get_run(institute.id, run_id)
            matching.discard_run(draft.id, by=g.identity.email)
            flash(say("The draft is gone. Nobody has seen it."))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _runs_page(institute, RunForm(), refused=form)


def _part_of(run: RunPage | None) -> Mapping[str, Page[Any]]:
    """Return the page that is asked for of the pairs, and of those who are left out."""
    number = request.args.get("page", default=1, type=int)
    return {
        "pairs": page_of(run.lines if run else (), number),
        "alone": page_of(run.left_out if run else (), number),
    }


def _runs_page(
    institute: InstituteView, form: RunForm, *, refused: ActForm | None = None
) -> ResponseReturnValue:
    overview = matching.overview_of(institute.id)
    draft = matching.run_page(institute.id, overview.draft_id) if overview.draft_id else None
    page = render_template(
        "cohorts/matching/show.html",
        institute=institute,
        overview=overview,
        draft=draft,
        **_part_of(draft),
        form=form,
        refused=refused or form,
    )
    return page, (refused or form).status
