"""Ask someone for a match, answer who asks, take a request back."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.matching.domain.asking import RequestState
from cohorts.matching.forms.asking import AnswerForm, AskForm
from cohorts.matching.routes.blueprint import AT_INSTITUTE, bp, own_id
from cohorts.matching.routes.own import pressed
from cohorts.matching.service.asking import ask_for_match, withdraw_request
from cohorts.matching.service.asking_pages import candidates_of
from cohorts.matching.service.granting import answer_request
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events import facade

OWN = f"{AT_INSTITUTE}/peers"


@bp.get(f"{OWN}/ask")
@requires(Permission.SIGNED_IN)
def ask(slug: str) -> ResponseReturnValue:
    """Show whom a participant can ask for a match, best fits first."""
    institute = facade.institute_of(slug)
    found = candidates_of(institute.id, own_id())
    number = request.args.get("page", default=1, type=int)
    return render_template(
        "cohorts/matching/ask.html",
        institute=institute,
        found=found,
        others=page_of(found.others, number),
    )


@bp.route(f"{OWN}/<uuid:person_id>/ask", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def ask_one(slug: str, person_id: UUID) -> ResponseReturnValue:
    """Ask one person, with some words if one likes."""
    institute = facade.institute_of(slug)
    form = AskForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            asked = ask_for_match(
                institute.id,
                own_id(),
                person_id,
                words=form.words.data or "",
                by=g.identity.email,
            )
            if asked.state is RequestState.HELD:
                flash(say("Your request is held until there is room. You see it on this page."))
            else:
                flash(say("Asked. You get a mail when there is an answer."))
            return form.answer(redirect(url_for(".mine", slug=slug)))
    candidate = candidates_of(institute.id, own_id()).one(person_id)
    page = render_template(
        "cohorts/matching/ask_one.html", institute=institute, candidate=candidate, form=form
    )
    return page, form.status


@bp.post(f"{OWN}/requests/<uuid:request_id>/answer")
@requires(Permission.SIGNED_IN)
def answer_match(slug: str, request_id: UUID) -> ResponseReturnValue:
    """Say yes, and be introduced; or no, without a reason."""
    institute = facade.institute_of(slug)
    form = AnswerForm()

    def act() -> str:
        answer_request(institute.id, own_id(), request_id, g.identity.email, yes=form.yes)
        if form.yes:
            return say("You are introduced. Each of you sees now what the other shares.")
        return say("Done. They are told that you cannot take it on, and no reason.")

    return pressed(institute, form, act, request_id=request_id)


@bp.post(f"{OWN}/requests/<uuid:request_id>/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw_ask(slug: str, request_id: UUID) -> ResponseReturnValue:
    """Take a request back that nobody has answered."""
    institute = facade.institute_of(slug)

    def act() -> str:
        withdraw_request(institute.id, own_id(), request_id, by=g.identity.email)
        return say("Your request is taken back.")

    return pressed(institute, ActForm(), act, request_id=request_id)
