"""A coordinator's pages about an institute's own questions."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import KINDS, SCOPES, QuestionRefused, Scope
from events.questions.forms import QuestionForm, asking
from events.questions.service import Asked

bp = Blueprint("questions", __name__)
ADDRESS = "/manage/institutes/<slug>"


@bp.get(f"{ADDRESS}/questions")
@requires(Permission.EDIT_INSTITUTES)
def manage(slug: str) -> ResponseReturnValue:
    """List the questions in the order in which people see them."""
    return _list_page(institutes.get_by_slug(slug, drafts=True), ActForm(formdata=None))


@bp.route(f"{ADDRESS}/add-question", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def add(slug: str) -> ResponseReturnValue:
    """Add a question."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = QuestionForm(institute, questions.questions_of(institute.id))
    if form.validate_on_submit():
        with form.showing(QuestionRefused), transaction():
            form.once(by=g.identity.email)
            question = questions.add_question(institute, form.to_rule(), by=g.identity.email)
            flash(gettext("“%(question)s” is asked from now on.", question=question.label))
            return form.answer(redirect(url_for(".manage", slug=slug)))
    page = render_template(
        "events/questions/question.html", institute=institute, form=form, question=None
    )
    return page, form.status


@bp.route(f"{ADDRESS}/questions/<code>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def change(slug: str, code: str) -> ResponseReturnValue:
    """Ask a question differently."""
    institute = institutes.get_by_slug(slug, drafts=True)
    question = questions.get_question(institute.id, code)
    form = QuestionForm(institute, questions.questions_of(institute.id), question)
    if form.validate_on_submit():
        with form.showing(QuestionRefused), transaction():
            form.once(by=g.identity.email)
            questions.change_question(
                institute, code, form.to_rule(), version=form.read_version, by=g.identity.email
            )
            flash(gettext("The question is saved."))
            return form.answer(redirect(url_for(".manage", slug=slug)))
    page = render_template(
        "events/questions/question.html",
        institute=institute,
        form=form,
        question=question,
        used=questions.use_of(question).answers,
    )
    return page, form.status


@bp.post(f"{ADDRESS}/questions/<code>/move")
@requires(Permission.EDIT_INSTITUTES)
def move(slug: str, code: str) -> ResponseReturnValue:
    """Ask a question one place earlier or later."""
    earlier = request.form.get("to") == "earlier"

    def act(institute: Institute, by: str) -> None:
        questions.move_question(institute, code, earlier=earlier, by=by)

    return _listed_after(slug, act)


@bp.post(f"{ADDRESS}/questions/<code>/stop")
@requires(Permission.EDIT_INSTITUTES)
def stop(slug: str, code: str) -> ResponseReturnValue:
    """Take a question out."""

    def act(institute: Institute, by: str) -> str:
        if questions.stop_asking(institute, code, by=by):
            return say("It is no longer asked. What was answered stays until its day.")
        return say("The question is taken out. Nobody had answered it.")

    return _listed_after(slug, act)


@bp.post(f"{ADDRESS}/questions/<code>/again")
@requires(Permission.EDIT_INSTITUTES)
def again(slug: str, code: str) -> ResponseReturnValue:
    """Ask a question again that was taken out."""

    def act(institute: Institute, by: str) -> str:
        questions.ask_again(institute, code, by=by)
        return say("The question is asked again.")

    return _listed_after(slug, act)


@bp.get(f"{ADDRESS}/questions-preview")
@requires(Permission.EDIT_INSTITUTES)
def preview(slug: str) -> ResponseReturnValue:
    """Show the questions as leads, or people of one role, see them."""
    institute = institutes.get_by_slug(slug, drafts=True)
    role = request.args.get("role", "")
    labels = {one.code: one.label for one in institute.roles}
    scope = Scope.PERSON if role in labels else Scope.TEAM
    rules = [one.rule for one in questions.questions_of(institute.id) if one.scope is scope]
    asked = Asked(questions=tuple(rule for rule in rules if rule.concerns({role})))
    return render_template(
        "events/questions/preview.html",
        institute=institute,
        labels=labels,
        role=role if scope is Scope.PERSON else "",
        form=asking(ActForm, asked)(formdata=None),
    )


def _listed_after(slug: str, act: Callable[[Institute, str], str | None]) -> ResponseReturnValue:
    """Do something to one question, once; show the list again with what was done, or why not."""
    institute = institutes.get_by_slug(slug, drafts=True)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(QuestionRefused), transaction():
            form.once(by=g.identity.email)
            done = act(institute, g.identity.email)
            if done:
                flash(done)
            return form.answer(redirect(url_for(".manage", slug=slug)))
    return _list_page(institute, form)


def _list_page(institute: Institute, form: ActForm) -> ResponseReturnValue:
    asked = questions.questions_of(institute.id)
    page = render_template(
        "events/questions/manage.html",
        institute=institute,
        form=form,
        by_scope=[
            (words, [one for one in asked if one.scope is scope]) for scope, words in SCOPES.items()
        ],
        retired=questions.questions_of(institute.id, retired=True),
        labels={one.code: one.label for one in asked},
        role_labels={role.code: role.label for role in institute.roles},
        kind_words=KINDS,
    )
    return page, form.status
