"""Pages about who leads a team: invite, hand over, leave, appoint; and the invited one's answer."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from consortium.database import transaction
from consortium.errors import NotAllowed
from consortium.forms import ActForm
from consortium.people.domain import Side
from consortium.words import say
from events.registration import service as registration
from events.registration.domain import masked, sides_after, sides_beside
from events.registration.forms import AppointForm, HandOverForm, LeadForm
from events.registration.models import LeadInvitation, Team
from events.registration.routes.blueprint import REFUSALS, bp, editor
from events.registration.routes.teams import act_on


@bp.route("/teams/<uuid:team_id>/leads/invite", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def invite_lead(team_id: UUID) -> ResponseReturnValue:
    """Let a lead ask someone of the other side to lead the team too."""
    team = registration.get_team(team_id, editor())
    form = LeadForm()
    form.about(sides_beside([lead.side for lead in team.leads]))
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            asked = registration.invite_lead(team_id, form.to_lead(), editor())
            flash(say("%(name)s gets a mail with a link to answer.", name=asked.name))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    page = render_template("events/registration/invite_lead.html", team=team, form=form)
    return page, form.status


@bp.route("/teams/<uuid:team_id>/leads/hand-over", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def hand_over(team_id: UUID) -> ResponseReturnValue:
    """Let a lead ask a member, or someone else, to lead the team instead."""
    team = registration.get_team(team_id, editor())
    mine = registration.lead_of(team, editor())
    others = [lead.side for lead in team.leads if lead is not mine]
    form = HandOverForm()
    form.about(sides_after(mine.side if mine else Side.OTHER, others))
    leads = {lead.person_id for lead in team.leads}
    form.among([seat for seat in team.active_seats if seat.person_id not in leads])
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            asked = registration.hand_over(team_id, form.to_lead(), editor())
            flash(say("%(name)s gets a mail. You lead on until they say yes.", name=asked.name))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    page = render_template("events/registration/hand_over.html", team=team, form=form)
    return page, form.status


@bp.route("/teams/<uuid:team_id>/leads/leave", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def leave_lead(team_id: UUID) -> ResponseReturnValue:
    """Ask once more, then let a lead go; the other one leads on."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            team = registration.leave_lead(team_id, editor())
            flash(say("You do not lead %(team)s any more.", team=team.name))
            return form.answer(redirect(url_for(".mine")))
    team = registration.get_team(team_id, editor())
    page = render_template("events/registration/leave_lead.html", team=team, form=form)
    return page, form.status


@bp.route("/teams/<uuid:team_id>/leads/appoint", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def appoint_lead(team_id: UUID) -> ResponseReturnValue:
    """Let a coordinator put someone in as a lead, e.g. for one who has left the district."""
    team = registration.get_team(team_id, editor())
    form = AppointForm()
    form.about((Side.LABOR, Side.MANAGEMENT, Side.GOVERNANCE, Side.COMMUNITY, Side.OTHER))
    form.at(team)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.appoint_lead(
                team_id,
                form.to_lead(),
                editor(),
                instead_of=form.lead_replaced,
                reason=form.reason.data,
            )
            flash(say("%(name)s leads the team now.", name=form.name.data))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    page = render_template("events/registration/appoint_lead.html", team=team, form=form)
    return page, form.status


@bp.post("/teams/<uuid:team_id>/leads/invitations/<uuid:invitation_id>/again")
@requires(Permission.SIGNED_IN)
def ask_lead_again(team_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """Send an invitation to lead once more."""

    def again(team_id: UUID, by: registration.Editor) -> Team:
        registration.ask_lead_again(team_id, invitation_id, by)
        return registration.get_team(team_id, by)

    return act_on(team_id, again, lambda _: say("The invitation is on its way again."))


@bp.post("/teams/<uuid:team_id>/leads/invitations/<uuid:invitation_id>/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw_lead_invitation(team_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation to lead back."""

    def withdraw(team_id: UUID, by: registration.Editor) -> Team:
        registration.withdraw_lead_invitation(team_id, invitation_id, by)
        return registration.get_team(team_id, by)

    return act_on(team_id, withdraw, lambda _: say("The invitation was taken back."))


@bp.get("/lead/<token>")
@public
def lead_invitation(token: str) -> ResponseReturnValue:
    """Show what someone is asked to lead; only that person, signed in, may answer."""
    invitation, team = registration.get_lead_invitation(token)
    return _invitation_page(invitation, team, ActForm(formdata=None))


@bp.post("/lead/<token>")
@requires(Permission.SIGNED_IN)
def answer_lead_invitation(token: str) -> ResponseReturnValue:
    """Take the answer of the person who was asked; nobody else's."""
    return _answer(lambda: registration.get_lead_invitation(token))


@bp.get("/lead-invitations/<uuid:invitation_id>")
@requires(Permission.SIGNED_IN)
def own_lead_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """Show someone who has no mail at hand what they are asked to lead."""
    invitation, team = registration.get_own_lead_invitation(invitation_id, g.identity)
    return _invitation_page(invitation, team, ActForm(formdata=None))


@bp.post("/lead-invitations/<uuid:invitation_id>")
@requires(Permission.SIGNED_IN)
def answer_own_lead_invitation(invitation_id: UUID) -> ResponseReturnValue:
    """Take the answer of someone who has no mail at hand."""
    return _answer(lambda: registration.get_own_lead_invitation(invitation_id, g.identity))


def _answer(find: Callable[[], tuple[LeadInvitation, Team]]) -> ResponseReturnValue:
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            # Before it is looked for: who sends the answer twice has no open invitation any more.
            form.once(by=g.identity.email)
            invitation, team = find()
            if not _is_theirs(invitation):
                raise NotAllowed(
                    say("This invitation is for someone else, and only that person answers it.")
                )
            if request.form.get("answer") == "no":
                registration.decline_lead(invitation, by=g.identity)
                flash(say("Thank you. Whoever leads the team has got a mail."))
                return form.answer(redirect(url_for(".mine")))
            registration.accept_lead(invitation, by=g.identity)
            flash(say("You lead this team now."))
            return form.answer(redirect(url_for(".team", team_id=team.id)))
    return _invitation_page(*find(), form)


def _is_theirs(invitation: LeadInvitation) -> bool:
    return g.identity is not None and g.identity.email == invitation.email


def _invitation_page(
    invitation: LeadInvitation, team: Team, form: ActForm
) -> tuple[str, HTTPStatus]:
    page = render_template(
        "events/registration/lead_invitation.html",
        invitation=invitation,
        team=team,
        form=form,
        address=masked(invitation.email),
        theirs=_is_theirs(invitation),
        leaver=next((one for one in team.leads if one.id == invitation.replaces_lead_id), None),
    )
    return page, form.status
