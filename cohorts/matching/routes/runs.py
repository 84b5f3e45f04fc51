"""Peers: a coordinator runs the matching, looks at what it found and publishes it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import service as matching
from cohorts.matching.domain.searching import DRAFTING, SearchKind, Wish
from cohorts.matching.forms.peers import RunForm, TermsForm
from cohorts.matching.routes.blueprint import MANAGED, bp
from cohorts.matching.service import RunPage
from cohorts.matching.service.following import outcomes_of
from consortium.access import Permission, requires
from consortium.database import transaction
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
    """Ask a worker to find peers for everyone who agreed, as a draft."""
    return _asked(slug, RunForm(), SearchKind.WHOLE)


@bp.post(f"{MANAGE}/terms")
@requires(Permission.RUN_MATCHING)
def terms(slug: str) -> ResponseReturnValue:
    """Keep whether both accept a match before they see each other's contact."""
    institute = facade.institute_of(slug, drafts=True)
    form = TermsForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            matching.change_terms(institute, g.identity.email, two_sided=form.two_sided.data)
            flash(say("Saved. It holds for whatever is published from now on."))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _runs_page(institute, RunForm(formdata=None), refused=form)


@bp.post(f"{MANAGE}/again")
@requires(Permission.RUN_MATCHING)
def again(slug: str) -> ResponseReturnValue:
    """Ask a worker to make the draft anew, and leave in it what need not change."""
    return _asked(slug, ActForm(), SearchKind.AGAIN)


@bp.post(f"{MANAGE}/late")
@requires(Permission.RUN_MATCHING)
def late(slug: str) -> ResponseReturnValue:
    """Ask a worker for peers of those who agreed late; published pairs stay."""
    return _asked(slug, RunForm(), SearchKind.LATE)


@bp.post(f"{MANAGE}/searches/<uuid:search_id>/stop")
@requires(Permission.RUN_MATCHING)
def stop(slug: str, search_id: UUID) -> ResponseReturnValue:
    """End a search that nobody wants any more."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            kind = matching.cancel_search(institute.id, search_id, by=g.identity.email)
            page = ".what_if" if kind is SearchKind.WHAT_IF else ".show"
            return form.answer(redirect(url_for(page, slug=slug)))
    return _runs_page(institute, RunForm(), refused=form)


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
            found = len(matching.get_run(institute.id, run_id).matches)
            run = matching.publish_run(run_id, by=g.identity.email)
            flash(say("Published. Everyone with a peer gets a mail."))
            if left_out := found - len(run.matches):
                flash(
                    say(
                        "Pairs left out, because something changed since they were found: "
                        "%(pairs)s. Find peers for late joiners to fill those places.",
                        pairs=left_out,
                    )
                )
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


def _asked(slug: str, form: ActForm, kind: SearchKind) -> ResponseReturnValue:
    institute = facade.institute_of(slug, drafts=True)
    if form.validate_on_submit():
        wish = form.to_wish(kind) if isinstance(form, RunForm) else Wish(kind=kind)
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            matching.ask_search(institute.id, wish, by=g.identity.email)
            return form.answer(redirect(url_for(".show", slug=slug)))
    run_form = form if isinstance(form, RunForm) else RunForm()
    return _runs_page(institute, run_form, refused=form)


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
        search=matching.latest_search(institute.id, *DRAFTING),
        draft=draft,
        **_part_of(draft),
        form=form,
        terms=matching.terms_of(institute),
        outcomes=outcomes_of(institute.id),
        refused=refused or form,
    )
    return page, (refused or form).status
