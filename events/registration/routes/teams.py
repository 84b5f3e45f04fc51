"""A team's pages: start it, see what is missing, submit it, leave."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.institutes import service as institutes
from events.registration import service as registration
from events.registration.domain import EditConflict, RegistrationRefused
from events.registration.forms import DetailsForm, StartForm, WaiverForm, visitors_from
from events.registration.forms.waiting import SubmitForm, wait_form
from events.registration.models import Team
from events.registration.routes.blueprint import REFUSALS, bp, editor


@bp.route("/institutes/<slug>/register", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def start(slug: str) -> ResponseReturnValue:
    """Let someone pick an LEA and begin to lead its team."""
    institute = institutes.get_by_slug(slug)
    if institute.cancelled:
        return redirect(url_for("institutes.show", slug=slug))
    form = StartForm()
    form.about(institute)
    if form.is_submitted() and not form.finding and form.validate():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            team = registration.start_team(institute, form.to_start(), by=g.identity)
            return form.answer(redirect(url_for(".team", team_id=team.id)))
    elif not form.is_submitted():
        form.name.data = g.person.name if g.person else ""
        form.lea_id.data = request.args.get("lea", "")[:7]  # an invitation leads here with its LEA
        form.take_up()
    door = registration.door_of(institute)
    form.for_waitlist.data = "1" if door.for_waitlist_only else ""
    page = render_template(
        "events/registration/start.html",
        institute=institute,
        form=form,
        leas=form.leas_found(),
        door=door,
        own=registration.team_of_lead(institute.id, g.person.id if g.person else None),
        takes_visitors=bool(visitors_from(institute)),
    )
    return page, form.status


@bp.get("/teams/<uuid:team_id>")
@requires(Permission.SIGNED_IN)
def team(team_id: UUID) -> ResponseReturnValue:
    """Show a team to its leads: who is there, who is missing, what to do next."""
    return _team_page(team_id, ActForm(formdata=None))


@bp.route("/teams/<uuid:team_id>/details", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def details(team_id: UUID) -> ResponseReturnValue:
    """Let a lead change what the team is called."""
    team = registration.get_team(team_id, editor())
    form = DetailsForm()
    form.about(team)
    conflict: EditConflict | None = None
    if form.validate_on_submit():
        try:
            with form.showing(*REFUSALS), transaction():
                form.once(by=g.identity.email)
                registration.describe_team(
                    team_id, editor(), form.to_details(), base=form.to_base()
                )
                return form.answer(redirect(url_for(".team", team_id=team_id)))
        except EditConflict as refused:
            conflict = refused
            form = DetailsForm(formdata=None)
            team = registration.get_team(team_id, editor())
            form.about(team)
            form.show(registration.Details(**conflict.merged))
            form.rest_on(team)
    elif not form.is_submitted():
        form.fill(team)
    page = render_template(
        "events/registration/details.html", team=team, form=form, conflict=conflict
    )
    return page, conflict.status if conflict else form.status


@bp.route("/teams/<uuid:team_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def withdraw(team_id: UUID) -> ResponseReturnValue:
    """Ask once more, then take the team out."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.withdraw_team(team_id, editor())
            flash(say("The registration was withdrawn."))
            return form.answer(redirect(url_for(".mine")))
    team = registration.get_team(team_id, editor())
    page = render_template("events/registration/withdraw.html", team=team, form=form)
    return page, form.status


@bp.post("/teams/<uuid:team_id>/offices/<role_code>")
@requires(Permission.SIGNED_IN)
def answer_office(team_id: UUID, role_code: str) -> ResponseReturnValue:
    """Write down whether the LEA has an office."""
    exists = request.form.get("exists") == "yes"

    def answer(team_id: UUID, editor: registration.Editor) -> Team:
        return registration.answer_office(team_id, role_code, editor, exists=exists)

    return act_on(team_id, answer, lambda _: say("Thank you. We will not ask again."))


@bp.route("/teams/<uuid:team_id>/waivers/<role_code>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def waive_role(team_id: UUID, role_code: str) -> ResponseReturnValue:
    """Let a lead say why the team cannot bring a role."""
    team = registration.get_team(team_id, editor())
    rule = registration.waivable_role(team, role_code)
    form = WaiverForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.waive_role(team_id, role_code, form.reason.data, editor())
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    elif not form.is_submitted():
        form.reason.data = rule.waiver
    page = render_template("events/registration/waive_role.html", team=team, rule=rule, form=form)
    return page, form.status


@bp.post("/teams/<uuid:team_id>/waivers/<role_code>/end")
@requires(Permission.SIGNED_IN)
def end_waiver(team_id: UUID, role_code: str) -> ResponseReturnValue:
    """Let the role count again."""

    def end(team_id: UUID, editor: registration.Editor) -> Team:
        return registration.end_waiver(team_id, role_code, editor)

    return act_on(team_id, end, lambda _: say("The role counts again."))


def act_on(
    team_id: UUID,
    act: Callable[[UUID, registration.Editor], Team],
    told: Callable[[Team], str],
    form: ActForm | None = None,
) -> ResponseReturnValue:
    """Do what a button of the team's page asks, and show the page again."""
    form = form or ActForm()
    if form.validate_on_submit():
        with form.showing(RegistrationRefused), transaction():
            form.once(by=g.identity.email)
            flash(told(act(team_id, editor())))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    return _team_page(team_id, form)


def _team_page(team_id: UUID, form: ActForm) -> ResponseReturnValue:
    team = registration.get_team(team_id, editor())
    asked = registration.asked_in(team, editor())
    page = render_template(
        "events/registration/team.html",
        team=team,
        form=form,
        asked=asked,
        waits_for_lead=any(one.is_submission and not one.changed for one in asked),
        lead_invitations=registration.open_invitations(team.id),
        prospects=registration.prospects_of(team),
        labels={role.code: role.label for role in team.institute.roles},
        coordinates=editor().coordinates,
        wishes=registration.open_wishes(team),
        closed=registration.why_roster_closed(team, editor()),
        over=institutes.opening_of(team.institute).over,
        answers=registration.remembered_answers(team),
        waits=wait_form(team, form),
        submit=SubmitForm(formdata=None),
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
