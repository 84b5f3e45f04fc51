"""The host's pages of ranked rounds: until when, what is wanted, drafts, and giving the places."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.forms import DecideForm, DraftForm, RankedRoundForm
from events.agenda.routes.blueprint import bp
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain.proposing import sentence_in
from events.schedule.domain.ranking import DRAFT_OPEN, Phase

ADDRESS = "/manage/institutes/<slug>/choices/ranked"
SHOWN = ("all", "none", "unasked", "later")


@bp.get(ADDRESS)
@requires(Permission.VIEW_BOARD)
def ranked(slug: str) -> ResponseReturnValue:
    """Show how much each session is wanted, and the drafts of who gets which place."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return _page(institute, _draft_form(institute))


@bp.route(f"{ADDRESS}/rounds/<path:group>", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def rank_round(slug: str, group: str) -> ResponseReturnValue:
    """Let people rank a round, or change until when they do."""
    institute = institutes.get_by_slug(slug, drafts=True)
    sessions = agendas.rounds_to_rank(institute).get(group)
    if not sessions:
        raise NotFound(say("There is no such round of sessions."))
    known = schedule.ranked_rounds_of(institute.id).get(group)
    form = RankedRoundForm()
    if known is not None and not form.is_submitted():
        form.show(schedule.get_ranked_round(institute, known.id), institute.zone)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            schedule.let_rank(
                institute,
                group,
                until=form.until(institute.zone),
                any_free=form.any_free.data,
                most=form.most.data,
                by=g.identity.email,
            )
            flash(say("People rank this round now."))
            return form.answer(redirect(url_for(".ranked", slug=slug)))
    page = render_template(
        "events/agenda/rank_round.html",
        form=form,
        institute=institute,
        sessions=sessions,
        group=group,
        known=known,
    )
    return page, form.status


@bp.post(f"{ADDRESS}/stop/<uuid:round_id>")
@requires(Permission.MANAGE_TEAMS)
def stop_ranking(slug: str, round_id: UUID) -> ResponseReturnValue:
    """Let people take places first come, first served again."""
    institute, form = institutes.get_by_slug(slug, drafts=True), ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            schedule.stop_ranking(institute, round_id, by=g.identity.email)
            flash(say("People take places in this round themselves again."))
            return form.answer(redirect(url_for(".ranked", slug=slug)))
    return _page(institute, form)


@bp.post(f"{ADDRESS}/drafts")
@requires(Permission.MANAGE_TEAMS)
def make_draft(slug: str) -> ResponseReturnValue:
    """Ask the worker who would get which place."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = _draft_form(institute)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            asked = form.to_asked(seed=agendas.new_lot())
            draft = agendas.ask_draft(institute, asked, by=g.identity.email)
            return form.answer(redirect(url_for(".places_draft", slug=slug, draft_id=draft.id)))
    return _page(institute, form)


@bp.get(f"{ADDRESS}/drafts/<uuid:draft_id>")
@requires(Permission.VIEW_BOARD)
def places_draft(slug: str, draft_id: UUID) -> ResponseReturnValue:
    """Show what a draft gives to whom and why, and how it differs from the one before."""
    return _draft_page(slug, draft_id, ActForm())


@bp.post(f"{ADDRESS}/drafts/<uuid:draft_id>/accept")
@requires(Permission.MANAGE_TEAMS)
def accept_draft(slug: str, draft_id: UUID) -> ResponseReturnValue:
    """Give everyone the places of a draft."""
    institute, form = institutes.get_by_slug(slug, drafts=True), ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            people = agendas.accept_draft(institute, draft_id, by=g.identity.email)
            flash(say("The places are given. People who get a mail: %(people)s.", people=people))
            return form.answer(redirect(url_for(".places_draft", slug=slug, draft_id=draft_id)))
    return _draft_page(slug, draft_id, form)


@bp.post(f"{ADDRESS}/drafts/<uuid:draft_id>/again")
@requires(Permission.MANAGE_TEAMS)
def find_again(slug: str, draft_id: UUID) -> ResponseReturnValue:
    """Ask for the same once more: after a search without a result, or after people ranked anew."""
    institute, form = institutes.get_by_slug(slug, drafts=True), ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            draft = agendas.ask_again(institute, draft_id, by=g.identity.email)
            return form.answer(redirect(url_for(".places_draft", slug=slug, draft_id=draft.id)))
    return _draft_page(slug, draft_id, form)


@bp.post(f"{ADDRESS}/drafts/<uuid:draft_id>/stop")
@requires(Permission.MANAGE_TEAMS)
def stop_draft(slug: str, draft_id: UUID) -> ResponseReturnValue:
    """End a search for places that nobody wants any more."""
    institute, form = institutes.get_by_slug(slug, drafts=True), ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            agendas.stop_draft(institute, draft_id, by=g.identity.email)
            return form.answer(redirect(url_for(".places_draft", slug=slug, draft_id=draft_id)))
    return _draft_page(slug, draft_id, form)


@bp.route(
    f"{ADDRESS}/drafts/<uuid:draft_id>/people/<uuid:seat_id>/<path:group>", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_TEAMS)
def decide_place(slug: str, draft_id: UUID, seat_id: UUID, group: str) -> ResponseReturnValue:
    """Give someone a place in a session, or keep someone out of one, and find the others again."""
    institute = institutes.get_by_slug(slug, drafts=True)
    view = agendas.decision_view(institute, draft_id, seat_id, group)
    form = DecideForm()
    form.offer(view.sessions, view.pin)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            draft = agendas.decide(
                institute, draft_id, seat_id, group, form.to_pin(seat_id), by=g.identity.email
            )
            return form.answer(redirect(url_for(".places_draft", slug=slug, draft_id=draft.id)))
    page = render_template(
        "events/agenda/decide_place.html", form=form, institute=institute, view=view
    )
    return page, form.status


def _draft_form(institute: Institute) -> DraftForm:
    form = DraftForm()
    rounds = agendas.rounds_to_rank(institute)
    known = schedule.ranked_rounds_of(institute.id)
    offered = [(str(known[group].id), group) for group in rounds if group in known]
    sessions = [one.planned for group in rounds if group in known for one in rounds[group]]
    form.offer(offered, sessions)
    return form


def _page(institute: Institute, form: ActForm) -> ResponseReturnValue:
    drafting = form if isinstance(form, DraftForm) else _draft_form(institute)
    demand = agendas.demand_at(institute)
    page = render_template(
        "events/agenda/ranked.html",
        form=form,
        drafting=drafting,
        institute=institute,
        demand=demand,
        drafts=agendas.drafts_of(institute),
        open_draft=agendas.open_draft(institute),
        counts_of=agendas.counts_of,
        told_by=agendas.told_by,
        others=_others(institute),
        phases=Phase,
    )
    return page, form.status


def _others(institute: Institute) -> Sequence[str]:
    """Return the rounds in which people take places themselves."""
    known = schedule.ranked_rounds_of(institute.id)
    return [group for group in agendas.rounds_to_rank(institute) if group not in known]


def _draft_page(slug: str, draft_id: UUID, form: ActForm) -> ResponseReturnValue:
    institute = institutes.get_by_slug(slug, drafts=True)
    view = agendas.draft_view(institute, draft_id, show=request.args.get("show", "all"))
    page = render_template(
        "events/agenda/places_draft.html",
        form=form,
        institute=institute,
        view=view,
        draft=view.draft,
        going_on=view.draft.state in DRAFT_OPEN,
        trouble=[sentence_in(one) for one in view.draft.trouble],
        found=page_of(view.people, request.args.get("page", default=1, type=int)),
    )
    return page, form.status
