"""A call of two matched people, and the question how it goes."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching.forms.talking import YES, AnswerTimeForm, CallForm, HowItGoesForm
from cohorts.matching.routes.blueprint import AT_INSTITUTE, bp, own_id
from cohorts.matching.service import calls
from cohorts.matching.service.following import answer_question, question_of
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.forms import ActForm
from consortium.words import say
from events import facade
from events.facade import InstituteView

CALL = f"{AT_INSTITUTE}/peers/<uuid:person_id>/call"


@bp.route(CALL, methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def call(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Show what is planned with a peer, and propose a time."""
    institute = facade.institute_of(slug)
    page = calls.call_page(institute.id, own_id(), person_id)
    form = CallForm()
    form.offer(page.my_zone, page.their_zone, institute.time_zone)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            calls.propose_time(
                institute.id,
                own_id(),
                person_id,
                form.to_span(),
                place=form.place.data or "",
                by=g.identity.email,
            )
            flash(say("Proposed. You both get an invitation when the other accepts."))
            return form.answer(redirect(url_for(".call", slug=slug, person_id=person_id)))
    return _page(institute, person_id, form)


@bp.post(f"{CALL}/answer")
@requires(Permission.SIGNED_IN)
def answer_call(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Accept a time that the other proposed, or say no to it."""
    institute = facade.institute_of(slug)
    calls.call_page(institute.id, own_id(), person_id)
    form = AnswerTimeForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            yes = form.said.data == YES
            calls.answer_time(
                institute.id,
                own_id(),
                person_id,
                _id(form.time_id.data),
                by=g.identity.email,
                yes=yes,
            )
            if yes:
                flash(say("Agreed. An invitation is on its way to both of you."))
            else:
                flash(say("They are told that you cannot then. Propose another time, if you like."))
            return form.answer(redirect(url_for(".call", slug=slug, person_id=person_id)))
    return _page(institute, person_id, refused=form)


@bp.post(f"{CALL}/off")
@requires(Permission.SIGNED_IN)
def off(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Call a call off."""
    institute = facade.institute_of(slug)
    calls.call_page(institute.id, own_id(), person_id)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            calls.call_off(institute.id, own_id(), person_id, by=g.identity.email)
            flash(say("Called off. Whoever was invited is told, and calendars take it out."))
            return form.answer(redirect(url_for(".call", slug=slug, person_id=person_id)))
    return _page(institute, person_id, refused=form)


@bp.route(f"{AT_INSTITUTE}/peers/how-it-goes/<uuid:question_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def how_it_goes(slug: str, question_id: UUID) -> ResponseReturnValue:
    """Ask one thing about a match, and keep what is said."""
    institute = facade.institute_of(slug)
    question = question_of(institute.id, own_id(), question_id)
    form = HowItGoesForm()
    if request.method == "GET":
        form.fill(question)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            by = g.identity.email
            answer_question(institute.id, own_id(), question_id, form.to_answer(), by=by)
            flash(say("Thank you. You can change what you said at any time."))
            return form.answer(redirect(url_for(".mine", slug=slug)))
    page = render_template(
        "cohorts/matching/how_it_goes.html", institute=institute, question=question, form=form
    )
    return page, form.status


def _page(
    institute: InstituteView,
    person_id: UUID,
    form: CallForm | None = None,
    refused: ActForm | None = None,
) -> ResponseReturnValue:
    page = calls.call_page(institute.id, own_id(), person_id)
    form = form or CallForm(formdata=None)
    form.offer(page.my_zone, page.their_zone, institute.time_zone)
    body = render_template(
        "cohorts/matching/call.html",
        institute=institute,
        person_id=person_id,
        page=page,
        form=form,
        refused=refused or form,
    )
    return body, (refused or form).status


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise NotFound(say("This time is not proposed any more. Reload the page.")) from error
