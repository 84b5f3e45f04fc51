"""How many peers people take, and peers whom they decline."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import service as matching
from cohorts.matching.forms.peers import LimitForm, OwnLimitForm
from cohorts.matching.routes.blueprint import AT_INSTITUTE, MANAGED, bp, own_id
from cohorts.matching.service import Limit
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict, Refusal
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events import facade

PEOPLE = f"{MANAGED}/peers/people"
OWN = f"{AT_INSTITUTE}/peers"


@bp.get(PEOPLE)
@requires(Permission.RUN_MATCHING)
def people(slug: str) -> ResponseReturnValue:
    """Show who agreed, with how many peers each takes and has."""
    institute = facade.institute_of(slug, drafts=True)
    number = request.args.get("page", default=1, type=int)
    return render_template(
        "cohorts/matching/people.html",
        institute=institute,
        people=page_of(matching.takers_of(institute.id), number),
    )


@bp.route(f"{PEOPLE}/<uuid:person_id>", methods=["GET", "POST"])
@requires(Permission.RUN_MATCHING)
def limit(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Say on someone's behalf how many peers they take."""
    institute = facade.institute_of(slug, drafts=True)
    taker = matching.taker(institute.id, person_id)
    form = LimitForm()
    if request.method == "GET":
        form.fill(taker.limit)
    conflict = None
    if form.validate_on_submit():
        with form.showing(Refusal):
            try:
                with transaction():
                    _keep(form, person_id, form.to_limit(taker.limit))
                    flash(say("Saved. It holds for whatever is published from now on."))
                    return form.answer(redirect(url_for(".people", slug=slug)))
            except Conflict as found:
                conflict = _once_more(form, person_id, found)
    page = render_template(
        "cohorts/matching/limit.html",
        institute=institute,
        taker=taker,
        form=form,
        conflict=conflict,
    )
    return page, conflict.status if conflict else form.status


@bp.route(f"{OWN}/limit", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def own_limit(slug: str) -> ResponseReturnValue:
    """Let a participant say how many peers they take, or pause."""
    institute = facade.institute_of(slug)
    person_id = matching.sharing_of(institute.id, own_id()).person_id
    before = matching.limit_of(person_id)
    form = OwnLimitForm()
    if request.method == "GET":
        form.fill(before)
    conflict = None
    if form.validate_on_submit():
        with form.showing(Refusal):
            try:
                with transaction():
                    _keep(form, person_id, form.to_limit(before))
                    flash(say("Saved. It holds from the next round on."))
                    return form.answer(redirect(url_for(".mine", slug=slug)))
            except Conflict as found:
                conflict = _once_more(form, person_id, found)
    page = render_template(
        "cohorts/matching/own_limit.html",
        institute=institute,
        form=form,
        before=before,
        conflict=conflict,
    )
    return page, conflict.status if conflict else form.status


@bp.route(f"{OWN}/<uuid:person_id>/decline", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def decline(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Ask once whether it is meant; then neither of the two sees the other any more."""
    institute = facade.institute_of(slug)
    me = own_id()
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            matching.decline_peer(institute.id, me, person_id, by=g.identity.email)
            flash(say("Done. Neither of you sees the other here any more."))
            return form.answer(redirect(url_for(".mine", slug=slug)))
    peer = matching.contacts_of(institute.id, me).peer(person_id)
    page = render_template(
        "cohorts/matching/decline.html", institute=institute, peer=peer, form=form
    )
    return page, form.status


def _keep(form: OwnLimitForm, person_id: UUID, wanted: Limit) -> None:
    form.once(by=g.identity.email)
    matching.change_limit(person_id, wanted, by=g.identity.email, was=form.was.data or "")


def _once_more(form: OwnLimitForm, person_id: UUID, found: Conflict) -> Conflict:
    """Let what was typed be saved knowingly, over what someone else said meanwhile."""
    form.was.data = matching.limit_of(person_id).mark
    return found
