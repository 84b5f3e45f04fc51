"""Propose a programme: ask, look at it beside the draft, take it over; lock sessions."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import days_of
from events.schedule.domain.proposing import OPEN, Asked, ProposalRefused, Reason, sentence_in
from events.schedule.forms.proposals import (
    AskForm,
    IllForm,
    LockForm,
    LostRoomForm,
    NotHeldForm,
    TakeForm,
)
from events.schedule.routes.blueprint import bp

ADDRESS = "/manage/institutes/<slug>/propose"


@bp.get(ADDRESS)
@requires(Permission.EDIT_INSTITUTES)
def propose(slug: str) -> ResponseReturnValue:
    """Show what can be asked for, how far it is, and what it would change."""
    return _page(institutes.get_by_slug(slug, drafts=True))


@bp.post(ADDRESS)
@requires(Permission.EDIT_INSTITUTES)
def ask_proposal(slug: str) -> ResponseReturnValue:
    """Ask the worker for a programme that is better, or for one without what fell out."""
    institute = institutes.get_by_slug(slug, drafts=True)
    forms = _forms(institute)
    form = forms.get(request.form.get("reason", ""), forms[Reason.BETTER])
    if form.validate_on_submit():
        with form.showing(ProposalRefused), transaction():
            form.once(by=g.identity.email)
            schedule.ask_proposal(institute, form.to_asked(), by=g.identity.email)
            return form.answer(redirect(url_for(".propose", slug=slug)))
    return _page(institute, refused=form)


@bp.post(f"{ADDRESS}/<uuid:proposal_id>/stop")
@requires(Permission.EDIT_INSTITUTES)
def stop_proposal(slug: str, proposal_id: UUID) -> ResponseReturnValue:
    """End a proposal that nobody wants any more."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            schedule.stop_proposal(institute, proposal_id, by=g.identity.email)
            return form.answer(redirect(url_for(".propose", slug=slug)))
    return _page(institute, refused=form)


@bp.post(f"{ADDRESS}/<uuid:proposal_id>/accept")
@requires(Permission.EDIT_INSTITUTES)
def accept_proposal(slug: str, proposal_id: UUID) -> ResponseReturnValue:
    """Write the ticked part of a proposal into the draft. Nobody is told before it is published."""
    institute = institutes.get_by_slug(slug, drafts=True)
    proposal = schedule.get_proposal(institute.id, proposal_id)
    form = TakeForm(schedule.compared(proposal))
    if form.validate_on_submit():
        with form.showing(ProposalRefused), transaction():
            form.once(by=g.identity.email)
            changed = schedule.accept_proposal(
                institute, proposal_id, form.only, by=g.identity.email
            )
            flash(
                ngettext(
                    "%(num)s session of the draft changed.",
                    "%(num)s sessions of the draft changed.",
                    changed,
                )
            )
            return form.answer(redirect(url_for(".edit", slug=slug)))
    return _page(institute, refused=form)


@bp.route("/manage/institutes/<slug>/sessions/<code>/lock", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def lock_session(slug: str, code: str) -> ResponseReturnValue:
    """Let proposals leave a session at its time or in its room."""
    institute = institutes.get_by_slug(slug, drafts=True)
    session = schedule.get_session(institute, code, drafts=True)
    form = LockForm(session)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            schedule.lock_session(
                session, time=form.time.data, room=form.room.data, by=g.identity.email
            )
            flash(say("Proposals keep to it."))
            return form.answer(redirect(url_for(".propose", slug=slug)))
    page = render_template(
        "events/schedule/lock.html", institute=institute, session=session, form=form
    )
    return page, form.status


def _forms(institute: Institute) -> dict[str, AskForm]:
    written = [one.planned for one in schedule.written_of(institute.id)]
    held = {name for one in written if not one.cancelled for name in one.people}
    days = days_of(written, zone=institute.time_zone) | {day.on for day in institute.days}
    return {
        Reason.BETTER: AskForm(),
        Reason.ILL: IllForm(sorted(held), sorted(days)),
        Reason.CANCELLED: NotHeldForm(written),
        Reason.LOST_ROOM: LostRoomForm([room.name for room in schedule.rooms_of(institute.id)]),
    }


def _page(institute: Institute, *, refused: ActForm | None = None) -> ResponseReturnValue:
    proposal = schedule.last_proposal(institute.id)
    compared = schedule.compared(proposal) if proposal else None
    forms = _forms(institute)
    if isinstance(refused, AskForm):
        forms[refused.why] = refused
    take = refused if isinstance(refused, TakeForm) else TakeForm(compared)
    asked = Asked.kept(proposal.reason, proposal.asked) if proposal else Asked()
    page = render_template(
        "events/schedule/propose.html",
        institute=institute,
        asked=asked,
        about=forms[asked.reason].called(asked.about),
        proposal=proposal,
        going_on=proposal is not None and proposal.state in OPEN,
        compared=compared,
        trouble=[sentence_in(one) for one in proposal.trouble] if proposal else [],
        locked=schedule.locked_sessions(institute.id),
        forms_of=forms,
        take=take,
        refused=refused or ActForm(),
    )
    return page, (refused or take).status
