"""Saying whether one comes, and reading who does."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consortium.access import Permission, requires
from consortium.calendar.domain.answers import ANSWERS
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.forms import AnswerForm
from events.agenda.routes.blueprint import bp, own_place
from events.agenda.routes.own import agenda_page
from events.institutes import service as institutes
from events.schedule.domain import kind_in_words


@bp.get("/institutes/<slug>/agenda/answers")
@requires(Permission.SIGNED_IN)
def answers(slug: str) -> ResponseReturnValue:
    """Show the sessions of the own agenda, and what the person said of coming."""
    return _own_page(slug, AnswerForm())


@bp.post("/institutes/<slug>/agenda/answers")
@requires(Permission.SIGNED_IN)
def answer(slug: str) -> ResponseReturnValue:
    """Say whether one comes to a session."""
    place, form = own_place(slug), AnswerForm()
    if g.person is None:
        raise NotFound(say("You have no place at this institute, so there is no agenda of yours."))
    if form.validate_on_submit():
        with form.showing(agendas.AnswerRefused), transaction():
            form.once(by=g.identity.email)
            session = agendas.answer(
                place, g.person, form.code, form.answer_given, by=g.identity.email
            )
            flash(gettext("Your answer for “%(title)s” is noted.", title=session.title))
            here = url_for(".answers", slug=slug)
            if form.on_agenda:
                here = url_for(".show", slug=slug, _anchor=f"at-{session.code}")
            return form.answer(redirect(here))
    return agenda_page(own_place(slug), form) if form.on_agenda else _own_page(slug, form)


@bp.get("/manage/institutes/<slug>/coming")
@requires(Permission.VIEW_BOARD)
def turnout(slug: str) -> ResponseReturnValue:
    """Show what people say of coming to each session."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return render_template(
        "events/agenda/turnout.html",
        institute=institute,
        turnouts=agendas.turnout_at(institute, agendas.people_at(institute.id)),
        may_read_comments=Permission.MANAGE_TEAMS in g.permissions,
        answers=ANSWERS,
        kind_in_words=kind_in_words,
    )


def _own_page(slug: str, form: AnswerForm) -> ResponseReturnValue:
    place = own_place(slug)
    page = render_template(
        "events/agenda/answers.html",
        institute=place.institute,
        sessions=agendas.sessions_to_answer(place),
        given=agendas.answers_of(g.person.id, place.institute.id) if g.person else {},
        answers=ANSWERS,
        form=form,
        kind_in_words=kind_in_words,
    )
    return page, form.status
