"""Pages on which a lead keeps a seat for someone who is still to be named."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.registration import service as registration
from events.registration.domain import team_roles
from events.registration.forms import KeepForm, MemberForm
from events.registration.routes.blueprint import REFUSALS, bp, editor


@bp.route("/teams/<uuid:team_id>/seats/keep", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def keep_seat(team_id: UUID) -> ResponseReturnValue:
    """Let a lead keep a seat for a role without naming anyone yet."""
    form = KeepForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.keep_seat(team_id, form.role.data, editor())
            flash(say("The seat is kept. Name the person as soon as you know who comes."))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    form.about(team_roles(team.institute.terms, team.state))
    page = render_template("events/registration/keep_seat.html", team=team, form=form)
    return page, form.status


@bp.route("/teams/<uuid:team_id>/seats/<uuid:seat_id>/name", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def name_kept(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Let a lead name someone for a seat that was kept."""
    form = MemberForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            seat = registration.name_kept(team_id, seat_id, form.to_person(), editor())
            flash(say("%(name)s is in the team.", name=seat.name))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    seat = registration.get_held_seat(team, seat_id)
    form.about(team_roles(team.institute.terms, team.state))
    if not form.is_submitted():
        form.role.data = seat.role_code
    page = render_template("events/registration/name_kept.html", team=team, seat=seat, form=form)
    return page, form.status
