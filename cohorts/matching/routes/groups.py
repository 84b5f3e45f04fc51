"""Tables and partner teams: a coordinator proposes, changes and publishes them."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching.exports import groups_list
from cohorts.matching.forms.groupings import KeepForm, ProposeForm, WishForm
from cohorts.matching.models import GroupingKind
from cohorts.matching.routes.blueprint import MANAGED, bp
from cohorts.matching.service import cohort_groups, groupings
from cohorts.matching.service import grouping_acts as acts
from cohorts.matching.service.grouping_pages import (
    GroupsPage,
    grouping_view,
    groups_page,
)
from cohorts.matching.service.team_searches import (
    ask_team_search,
    cancel_team_search,
    get_team_search,
    latest_team_search,
)
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events import facade
from events.facade import InstituteView

TOGETHER = f"{MANAGED}/together"


@bp.get(f"{TOGETHER}/<kind>")
@requires(Permission.RUN_MATCHING)
def groups(slug: str, kind: str) -> ResponseReturnValue:
    """Show the proposal, what is published, and what is said of single teams."""
    return _page(facade.institute_of(slug, drafts=True), _kind(kind))


@bp.post(f"{TOGETHER}/<kind>")
@requires(Permission.RUN_MATCHING)
def propose(slug: str, kind: str) -> ResponseReturnValue:
    """Ask a worker to find tables, or partners, as a draft."""
    institute, its = facade.institute_of(slug, drafts=True), _kind(kind)
    form = ProposeForm()
    page = groups_page(institute.id, its)
    form.about(page)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            ask_team_search(institute.id, its, form.to_terms(), by=g.identity.email)
            return form.answer(redirect(url_for(".groups", slug=slug, kind=kind)))
        page = groups_page(institute.id, its)
    return _page(institute, its, page=page, form=form)


@bp.post(f"{TOGETHER}/searches/<uuid:search_id>/stop")
@requires(Permission.RUN_MATCHING)
def stop_groups(slug: str, search_id: UUID) -> ResponseReturnValue:
    """End a search that nobody wants any more."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    kind = get_team_search(institute.id, search_id).kind
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            cancel_team_search(institute.id, search_id, by=g.identity.email)
            return form.answer(redirect(url_for(".groups", slug=slug, kind=kind)))
    return _page(institute, kind, refused=form)


@bp.get(f"{TOGETHER}/shown/<uuid:grouping_id>")
@requires(Permission.RUN_MATCHING)
def grouping(slug: str, grouping_id: UUID) -> ResponseReturnValue:
    """Show one proposal or published grouping as a list to print."""
    institute = facade.institute_of(slug, drafts=True)
    return render_template(
        "cohorts/matching/grouping.html",
        institute=institute,
        view=grouping_view(institute.id, grouping_id),
    )


@bp.get(f"{TOGETHER}/shown/<uuid:grouping_id>.csv")
@requires(Permission.RUN_MATCHING)
def grouping_csv(slug: str, grouping_id: UUID) -> ResponseReturnValue:
    """Hand out a grouping for a spreadsheet."""
    institute = facade.institute_of(slug, drafts=True)
    view = grouping_view(institute.id, grouping_id)
    response = Response(groups_list.as_csv(view), mimetype="text/csv")
    name = f"{slug}-{view.kind.value}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.post(f"{TOGETHER}/shown/<uuid:grouping_id>/publish")
@requires(Permission.RUN_MATCHING)
def publish_groups(slug: str, grouping_id: UUID) -> ResponseReturnValue:
    """Show teams where they are."""
    institute = facade.institute_of(slug, drafts=True)
    kind = groupings.get_grouping(institute.id, grouping_id).kind

    def act() -> str:
        acts.publish_grouping(institute.id, grouping_id, by=g.identity.email)
        return say("Published. Teams see where they are and why, and a mail tells their people.")

    return _act(institute, kind, act, url_for(".groups", slug=slug, kind=kind))


@bp.post(f"{TOGETHER}/shown/<uuid:grouping_id>/groups")
@requires(Permission.MANAGE_TEAMS)
def take_as_groups(slug: str, grouping_id: UUID) -> ResponseReturnValue:
    """Let published tables be the groups of a cohort."""
    institute = facade.institute_of(slug, drafts=True)
    kind = groupings.get_grouping(institute.id, grouping_id).kind

    def act() -> str:
        changed = cohort_groups.take_as_groups(institute.id, grouping_id, g.identity.email)
        return say("Teams whose group is another now: %(teams)s.", teams=changed)

    return _act(institute, kind, act, url_for("learning.groups", slug=slug))


