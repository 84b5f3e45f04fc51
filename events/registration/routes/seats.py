"""A member's own pages: the invitation, the own seat, everything that is mine."""

from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from consortium.database import transaction
from consortium.words import say
from events.institutes import service as institutes
from events.questions.domain import AnswersRefused
from events.questions.forms import asking
from events.registration import service as registration
from events.registration.domain import masked
from events.registration.forms import DECLINE, DeclineForm, OwnPageForm
from events.registration.models import Seat, SeatStatus
from events.registration.routes.blueprint import REFUSALS, bp
from events.registration.service import answers


@bp.get("/mine")
@requires(Permission.SIGNED_IN)
def mine() -> ResponseReturnValue:
    """List the teams someone leads or is asked to lead, and the seats someone has."""
    person_id = g.person.id if g.person else None
    return render_template(
        "events/registration/mine.html",
        agreements=registration.waiting_for(person_id),
        asked_to_lead=registration.lead_invitations_of(g.identity),
        teams=registration.teams_of_lead(person_id),
        seats=registration.seats_of_person(person_id),
    )


@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Show what someone is invited to; only the invited person, signed in, may answer."""
    seat = registration.get_invitation(token)
    if not _is_theirs(seat):
        return _for_someone_else(seat)
    return _own_page(seat)


@bp.post("/invitations/<token>")
@requires(Permission.SIGNED_IN)
def answer_invitation(token: str) -> ResponseReturnValue:
    """Take the invited person's answer; nobody else's."""
    seat = registration.get_invitation(token)
    if not _is_theirs(seat):
        return _for_someone_else(seat), HTTPStatus.FORBIDDEN
    return _answer(seat)


@bp.route("/seats/<uuid:seat_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def seat(seat_id: UUID) -> ResponseReturnValue:
    """Show someone the own seat: confirm it, change what was said, or give it back."""
    own = registration.get_own_seat(seat_id, g.person.id if g.person else None)
    return _answer(own) if request.method == "POST" else _own_page(own)


def _is_theirs(seat: Seat) -> bool:
    return g.person is not None and seat.person_id == g.person.id


def _for_someone_else(seat: Seat) -> str:
    return render_template(
        "events/registration/invitation.html",
        seat=seat,
        address=masked(seat.person.email),
        roles=registration.role_labels(seat),
    )


def _answer(seat: Seat) -> ResponseReturnValue:
    if f"{DECLINE}-reason" in request.form:
        return _decline(seat)
    form = asking(OwnPageForm, answers.asked_of_seat(seat))()
    form.about(g.tenant.goals)
    form.keep_as(f"seat:{seat.id}")
    if form.validate_on_submit():
        said = form.to_said(current_app.extensions["ports"].storage)
        details = replace(form.to_details(), said=said)
        with form.showing(*REFUSALS, AnswersRefused), transaction():
            form.once(by=g.identity.email)
            if seat.status is SeatStatus.CONFIRMED:
                registration.change_own_details(seat, details, by=g.identity.email)
                flash(say("Saved."))
            else:
                registration.confirm_seat(seat, details, by=g.identity.email)
                flash(say("Your seat is confirmed. A mail about it is on its way."))
            done: ResponseReturnValue = form.answer(redirect(url_for(".seat", seat_id=seat.id)))
            return done
    return _own_page(seat, form)


def _decline(seat: Seat) -> ResponseReturnValue:
    form = DeclineForm(prefix=DECLINE)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.decline_seat(seat, form.reason.data or "", by=g.identity.email)
            flash(say("You have given the seat back. Your team's leads know."))
            return form.answer(redirect(url_for(".seat", seat_id=seat.id)))
    return _own_page(seat, decline=form)


def _own_page(
    seat: Seat, form: OwnPageForm | None = None, decline: DeclineForm | None = None
) -> ResponseReturnValue:
    if form is None:
        form = asking(OwnPageForm, answers.asked_of_seat(seat))(formdata=None)
        form.about(g.tenant.goals)
        form.keep_as(f"seat:{seat.id}")
        form.fill(seat, registration.consent_for(seat))
    decline = decline or DeclineForm(formdata=None, prefix=DECLINE)
    page = render_template(
        "events/registration/seat.html",
        seat=seat,
        team=seat.team,
        institute=seat.team.institute,
        over=institutes.opening_of(seat.team.institute).over,
        roles=registration.role_labels(seat),
        badge=registration.find_badge(seat.institute_id, seat.person_id),
        form=form,
        decline=decline,
    )
    return page, decline.status if decline.errors else form.status
