"""A partnership's lessons, and the library of all that both sides share."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.reflections import service as reflections
from cohorts.reflections.domain import WORDING, ReflectionRefused
from cohorts.reflections.forms import AgreeForm, LessonForm, SearchForm
from cohorts.reflections.routes.blueprint import LESSON, actor, bp, hosts, own_id
from cohorts.reflections.service import Wanted
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict
from consortium.fields import read_whole
from consortium.forms import ActForm
from consortium.words import say

OWN = "/partnerships/<uuid:partnership_id>/lessons"


@bp.get(OWN)
@requires(Permission.SIGNED_IN)
def lessons(partnership_id: UUID) -> ResponseReturnValue:
    """List a partnership's lessons to its people."""
    seen, found = reflections.lessons_of(partnership_id, own_id())
    return render_template("cohorts/reflections/lessons.html", seen=seen, lessons=found)


@bp.route(f"{OWN}/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def new_lesson(partnership_id: UUID) -> ResponseReturnValue:
    """Let someone of a side write a lesson."""
    seen, _ = reflections.lessons_of(partnership_id, own_id())
    form = LessonForm()
    if form.validate_on_submit():
        with form.showing(ReflectionRefused), transaction():
            form.once(by=actor())
            lesson = reflections.write_lesson(partnership_id, form.to_text(), own_id(), by=actor())
            flash(say("The lesson is written. Nobody else sees it before both sides agree."))
            return form.answer(redirect(url_for(".lesson", lesson_id=lesson.id)))
    if not form.is_submitted():
        form.body.data = reflections.body_from(_id(request.args.get("of", "")), own_id())
    page = render_template(
        "cohorts/reflections/edit_lesson.html", seen=seen, lesson=None, form=form, conflict=None
    )
    return page, form.status


@bp.route(LESSON, methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def lesson(lesson_id: UUID) -> ResponseReturnValue:
    """Show a lesson to its partnership; a lead agrees to show exactly this text to others."""
    form = AgreeForm()
    if form.validate_on_submit():
        with form.showing(ReflectionRefused), transaction():
            form.once(by=actor())
            found = reflections.agree_to_lesson(
                lesson_id,
                form.digest.data or "",
                own_id(),
                named=bool(form.named.data),
                for_reports=bool(form.for_reports.data),
                by=actor(),
            )
            flash(
                say("Both sides agree: it is in the library.")
                if found.published_at
                else say("Thank you. A lead of the other side is asked, too.")
            )
            return form.answer(redirect(url_for(".lesson", lesson_id=lesson_id)))
    page = reflections.lesson_page(lesson_id, own_id())
    form.digest.data = page.lesson.text.digest
    shown = render_template(
        "cohorts/reflections/lesson.html",
        page=page,
        lesson=page.lesson,
        form=form,
        wording=WORDING,
    )
    return shown, form.status


@bp.route(f"{LESSON}/edit", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def edit_lesson(lesson_id: UUID) -> ResponseReturnValue:
    """Let someone of a side change a lesson; both sides agree anew."""
    page, conflict = reflections.lesson_page(lesson_id, own_id()), None
    form = LessonForm()
    if form.validate_on_submit():
        try:
            with form.showing(ReflectionRefused), transaction():
                form.once(by=actor())
                reflections.change_lesson(
                    lesson_id, form.to_text(), form.read_version, own_id(), by=actor()
                )
                flash(say("Saved. Both sides agree anew before others see it."))
                return form.answer(redirect(url_for(".lesson", lesson_id=lesson_id)))
        except Conflict as refused:
            conflict, page = refused, reflections.lesson_page(lesson_id, own_id())
            form.version.data = str(page.lesson.version)
    elif not form.is_submitted():
        form.fill(page.lesson)
    shown = render_template(
        "cohorts/reflections/edit_lesson.html",
        seen=page.seen,
        lesson=page.lesson,
        form=form,
        conflict=conflict,
    )
    return shown, conflict.status if conflict else form.status


@bp.post(f"{LESSON}/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(lesson_id: UUID) -> ResponseReturnValue:
    """Take one's side's agreement back; nobody else sees it from now on."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(ReflectionRefused), transaction():
            form.once(by=actor())
            reflections.withdraw_lesson(lesson_id, own_id(), by=actor())
            flash(say("It is taken back. Nobody else sees it."))
            return form.answer(redirect(url_for(".lesson", lesson_id=lesson_id)))
        for message in form.form_errors:
            flash(message, "danger")
    return redirect(url_for(".lesson", lesson_id=lesson_id))


@bp.route(f"{LESSON}/remove", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def remove(lesson_id: UUID) -> ResponseReturnValue:
    """Ask once more, then delete a lesson."""
    page = reflections.lesson_page(lesson_id, own_id())
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(ReflectionRefused), transaction():
            form.once(by=actor())
            gone = reflections.remove_lesson(lesson_id, own_id(), by=actor())
            flash(say("The lesson is deleted."))
            target = url_for(".lessons", partnership_id=gone.partnership_id)
            return form.answer(redirect(target))
    shown = render_template(
        "cohorts/reflections/remove_lesson.html", page=page, lesson=page.lesson, form=form
    )
    return shown, form.status


@bp.get("/library")
@requires(Permission.SIGNED_IN)
def library() -> ResponseReturnValue:
    """Find what other districts learned."""
    asked = {name: request.args.get(name, "")[:200] for name in Wanted.__dataclass_fields__}
    number = read_whole(request.args.get("page", "")) or 1
    shelf = reflections.look_up(_wanted(asked), number, own_id(), hosts=hosts())
    form = SearchForm(shelf.states, formdata=None, data=asked)
    return render_template(
        "cohorts/reflections/library.html", shelf=shelf, form=form, wanted=_wanted(asked)
    )


@bp.get("/library/<uuid:lesson_id>")
@requires(Permission.SIGNED_IN)
def shown(lesson_id: UUID) -> ResponseReturnValue:
    """Show one lesson of the library."""
    found = reflections.published_lesson(lesson_id, own_id(), hosts=hosts())
    return render_template("cohorts/reflections/shown.html", lesson=found)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _wanted(asked: dict[str, str]) -> Wanted:
    return Wanted(**asked)