@bp.post(f"{TOGETHER}/shown/<uuid:grouping_id>/discard")
@requires(Permission.RUN_MATCHING)
def discard_groups(slug: str, grouping_id: UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    institute = facade.institute_of(slug, drafts=True)
    kind = groupings.get_grouping(institute.id, grouping_id).kind

    def act() -> str:
        acts.discard_grouping(institute.id, grouping_id, by=g.identity.email)
        return say("The draft is gone. Nobody has seen it.")

    return _act(institute, kind, act, url_for(".groups", slug=slug, kind=kind))


@bp.post(f"{TOGETHER}/teams/<uuid:team_id>/keep")
@requires(Permission.RUN_MATCHING)
def keep_team(slug: str, team_id: UUID) -> ResponseReturnValue:
    """Keep a team at its table when tables are found again, or let it go."""
    institute = facade.institute_of(slug, drafts=True)
    form = KeepForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            kept = form.kept.data == "yes"
            acts.keep_team(institute.id, team_id, by=g.identity.email, kept=kept)
            there = url_for(
                ".groups", slug=slug, kind=GroupingKind.TABLES, _anchor=f"team-{team_id}"
            )
            return form.answer(redirect(there))
    return _page(institute, GroupingKind.TABLES, refused=form)


@bp.get(f"{TOGETHER}/<kind>/wishes")
@requires(Permission.RUN_MATCHING)
def wish(slug: str, kind: str) -> ResponseReturnValue:
    """Ask which two teams are kept together, or apart."""
    institute, its = facade.institute_of(slug, drafts=True), _kind(kind)
    form = WishForm()
    form.about(facade.registered_teams(institute.id))
    return _wish_page(institute, its, form)


@bp.post(f"{TOGETHER}/<kind>/wishes")
@requires(Permission.RUN_MATCHING)
def add_wish(slug: str, kind: str) -> ResponseReturnValue:
    """Keep two teams together, or apart, from now on."""
    institute, its = facade.institute_of(slug, drafts=True), _kind(kind)
    form = WishForm()
    form.about(facade.registered_teams(institute.id))
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            teams, apart = form.to_teams(), form.apart.data == "yes"
            acts.add_wish(institute.id, its, teams, g.identity.email, apart=apart)
            flash(say("Kept in mind. Propose again to see what comes of it."))
            return form.answer(redirect(url_for(".groups", slug=slug, kind=kind)))
    return _wish_page(institute, its, form)


@bp.post(f"{TOGETHER}/wishes/<uuid:wish_id>/remove")
@requires(Permission.RUN_MATCHING)
def unwish(slug: str, wish_id: UUID) -> ResponseReturnValue:
    """Let two teams go wherever is best again."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            kind = acts.remove_wish(institute.id, wish_id, by=g.identity.email)
            return form.answer(redirect(url_for(".groups", slug=slug, kind=kind)))
    return _page(institute, GroupingKind.TABLES, refused=form)


def _act(
    institute: InstituteView, kind: GroupingKind, act: Callable[[], str], target: str
) -> ResponseReturnValue:
    """Do what a button asks, once, and lead on; what is refused is said on the page."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            flash(act())
            return form.answer(redirect(target))
    return _page(institute, kind, refused=form)


def _kind(kind: str) -> GroupingKind:
    try:
        return GroupingKind(kind)
    except ValueError as error:
        raise NotFound(say("Teams are brought together at tables or as partners.")) from error


def _wish_page(institute: InstituteView, kind: GroupingKind, form: WishForm) -> ResponseReturnValue:
    page = render_template("cohorts/matching/wish.html", institute=institute, kind=kind, form=form)
    return page, form.status


def _page(
    institute: InstituteView,
    kind: GroupingKind,
    *,
    page: GroupsPage | None = None,
    form: ProposeForm | None = None,
    refused: ActForm | None = None,
) -> ResponseReturnValue:
    page = page or groups_page(institute.id, kind)
    if form is None:
        form = ProposeForm(formdata=None)
        form.about(page)
    number = request.args.get("page", default=1, type=int)
    shown = page_of(page.draft.groups if page.draft else (), number)
    wrong = refused or form
    body = render_template(
        "cohorts/matching/groups.html",
        institute=institute,
        page=page,
        search=latest_team_search(institute.id, kind),
        shown=shown,
        form=form,
        refused=wrong,
    )
    return body, wrong.status
