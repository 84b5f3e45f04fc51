"""A host plans a cohort's meetings: series, houses, snow dates, gaps, recordings, who helps."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from cohorts.learning.forms import AssignForm, FactsForm, GapForm, SeriesForm
from cohorts.learning.forms.groups import groups_form
from cohorts.learning.forms.staffing import KIND_WORDS
from cohorts.learning.routes.blueprint import MANAGED, actor, bp
from cohorts.learning.service import pages, planning, staffing
from cohorts.learning.service.coaching import staff_of
from cohorts.learning.service.year import facts_of, gap_rows_of, year_of
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import NotFound, Refusal
from consortium.forms import ActForm
from consortium.people.domain import NotAnAddress
from consortium.words import say
from events import facade
from events.facade import InstituteView
from events.facade import meetings as meetings_of_events
from events.facade.meetings import MeetingRefused
from events.facade.teams import set_groups, teams_at


@bp.get(MANAGED)
@requires(Permission.EDIT_INSTITUTES)
def plan(slug: str) -> ResponseReturnValue:
    """Show a host the cohort's meetings with their houses, snow dates and gaps."""
    return _plan_page(cohort_of(slug), GapForm(formdata=None))


@bp.route(f"{MANAGED}/series", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def series(slug: str) -> ResponseReturnValue:
    """Plan a series of meetings."""
    institute = cohort_of(slug)
    form = SeriesForm()
    form.about(pages.groups_at(institute.id))
    if form.validate_on_submit():
        with form.showing(Refusal, MeetingRefused), transaction():
            form.once(by=actor())
            made = planning.plan_series(institute.id, form.to_series(), by=actor())
            flash(
                say(
                    "Meetings planned: %(meetings)s. People see them once you publish the "
                    "programme.",
                    meetings=len(made),
                )
            )
            return form.answer(redirect(url_for(".plan", slug=slug)))
    page = render_template("cohorts/learning/series.html", institute=institute, form=form)
    return page, form.status


@bp.route(f"{MANAGED}/meetings/<code>", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def facts(slug: str, code: str) -> ResponseReturnValue:
    """Keep whose house a meeting is in, its snow date and its recording."""
    institute = cohort_of(slug)
    meeting = meetings_of_events.meeting_at(institute.id, code, drafts=True)
    form = FactsForm()
    form.fill(facts_of(institute.id).get(meeting.id))
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            planning.put_facts(
                institute.id, code, form.to_facts(), version=form.seen_version, by=actor()
            )
            flash(say("Saved."))
            return form.answer(redirect(url_for(".plan", slug=slug)))
    page = render_template(
        "cohorts/learning/facts.html", institute=institute, meeting=meeting, form=form
    )
    return page, form.status


@bp.post(f"{MANAGED}/gaps")
@requires(Permission.EDIT_INSTITUTES)
def add_gap(slug: str) -> ResponseReturnValue:
    """Name days on which the cohort does not meet."""
    institute = cohort_of(slug)
    form = GapForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            planning.add_gap(institute.id, form.to_span(), by=actor())
            flash(say("Saved. The calendar shows these days as free of meetings."))
            return form.answer(redirect(url_for(".plan", slug=slug)))
    return _plan_page(institute, form)


@bp.post(f"{MANAGED}/gaps/<uuid:gap_id>/remove")
@requires(Permission.EDIT_INSTITUTES)
def remove_gap(slug: str, gap_id: UUID) -> ResponseReturnValue:
    """Take a gap away."""
    institute = cohort_of(slug)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            planning.remove_gap(institute.id, gap_id, by=actor())
            flash(say("These days are no gap any more."))
            return form.answer(redirect(url_for(".plan", slug=slug)))
    return _plan_page(institute, GapForm(formdata=None), refused=form)


@bp.route(f"{MANAGED}/coaches", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def coaches(slug: str) -> ResponseReturnValue:
    """Let people facilitate the cohort, or coach its teams."""
    institute = cohort_of(slug)
    form = _assign_form(institute)
    if form.validate_on_submit():
        with form.showing(Refusal, NotAnAddress), transaction():
            form.once(by=actor())
            staffing.assign(institute.id, form.to_assignment(), by=actor())
            flash(say("Saved. They find the cohort under “My teams and seats”."))
            return form.answer(redirect(url_for(".coaches", slug=slug)))
    return _coaches_page(institute, form)


@bp.post(f"{MANAGED}/coaches/<uuid:assignment_id>/end")
@requires(Permission.EDIT_INSTITUTES)
def end_coach(slug: str, assignment_id: UUID) -> ResponseReturnValue:
    """Let someone not look after the cohort, a group or a team any more."""
    institute = cohort_of(slug)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            staffing.unassign(institute.id, assignment_id, by=actor())
            flash(say("They do not see the cohort any more."))
            return form.answer(redirect(url_for(".coaches", slug=slug)))
    return _coaches_page(institute, _assign_form(institute), refused=form)


@bp.route(f"{MANAGED}/groups", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def groups(slug: str) -> ResponseReturnValue:
    """Say which teams of a cohort meet together."""
    institute = cohort_of(slug)
    teams = [team for team in teams_at(institute.id) if team.registered]
    form = groups_form(teams)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=actor())
            changed = set_groups(institute.id, form.to_groups(), by=actor())
            flash(say("Saved. Teams whose group is another now: %(teams)s.", teams=changed))
            return form.answer(redirect(url_for(".groups", slug=slug)))
    page = render_template(
        "cohorts/learning/groups.html",
        institute=institute,
        form=form,
        teams=teams,
        known=pages.groups_at(institute.id),
    )
    return page, form.status


def cohort_of(slug: str) -> InstituteView:
    """Return the cohort at this address, drafts too. Raises ``NotFound`` for an institute."""
    institute = facade.institute_of(slug, drafts=True)
    if not institute.is_cohort:
        raise NotFound(say("There is no such cohort."))
    return institute


def _plan_page(
    institute: InstituteView, form: GapForm, refused: ActForm | None = None
) -> ResponseReturnValue:
    page = render_template(
        "cohorts/learning/plan.html",
        institute=institute,
        meetings=year_of(institute.id, drafts=True),
        gaps=gap_rows_of(institute.id),
        form=form,
        refused=refused or form,
    )
    return page, (refused or form).status


def _assign_form(institute: InstituteView) -> AssignForm:
    form = AssignForm()
    teams = [(team.id, team.name) for team in teams_at(institute.id) if team.registered]
    form.about(pages.groups_at(institute.id), teams)
    return form


def _coaches_page(
    institute: InstituteView, form: AssignForm, refused: ActForm | None = None
) -> ResponseReturnValue:
    page = render_template(
        "cohorts/learning/coaches.html",
        institute=institute,
        staff=staff_of(institute.id),
        names={team.id: team.name for team in teams_at(institute.id)},
        kind_words=KIND_WORDS,
        form=form,
        refused=refused or form,
    )
    return page, (refused or form).status
