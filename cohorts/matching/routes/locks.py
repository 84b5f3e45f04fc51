"""Pairs that a coordinator pins or forbids."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching import service as matching
from cohorts.matching.forms.peers import FORBID, LockForm
from cohorts.matching.routes.blueprint import MANAGED, bp
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events import facade
from events.facade import InstituteView

LOCKS = f"{MANAGED}/peers/locks"


@bp.get(LOCKS)
@requires(Permission.RUN_MATCHING)
def locks(slug: str) -> ResponseReturnValue:
    """Show what was said of pairs, and ask for more."""
    institute = facade.institute_of(slug, drafts=True)
    return _page(institute, _form(institute))


@bp.post(LOCKS)
@requires(Permission.RUN_MATCHING)
def lock(slug: str) -> ResponseReturnValue:
    """Keep that two people must meet, or never."""
    institute = facade.institute_of(slug, drafts=True)
    form = _form(institute)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            by = g.identity.email
            form.once(by=by)
            if form.kind.data == FORBID:
                reason = form.reason.data or ""
                matching.forbid_pair(institute.id, *form.pair, reason=reason, by=by)
            else:
                matching.pin_pair(institute.id, *form.pair, by=by)
            flash(say("Kept. Find the draft again to see it: everything else stays."))
            return form.answer(redirect(url_for(".show", slug=slug)))
    return _page(institute, form)


@bp.post(f"{LOCKS}/<uuid:lock_id>/remove")
@requires(Permission.RUN_MATCHING)
def unlock(slug: str, lock_id: UUID) -> ResponseReturnValue:
    """Let the matching decide about a pair again."""
    institute = facade.institute_of(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            matching.unlock_pair(institute.id, lock_id, by=g.identity.email)
            return form.answer(redirect(url_for(".locks", slug=slug)))
    return _page(institute, _form(institute), refused=form)


def _form(institute: InstituteView) -> LockForm:
    """Return the form, filled by the address of a link beside a pair of the draft."""
    form = LockForm()
    people = matching.agreed_people(institute.id)
    form.offer(people)
    if request.method == "GET":
        form.second.data = str(people[1].person_id) if len(people) > 1 else None
        for field in (form.kind, form.first, form.second):
            wanted = request.args.get(field.name, "")
            if wanted in {value for value, *_ in field.iter_choices()}:
                field.data = wanted
    return form


def _page(
    institute: InstituteView, form: LockForm, *, refused: ActForm | None = None
) -> ResponseReturnValue:
    number = request.args.get("page", default=1, type=int)
    page = render_template(
        "cohorts/matching/locks.html",
        institute=institute,
        form=form,
        refused=refused or form,
        locks=page_of(matching.locks_of(institute.id), number),
    )
    return page, (refused or form).status
