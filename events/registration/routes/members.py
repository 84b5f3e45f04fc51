"""Pages on which a lead names people."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.people.domain import normalise_email
from consortium.words import say
from events.institutes import service as institutes
from events.registration import service as registration
from events.registration.domain import EditConflict, RosterLine, team_roles
from events.registration.forms import MemberForm, PasteForm, SubstituteForm
from events.registration.models import Seat, SeatStatus
from events.registration.routes.blueprint import REFUSALS, bp, editor


@bp.route("/teams/<uuid:team_id>/members/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def add_member(team_id: UUID) -> ResponseReturnValue:
    """Let a lead name one more person."""
    form = MemberForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            seat = registration.add_member(team_id, form.to_person(), editor())
            flash(say("%(name)s is in the team.", name=seat.name))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    form.about(team_roles(team.institute.terms, team.state))
    page = render_template("events/registration/add_member.html", team=team, form=form)
    return page, form.status


@bp.route("/teams/<uuid:team_id>/members/paste", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def paste(team_id: UUID) -> ResponseReturnValue:
    """Let a lead paste many people: look at what was understood, then save all of them."""
    form = PasteForm()
    text, sent = form.lines.data or "", form.validate_on_submit()
    lines: Sequence[RosterLine] = ()
    if sent and form.save.data:
        with form.showing(*REFUSALS):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    seats = registration.paste_members(team_id, text, editor())
                    flash(say("People added to the team: %(n)s.", n=len(seats)))
                    return form.answer(redirect(url_for(".team", team_id=team_id)))
            except registration.WrongLines as refused:
                lines = refused.lines
                raise
    team = registration.get_team(team_id, editor())
    if sent and not form.save.data:
        with form.showing(*REFUSALS):
            lines = registration.preview_roster(team, text)
    page = render_template(
        "events/registration/paste.html",
        team=team,
        form=form,
        lines=lines,
        ready=lines and not form.errors and not any(line.faults for line in lines),
        labels={role.code: role.label for role in team.institute.roles},
        roles=team_roles(team.institute.terms, team.state),
    )
    return page, form.status


@bp.get("/teams/<uuid:team_id>/seats/<uuid:seat_id>")
@requires(Permission.SIGNED_IN)
def team_seat(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Show a lead one seat of the team, and everything that can be done about it."""
    team = registration.get_team(team_id, editor())
    return render_template(
        "events/registration/team_seat.html",
        team=team,
        seat=registration.get_changeable(team, seat_id),
        wishes=registration.open_wishes(team),
        over=institutes.opening_of(team.institute).over,
        closed=registration.why_roster_closed(team, editor()),
    )


@bp.route("/teams/<uuid:team_id>/members/<uuid:seat_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def edit_member(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Let a lead change a member; two who change different things both get what they want."""
    form = MemberForm()
    conflict: EditConflict | None = None
    if form.validate_on_submit():
        try:
            with form.showing(*REFUSALS), transaction():
                form.once(by=g.identity.email)
                seat = registration.change_member(team_id, seat_id, form.to_change(), editor())
                flash(_told(seat, seat_id, form.email.data))
                return form.answer(redirect(url_for(".team", team_id=team_id)))
        except EditConflict as refused:
            conflict = refused
    team = registration.get_team(team_id, editor())
    seat = registration.get_present_member(team, seat_id)
    if conflict is not None:
        form = MemberForm(formdata=None)
    form.about(team_roles(team.institute.terms, team.state))
    if conflict is not None:
        form.show(conflict.merged)
        form.rest_on(seat)
    elif not form.is_submitted():
        form.fill(seat)
    page = render_template(
        "events/registration/edit_member.html",
        team=team,
        seat=seat,
        form=form,
        conflict=conflict,
        target=url_for(".edit_member", team_id=team_id, seat_id=seat.id),
    )
    return page, conflict.status if conflict else form.status


@bp.route("/teams/<uuid:team_id>/members/<uuid:seat_id>/substitute", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def substitute(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Let a lead give a member's seat to someone else, in one act."""
    form = SubstituteForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            seat = registration.substitute(team_id, seat_id, form.to_substitution(), editor())
            flash(_told(seat, seat_id, form.email.data))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    seat = registration.get_replaceable(team, seat_id)
    form.about(team_roles(team.institute.terms, team.state))
    if not form.is_submitted():
        form.fill(seat)
    page = render_template(
        "events/registration/substitute.html",
        team=team,
        seat=seat,
        form=form,
        asks_host=registration.is_frozen(team) and not editor().coordinates,
    )
    return page, form.status


@bp.post("/teams/<uuid:team_id>/members/<uuid:seat_id>/take-back")
@requires(Permission.SIGNED_IN)
def take_back_wish(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Let a lead take back what the coordinators were asked about a seat."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.take_back_wish(team_id, seat_id, editor())
            flash(say("You have taken your request back."))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
        for message in form.form_errors:
            flash(message, "danger")
    return redirect(url_for(".team", team_id=team_id))


@bp.route("/teams/<uuid:team_id>/members/<uuid:seat_id>/remove", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def remove_member(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Ask once more, then take a member out of the team."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            gone = registration.remove_member(team_id, seat_id, editor())
            flash(say("%(name)s was removed.", name=gone.name or say("The kept seat")))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    seat = registration.get_held_seat(team, seat_id)
    page = render_template(
        "events/registration/remove_member.html", team=team, seat=seat, form=form
    )
    return page, form.status


@bp.post("/teams/<uuid:team_id>/members/<uuid:seat_id>/invite")
@requires(Permission.SIGNED_IN)
def invite_again(team_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    """Send a member who has not answered the invitation once more."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            seat = registration.invite_again(team_id, seat_id, editor())
            flash(say("%(name)s gets the invitation again.", name=seat.name))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
        for message in form.form_errors:
            flash(message, "danger")
    return redirect(url_for(".team", team_id=team_id))


def _told(seat: Seat, seat_id: UUID, email: str) -> str:
    """Say what came of a change; where only a wish was written down the seat is as it was."""
    if seat.status is SeatStatus.DECLINED:
        return say("Your request waits for an answer.")
    if seat.id == seat_id and seat.person.email != normalise_email(email):
        return say("%(name)s keeps the seat until your request is answered.", name=seat.name)
    return say("%(name)s is in the team.", name=seat.name)
