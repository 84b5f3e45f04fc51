"""Pages on which a coordinator answers guests who ask to come."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.registration import service as registration
from events.registration.forms import TurnAwayForm
from events.registration.models import Team, TeamStatus
from events.registration.routes.blueprint import REFUSALS, bp, editor
from events.registration.routes.teams import act_on


@bp.post("/teams/<uuid:team_id>/agree")
@requires(Permission.MANAGE_TEAMS)
def agree(team_id: UUID) -> ResponseReturnValue:
    """Let a coordinator say that guests may come."""
    return act_on(team_id, registration.agree_to_guests, _told)


@bp.route("/teams/<uuid:team_id>/turn-away", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def turn_away(team_id: UUID) -> ResponseReturnValue:
    """Let a coordinator say no to guests, and why."""
    form = TurnAwayForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.turn_guests_away(team_id, form.reason.data, editor())
            flash(say("Their leads get a mail with your answer."))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    page = render_template("events/registration/turn_away.html", team=team, form=form)
    return page, form.status


def _told(team: Team) -> str:
    if team.status is TeamStatus.WAITLISTED:
        return say("There are no places for all of them now: they are on the waitlist.")
    return say("They are registered. Each member has got a mail.")
