"""The page on which people answer, at an address of their own, without signing in."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.forms.answering import AnswerForm, Step, answer_form
from cohorts.surveys.routes.blueprint import bp
from cohorts.surveys.service import answering
from cohorts.surveys.service.answering import Asked
from consortium.access import public
from consortium.database import transaction
from consortium.words import say

REFUSED = SurveyRefused.status


@bp.get("/surveys/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    """Ask whoever holds this address; say why where nothing can be answered."""
    asked = answering.get_asked(token)
    if asked.answered or asked.refused:
        return _page(asked, None, 0)
    return _page(asked, _form(asked), 0)


@bp.post("/surveys/<token>")
@public
def send_answers(token: str) -> ResponseReturnValue:
    """Take a page of answers, and after the last one keep them all at once."""
    asked = answering.get_asked(token)
    if asked.answered or asked.refused:
        return _page(asked, None, 0, status=REFUSED)
    form = _form(asked)
    at = form.sent
    if "back" in request.form:
        return _page(asked, form, max(0, at - 1))
    if not form.validate():
        return _page(asked, form, at)
    try:
        if form.steps[at] is Step.PEOPLE:
            form.check_people()
        if at + 1 < len(form.steps):
            return _page(asked, form, at + 1)
        with transaction():
            answering.answer(token, form.said, form.named)
    except SurveyRefused as refusal:
        form.show(refusal)
        return _page(asked, form, at)
    flash(say("Thank you. Your answers have arrived."))
    return _private(redirect(url_for(".answer", token=token)))


def _form(asked: Asked) -> AnswerForm:
    instrument = asked.wave.instrument.asked
    colleagues = answering.colleagues_of(asked) if instrument.network else ()
    return answer_form(instrument, colleagues)


def _page(
    asked: Asked, form: AnswerForm | None, at: int, *, status: int | None = None
) -> ResponseReturnValue:
    page = render_template(
        "cohorts/surveys/answer.html",
        asked=asked,
        form=form,
        at=at,
        step=form.steps[at] if form and form.steps else None,
        instrument=asked.wave.instrument.asked,
    )
    return _private(make_response(page, status or (form.status if form else 200)))


def _private(response: Response) -> Response:
    """Let nobody keep or find the page: its address is a secret."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
