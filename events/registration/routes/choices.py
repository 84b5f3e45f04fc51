"""Pages on which members, or their leads for them, choose optional days and strands."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.registration import service as registration
from events.registration.forms import ChoicesForm
from events.registration.models import Seat
from events.registration.routes.blueprint import REFUSALS, bp, editor


@bp.route("/seats/<uuid:seat_id>/choices", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def own_choices(seat_id: UUID) -> ResponseReturnValue:
    """Let a member choose optional days and strands."""
    form = ChoicesForm()
    seat = registration.get_own_seat(seat_id, g.person.id if g.person else None)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.choose_extras(seat, form.choices.data or [], by=g.identity.email)
            flash(say("Saved."))
            return form.answer(redirect(url_for(".seat", seat_id=seat_id)))
    return _page(form, seat, back=url_for(".seat", seat_id=seat_id))


@bp.route("/teams/<uuid:team_id>/members/<uuid:seat_id>/choices", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def member_choices(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Let a lead choose optional days and strands for a member, or for a seat that is kept."""
    form = ChoicesForm()
    team = registration.get_team(team_id, editor())
    seat = registration.get_held_seat(team, seat_id)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.choose_for_member(team_id, seat_id, form.choices.data or [], editor())
            flash(say("Saved."))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    return _page(form, seat, back=url_for(".team", team_id=team_id))


def _page(form: ChoicesForm, seat: Seat, *, back: str) -> ResponseReturnValue:
    choices = registration.choices_for(seat)
    form.about(choices)
    page = render_template(
        "events/registration/choices.html",
        form=form,
        seat=seat,
        team=seat.team,
        choices=choices,
        back=back,
    )
    return page, form.status
