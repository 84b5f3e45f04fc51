"""The host's own questions: answered for a team, read by staff, and the files handed in."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.files.models import StoredFile
from consortium.forms import KeptForm
from consortium.paging import page_of
from consortium.words import say
from events.institutes import service as institutes
from events.questions import service as questions
from events.questions.domain import AnswersRefused
from events.questions.forms import asking
from events.registration import service as registration
from events.registration.models import Team
from events.registration.routes.blueprint import REFUSALS, bp, editor
from events.registration.service import answers


@bp.context_processor
def _what_is_asked() -> dict[str, Any]:
    """Let a team's page tell what its leads and members still owe."""
    return {"asked_of_team": answers.asked_of_team, "owed_by": answers.owed_by}


@bp.route("/teams/<uuid:team_id>/questions", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def team_questions(team_id: UUID) -> ResponseReturnValue:
    """Let a lead answer what the host asks the team."""
    team = registration.get_team(team_id, editor())
    form = asking(KeptForm, answers.asked_of_team(team), unfinished=True)()
    if form.validate_on_submit():
        said = form.to_said(current_app.extensions["ports"].storage)
        with form.showing(*REFUSALS, AnswersRefused), transaction():
            form.once(by=g.identity.email)
            answers.answer_team_questions(team_id, said, editor())
            flash(say("The answers are saved."))
            done: ResponseReturnValue = form.answer(redirect(url_for(".team", team_id=team_id)))
            return done
    page = render_template("events/registration/team_questions.html", team=team, form=form)
    return page, form.status


@bp.get("/teams/<uuid:team_id>/answers/<code>")
@requires(Permission.SIGNED_IN)
def team_file(team_id: UUID, code: str) -> ResponseReturnValue:
    """Hand a file back to the team's leads."""
    team: Team = registration.get_team(team_id, editor())
    return _handed_out(questions.get_answered_file(team.id, code, in_confidence=False))


@bp.get("/seats/<uuid:seat_id>/answers/<code>")
@requires(Permission.SIGNED_IN)
def seat_file(seat_id: UUID, code: str) -> ResponseReturnValue:
    """Hand a file back to the member who handed it in."""
    seat = registration.get_own_seat(seat_id, g.person.id if g.person else None)
    return _handed_out(questions.get_answered_file(seat.id, code, in_confidence=True))


@bp.get("/manage/institutes/<slug>/answers")
@requires(Permission.VIEW_BOARD)
def answers_list(slug: str) -> ResponseReturnValue:
    """Show how many answered each question, and how many still owe an answer."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return render_template(
        "events/registration/answers_list.html",
        institute=institute,
        tallies=answers.tallies(institute, in_confidence=_may_know()),
    )


@bp.get("/manage/institutes/<slug>/questions/<code>/answers")
@requires(Permission.VIEW_BOARD)
def answers_page(slug: str, code: str) -> ResponseReturnValue:
    """List who answered a question and how; a look at what is in confidence is written down."""
    institute = institutes.get_by_slug(slug, drafts=True)
    question = questions.get_question(institute.id, code)
    if question.sensitive and not _may_know():
        raise NotFound(say("This institute has no such question."))
    lines = answers.answer_lines(institute, question)
    owing = sum(line.missing for line in lines)
    only_missing = request.args.get("show") == "missing"
    found = [line for line in lines if line.missing] if only_missing else lines
    page = render_template(
        "events/registration/answers.html",
        institute=institute,
        question=question,
        found=page_of(found, request.args.get("page", default=1, type=int)),
        owing=owing,
        only_missing=only_missing,
        may_open_teams=_may_know(),
    )
    if question.sensitive and len(lines) > owing:
        end_reading()
        with transaction():
            answers.record_look_at_answers(
                institute, question, to=len(lines) - owing, by=g.identity.email
            )
    return page, HTTPStatus.OK


@bp.get("/manage/institutes/<slug>/questions/<code>/answers/<uuid:holder_id>")
@requires(Permission.VIEW_BOARD)
def answered_file(slug: str, code: str, holder_id: UUID) -> ResponseReturnValue:
    """Hand out a file to the institute's staff; one in confidence to few, and written down."""
    institute = institutes.get_by_slug(slug, drafts=True)
    question = questions.get_question(institute.id, code)
    file = answers.get_file_for_staff(institute, holder_id, code, in_confidence=_may_know())
    answer = _handed_out(file)
    if question.sensitive:
        end_reading()
        with transaction():
            answers.record_look_at_answers(institute, question, to=1, by=g.identity.email)
    return answer


def _handed_out(file: StoredFile) -> ResponseReturnValue:
    content = files.content_of(current_app.extensions["ports"].storage, file)
    return file_answer(file, content)


def _may_know() -> bool:
    return Permission.MANAGE_TEAMS in g.permissions
