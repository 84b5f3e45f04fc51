"""A cohort's year: the team's own page, the board of those who run it, a meeting's roll."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.learning.domain.record import Presence
from cohorts.learning.forms import HomeworkForm, MakeUpForm, RollForm, SnowForm
from cohorts.learning.routes.blueprint import COHORT, actor, bp, hosts, own_id
from cohorts.learning.routes.words import PRESENCE_WORDS
from cohorts.learning.service import access, attending, pages
from cohorts.learning.service.partnerships import partnership_of_team
from cohorts.learning.service.planning import hold_on_snow_date
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.forms import ActForm
from consortium.words import say
from events import facade
from events.facade import InstituteView
from events.facade import meetings as meetings_of_events

OWN = "/cohorts/teams/<uuid:team_id>"
MEETING = f"{COHORT}/meetings/<code>"


@bp.get(OWN)
@requires(Permission.SIGNED_IN)
def team_year(team_id: UUID) -> ResponseReturnValue:
    """Show a team its year: meetings, gaps, what it came to, what is open."""
    team, reader = access.team_for(team_id, own_id(), hosts=hosts())
    return render_template(
        "cohorts/learning/team_year.html",
        institute=facade.institute_with(team.institute_id),
        team=team,
        partnership=partnership_of_team(team.id),
        page=pages.own_year(team),
        runs=reader.runs(team),
        presence_words=PRESENCE_WORDS,
    )


@bp.route(f"{OWN}/homework/<code>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def homework(team_id: UUID, code: str) -> ResponseReturnValue:
    """Let a team hand in a meeting's homework."""
    team, _ = access.team_for(team_id, own_id(), hosts=hosts())
    meeting = meetings_of_events.meeting_at(team.institute_id, code)
    form = HomeworkForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            attending.hand_homework_in(
                team_id, code, note=form.note.data or "", link=form.link.data or "", by=actor()
            )
            flash(say("Handed in. Your facilitator sees it."))
            return form.answer(redirect(url_for(".team_year", team_id=team_id)))
    page = render_template(
        "cohorts/learning/homework.html",
        institute=facade.institute_with(team.institute_id),
        team=team,
        meeting=meeting,
        form=form,
    )
    return page, form.status


@bp.route(f"{OWN}/missed/<code>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def missed(team_id: UUID, code: str) -> ResponseReturnValue:
    """Keep how a member made up for a meeting: who runs it for all, a member for oneself."""
    team, reader = access.team_for(team_id, own_id(), hosts=hosts())
    runs = reader.runs(team)
    institute = facade.institute_with(team.institute_id)
    who = [
        (person_id, name)
        for person_id, name, presence in pages.members_at(team, code)
        if presence is Presence.MISSED and (runs or person_id == own_id())
    ]
    form = MakeUpForm()
    form.about(who, pages.sister_meetings(team, code) if runs else ())
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            attending.make_up(
                team_id,
                UUID(form.person_id.data),
                code,
                sister=pages.sister_named(form.way.data or ""),
                by=actor(),
            )
            flash(say("Written down in the team's record."))
            return form.answer(redirect(url_for(".team_year", team_id=team_id)))
    page = render_template(
        "cohorts/learning/missed.html",
        institute=institute,
        team=team,
        meeting=meetings_of_events.meeting_at(team.institute_id, code),
        form=form,
    )
    return page, form.status


@bp.get(COHORT)
@requires(Permission.SIGNED_IN)
def board(slug: str) -> ResponseReturnValue:
    """Show who runs a cohort its meetings, and which teams came to them."""
    institute, reader = _run_by_reader(slug)
    meetings, teams = pages.board_of(institute.id, reader)
    return render_template(
        "cohorts/learning/board.html",
        institute=institute,
        meetings=meetings,
        teams=teams,
        presence_words=PRESENCE_WORDS,
    )


@bp.route(MEETING, methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def meeting(slug: str, code: str) -> ResponseReturnValue:
    """Let who runs a meeting call its roll."""
    institute, reader = _run_by_reader(slug)
    return _meeting_page(institute, reader, code, RollForm())


@bp.post(f"{MEETING}/snow")
@requires(Permission.SIGNED_IN)
def snow(slug: str, code: str) -> ResponseReturnValue:
    """Hold a meeting on its snow date."""
    institute, reader = _run_by_reader(slug)
    access.meeting_to_run(institute.id, code, reader)
    form = SnowForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            hold_on_snow_date(institute.id, code, version=form.seen_version, by=actor())
            flash(say("The meeting is on its snow date now. Its people are told."))
            return form.answer(redirect(url_for(".meeting", slug=slug, code=code)))
    return _meeting_page(institute, reader, code, RollForm(formdata=None), refused=form)


def _meeting_page(
    institute: InstituteView,
    reader: access.Reader,
    code: str,
    form: RollForm,
    refused: ActForm | None = None,
) -> ResponseReturnValue:
    roll = pages.roll_of(access.meeting_to_run(institute.id, code, reader), reader)
    everyone = {line.person_id: line.here for team in roll.teams for line in team.lines}
    form.about(list(everyone), [one for one, here in everyone.items() if here])
    if refused is None and form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            attending.take_roll(
                institute.id,
                code,
                present=form.there,
                among=form.named & everyone.keys(),
                by=actor(),
            )
            flash(say("The roll is kept. You can change it at any time."))
            return form.answer(redirect(url_for(".meeting", slug=institute.slug, code=code)))
    page = render_template(
        "cohorts/learning/meeting.html",
        institute=institute,
        roll=roll,
        form=form,
        refused=refused or form,
    )
    return page, (refused or form).status


def _run_by_reader(slug: str) -> tuple[InstituteView, access.Reader]:
    institute = facade.institute_of(slug)
    reader = access.reader_of(institute.id, own_id(), hosts=hosts())
    access.require_running(reader)
    if not institute.is_cohort:
        raise NotFound(say("There is no such cohort."))
    return institute, reader
