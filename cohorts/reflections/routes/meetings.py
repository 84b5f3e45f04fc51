"""Looking back on a meeting: alone, as a team, and over a whole cohort."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cohorts.learning.service.partnerships import partnership_of_team
from cohorts.reflections import service as reflections
from cohorts.reflections.domain import Reading, ReflectionRefused
from cohorts.reflections.forms import PromptsForm, reflection_form
from cohorts.reflections.models import Reflection
from cohorts.reflections.routes.blueprint import COHORT, MEETING, actor, bp, hosts, own_id
from cohorts.reflections.service import Spot
from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Conflict, NotFound
from consortium.forms import ActForm
from consortium.paging import page_of
from consortium.words import say
from events import facade
from events.facade import InstituteView
from events.facade import meetings as meetings_of_events


@bp.get(MEETING)
@requires(Permission.SIGNED_IN)
def meeting(team_id: UUID, code: str) -> ResponseReturnValue:
    """Show a team what was written after a meeting, as far as the reader may read it."""
    spot = _spot(team_id, code)
    reading = reflections.reading_of(spot.team.institute_id, own_id(), hosts=hosts())
    found = reflections.readable(reading, spot.meeting.id)
    return render_template(
        "cohorts/reflections/meeting.html",
        spot=spot,
        institute=facade.institute_with(spot.team.institute_id),
        partnership=partnership_of_team(spot.team.id),
        own=next((one for one in found if spot.writes and _is_own(one.reflection, spot)), None),
        of_team=next((one for one in found if _of_team(one.reflection, spot)), None),
        others=[
            one
            for one in found
            if not _of_team(one.reflection, spot) and not _is_own(one.reflection, spot)
        ],
    )


@bp.route(f"{MEETING}/mine", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def own(team_id: UUID, code: str) -> ResponseReturnValue:
    """Let someone write down what they took from the meeting."""
    spot = _spot(team_id, code)
    before = reflections.find_own(spot, reflections.require_writing(spot))
    form = reflection_form(reflections.prompts_of(spot.team.institute_id), before, by_team=False)
    if form.validate_on_submit():
        with form.showing(ReflectionRefused), transaction():
            form.once(by=actor())
            reflections.reflect(spot, form.to_said(), by=actor())
            flash(say("Kept."))
            return form.answer(redirect(url_for(".meeting", team_id=team_id, code=code)))
    return _form_page(spot, form, before=before is not None)


@bp.route(f"{MEETING}/team", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def of_team(team_id: UUID, code: str) -> ResponseReturnValue:
    """Let anyone of a team write down what the team took from the meeting."""
    spot, conflict = _spot(team_id, code), None
    reflections.require_writing(spot)
    before = reflections.find_own(spot, None)
    form = reflection_form(reflections.prompts_of(spot.team.institute_id), before, by_team=True)
    if form.validate_on_submit():
        try:
            with form.showing(ReflectionRefused), transaction():
                form.once(by=actor())
                reflections.reflect_as_team(spot, form.to_said(), form.read_version, by=actor())
                flash(say("Kept for the team."))
                return form.answer(redirect(url_for(".meeting", team_id=team_id, code=code)))
        except Conflict as refused:
            conflict = refused
            now = reflections.find_own(spot, None)
            form.version.data = str(now.version if now else 0)
    return _form_page(spot, form, by_team=True, conflict=conflict)


@bp.post(f"{MEETING}/mine/delete")
@requires(Permission.SIGNED_IN)
def take_back(team_id: UUID, code: str) -> ResponseReturnValue:
    """Delete what one wrote."""
    form, spot = ActForm(), _spot(team_id, code)
    if form.validate_on_submit():
        with form.showing(ReflectionRefused), transaction():
            form.once(by=actor())
            reflections.take_back(spot, by=actor())
            flash(say("What you wrote is deleted."))
            return form.answer(redirect(url_for(".meeting", team_id=team_id, code=code)))
    return redirect(url_for(".meeting", team_id=team_id, code=code))


@bp.get(COHORT)
@requires(Permission.SIGNED_IN)
def of_cohort(slug: str) -> ResponseReturnValue:
    """List a cohort's meetings with how much is shared after each, for all who belong to it."""
    institute, reading = _cohort(slug)
    shared = reflections.shared_after(reading)
    return render_template(
        "cohorts/reflections/of_cohort.html",
        institute=institute,
        runs=bool(reading.runs) or hosts(),
        meetings=[
            (one, shared.get(one.id, 0)) for one in meetings_of_events.meetings_of(institute.id)
        ],
    )


@bp.get(f"{COHORT}/<code>")
@requires(Permission.SIGNED_IN)
def of_meeting(slug: str, code: str) -> ResponseReturnValue:
    """Show what was shared after one meeting, to a cohort's people and those who run it."""
    institute, reading = _cohort(slug)
    meeting = meetings_of_events.meeting_at(institute.id, code)
    shared = reflections.readable(reading, meeting.id)
    return render_template(
        "cohorts/reflections/of_meeting.html",
        institute=institute,
        meeting=meeting,
        found=page_of(shared, request.args.get("page", default=1, type=int)),
    )


@bp.route("/manage/institutes/<slug>/reflections", methods=["GET", "POST"])
@requires(Permission.EDIT_INSTITUTES)
def prompts(slug: str) -> ResponseReturnValue:
    """Let the host ask in other words."""
    institute = facade.institute_of(slug, drafts=True)
    form = PromptsForm()
    if form.validate_on_submit():
        with form.showing(ReflectionRefused), transaction():
            form.once(by=actor())
            reflections.ask_after_meetings(institute, form.to_prompts(), by=actor())
            flash(say("Saved. People are asked so from now on."))
            return form.answer(redirect(url_for(".prompts", slug=slug)))
    if not form.is_submitted():
        form.prompts.data = "\n".join(reflections.prompts_of(institute.id))
    page = render_template("cohorts/reflections/prompts.html", institute=institute, form=form)
    return page, form.status


def _spot(team_id: UUID, code: str) -> Spot:
    return reflections.spot_at(team_id, code, own_id(), hosts=hosts())


def _cohort(slug: str) -> tuple[InstituteView, Reading]:
    """Return a cohort and its reader. Raises ``NotFound`` for who does not belong to it."""
    institute = facade.institute_of(slug, drafts=hosts())
    reading = reflections.reading_of(institute.id, own_id(), hosts=hosts())
    if not (reading.enters or hosts()):
        raise NotFound(say("There is no such cohort."))
    return institute, reading


def _is_own(one: Reflection, spot: Spot) -> bool:
    return one.person_id is not None and one.person_id == spot.reader.person_id


def _of_team(one: Reflection, spot: Spot) -> bool:
    return one.team_id == spot.team.id and one.person_id is None


def _form_page(
    spot: Spot,
    form: ActForm,
    *,
    by_team: bool = False,
    before: bool = False,
    conflict: Conflict | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "cohorts/reflections/write.html",
        spot=spot,
        institute=facade.institute_with(spot.team.institute_id),
        form=form,
        by_team=by_team,
        before=before,
        conflict=conflict,
    )
    return page, conflict.status if conflict else form.status
