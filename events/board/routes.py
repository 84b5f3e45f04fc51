"""The coordinator's pages about an institute's teams and people."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from consortium import clock
from consortium.access import Permission, requires
from consortium.database import end_reading, transaction
from consortium.errors import Refusal
from consortium.pages import in_the_readers_language
from consortium.paging import page_of
from consortium.people.domain import SIDE_WORDS
from consortium.spreadsheets import csv_file, xlsx_file
from consortium.words import say
from events.board import exports
from events.board.domain import words
from events.board.domain.reminders import Kind
from events.board.domain.teams import Completeness
from events.board.forms import RemindForm, RosterFilterForm, TeamFilterForm
from events.board.service import counts as numbers
from events.board.service import needs as needing
from events.board.service import reminders as reminding
from events.board.service import roster as rosters
from events.board.service import teams
from events.institutes import service as institutes
from events.institutes.domain.wording import place_in_words
from events.questions import service as questions
from events.registration.domain import place_name

bp = Blueprint("board", __name__)
ADDRESS = "/manage/institutes/<slug>"
MIME_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.context_processor
def words_of_the_board() -> dict[str, Any]:
    """Give the board's templates the words for what rows hold as codes."""
    return {
        "place_name": place_name,
        "place_in_words": place_in_words,
        "side_words": _read(SIDE_WORDS),
        "status_words": _read(words.TEAM_STATUS),
        "seat_words": _read(words.SEAT_STATUS),
        "newness_words": _read(words.NEWNESS),
        "completeness_words": _read({each: each.words for each in Completeness}),
    }


@bp.get(f"{ADDRESS}/board")
@requires(Permission.VIEW_BOARD)
def show(slug: str) -> ResponseReturnValue:
    """Answer what a coordinator asks each morning."""
    institute = institutes.get_by_slug(slug, drafts=True)
    board = teams.board_of(institute)
    form = TeamFilterForm(board.book, board.states)
    wanted = form.to_filter()
    page = render_template(
        "events/board/show.html",
        institute=institute,
        board=board,
        form=form,
        wanted=wanted,
        found=page_of(board.chosen(wanted), _page_number()),
    )
    return page, form.status


@bp.get(f"{ADDRESS}/roster")
@requires(Permission.VIEW_BOARD)
def roster(slug: str) -> ResponseReturnValue:
    """List the people, fifty to a page."""
    institute = institutes.get_by_slug(slug, drafts=True)
    book = teams.book_of(institute)
    form = RosterFilterForm(book, rosters.states_of(institute))
    wanted = form.to_filter()
    page = render_template(
        "events/board/roster.html",
        institute=institute,
        book=book,
        form=form,
        wanted=wanted,
        found=rosters.roster_page(institute, wanted, _page_number()),
    )
    return page, form.status


@bp.get(f"{ADDRESS}/roster.<any(csv, xlsx):file_format>")
@requires(Permission.VIEW_BOARD)
def export(slug: str, file_format: str) -> ResponseReturnValue:
    """Hand out a file: the people that the roster's filter finds, the teams, or both."""
    institute = institutes.get_by_slug(slug, drafts=True)
    book = teams.book_of(institute)
    form = RosterFilterForm(book, rosters.states_of(institute))
    wanted = form.to_filter()
    if form.errors:
        return redirect(f"{url_for('.roster', slug=slug)}?{urlencode(request.args)}")
    may_call = Permission.MANAGE_TEAMS in g.permissions
    answers = questions.answers_of(institute.id)
    people = exports.people_table(
        rosters.everyone(institute, wanted), book, with_phones=may_call, answers=answers
    )
    today = clock.now().astimezone(institute.zone).date()
    if file_format == "xlsx":
        all_teams = exports.teams_table(
            teams.team_lines(institute), book, institute.zone, answers=answers
        )
        written = xlsx_file([people, all_teams], title=institute.title, at=clock.now())
        name = f"{slug}-roster-{today}.xlsx"
    elif request.args.get("table") == "teams":
        all_teams = exports.teams_table(
            teams.team_lines(institute), book, institute.zone, answers=answers
        )
        written = csv_file(all_teams)
        name = f"{slug}-teams-{today}.csv"
    else:
        written = csv_file(people)
        name = f"{slug}-people-{today}.csv"
    end_reading()
    with transaction():
        rosters.record_export(institute, wanted, file=name, rows=written.rows, by=g.identity.email)
    return send_file(
        written.file, mimetype=MIME_TYPES[file_format], as_attachment=True, download_name=name
    )


@bp.get(f"{ADDRESS}/food-and-access")
@requires(Permission.MANAGE_TEAMS)
def needs(slug: str) -> ResponseReturnValue:
    """List what people need, for those who order meals and rooms; each look is written down."""
    institute = institutes.get_by_slug(slug, drafts=True)
    told = needing.needs_at(institute)
    page = render_template("events/board/needs.html", institute=institute, needs=told)
    if told:
        end_reading()
        with transaction():
            needing.record_look(institute, told, by=g.identity.email)
    return page


@bp.get(f"{ADDRESS}/reminders")
@requires(Permission.MANAGE_TEAMS)
def reminders(slug: str) -> ResponseReturnValue:
    """Show who would get which reminder, before anything is sent."""
    return _reminders_page(slug, RemindForm())


@bp.post(f"{ADDRESS}/remind")
@requires(Permission.MANAGE_TEAMS)
def remind(slug: str) -> ResponseReturnValue:
    """Promise the chosen reminders."""
    form = RemindForm()
    if form.validate_on_submit():
        institute = institutes.get_by_slug(slug, drafts=True)
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            sent, waiting = reminding.remind(institute, form.chosen, by=g.identity.email)
            flash(say("Reminders on their way: %(people)s.", people=sent))
            if waiting:
                flash(say("Still to be sent: %(people)s. Send them now.", people=waiting))
            return form.answer(redirect(url_for(".reminders", slug=slug)))
    return _reminders_page(slug, form)


def _page_number() -> int:
    return request.args.get("page", default=1, type=int)


def _read(said: Mapping[Any, str]) -> Mapping[Any, str]:
    """Translate the words once for the page, not once for each of a thousand rows."""
    return {key: in_the_readers_language(sentence) for key, sentence in said.items()}


def _reminders_page(slug: str, form: RemindForm) -> ResponseReturnValue:
    institute = institutes.get_by_slug(slug, drafts=True)
    plan = reminding.reminders_due(institute)
    form.offer({kind: len(plan.of(kind)) for kind in Kind})
    page = render_template(
        "events/board/reminders.html",
        institute=institute,
        plan=plan,
        kinds=list(Kind),
        form=form,
    )
    return page, form.status


@bp.get(f"{ADDRESS}/counts")
@requires(Permission.VIEW_COUNTS)
def counts(slug: str) -> ResponseReturnValue:
    """Show numbers, no names, to partners and funders."""
    institute = institutes.get_by_slug(slug, drafts=True)
    return render_template(
        "events/board/counts.html", institute=institute, counts=numbers.counts_of(institute)
    )
