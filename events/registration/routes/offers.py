"""Pages of the waitlist: join it, leave it, answer an offer."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.registration import service as registration
from events.registration.forms import OfferForm, SubmitForm, WaitForm
from events.registration.forms.waiting import ACCEPT, STAY
from events.registration.models import Team, TeamStatus
from events.registration.routes.blueprint import REFUSALS, bp, editor
from events.registration.routes.teams import act_on


@bp.post("/teams/<uuid:team_id>/submit")
@requires(Permission.SIGNED_IN)
def submit(team_id: UUID) -> ResponseReturnValue:
    """Register the team, or put it on the waitlist if there is no place and it said so."""
    form = SubmitForm()

    def send(team_id: UUID, editor: registration.Editor) -> Team:
        return registration.submit_team(team_id, editor, or_wait=form.or_wait.data)

    return act_on(team_id, send, told, form)


@bp.post("/teams/<uuid:team_id>/waitlist")
@requires(Permission.SIGNED_IN)
def join_waitlist(team_id: UUID) -> ResponseReturnValue:
    """Put the team on the waitlist."""
    form = WaitForm()

    def join(team_id: UUID, editor: registration.Editor) -> Team:
        wanted = form.seats_wanted.data
        return registration.join_waitlist(team_id, editor, seats_wanted=wanted)

    return act_on(team_id, join, told, form)


@bp.post("/teams/<uuid:team_id>/waitlist/seats")
@requires(Permission.SIGNED_IN)
def want_seats(team_id: UUID) -> ResponseReturnValue:
    """Change for how many seats the team waits."""
    form = WaitForm()

    def want(team_id: UUID, editor: registration.Editor) -> Team:
        return registration.want_seats(team_id, form.seats_wanted.data or 0, editor)

    return act_on(
        team_id, want, lambda team: say("You wait for %(n)s seats.", n=team.seats_wanted), form
    )


@bp.post("/teams/<uuid:team_id>/waitlist/leave")
@requires(Permission.SIGNED_IN)
def leave_waitlist(team_id: UUID) -> ResponseReturnValue:
    """Take the team off the waitlist; it is a draft again."""
    return act_on(
        team_id,
        registration.leave_waitlist,
        lambda _: say("Your team is off the waitlist. It is a draft again, with everyone in it."),
    )


@bp.post("/teams/<uuid:team_id>/admit")
@requires(Permission.MANAGE_TEAMS)
def admit(team_id: UUID) -> ResponseReturnValue:
    """Let a coordinator give a waiting team its places."""
    return act_on(
        team_id, registration.admit_from_waitlist, lambda _: say("The team has its places now.")
    )


@bp.route("/teams/<uuid:team_id>/offer", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def offer(team_id: UUID) -> ResponseReturnValue:
    """Show what is offered and until when, and take the answer."""
    form = OfferForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            flash(_answered(_answer(team_id, form.reply.data)))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    team = registration.get_team(team_id, editor())
    page = render_template(
        "events/registration/offer.html",
        team=team,
        form=form,
        asked=registration.asked_in(team, editor()),
        open=team.status is TeamStatus.OFFERED,
    )
    return page, form.status


def _answer(team_id: UUID, answer: str) -> Team:
    if answer == ACCEPT:
        return registration.accept_offer(team_id, editor())
    return registration.decline_offer(team_id, editor(), stay=answer == STAY)


def _answered(team: Team) -> str:
    if team.status is TeamStatus.OFFERED:
        return say("The other lead has a mail that asks to agree. The places stay held until then.")
    if team.status is TeamStatus.REGISTERED:
        return say("Your team is registered. Each member has got a mail.")
    if team.status is TeamStatus.WAITLISTED:
        return say("The places go to the next. You are at the end of the waitlist.")
    return say("The places go to the next. You are off the waitlist.")


def told(team: Team) -> str:
    """Say what became of a team that was submitted."""
    if team.status is TeamStatus.DRAFT:
        return say("The other lead has a mail that asks to agree. Nothing is submitted before.")
    if team.status is TeamStatus.ASKING:
        return say("The host has your request. We write to you when the host has answered.")
    if team.status is TeamStatus.WAITLISTED:
        return say(
            "Your team is on the waitlist, number %(rank)s.", rank=registration.rank_of(team)
        )
    return say("Your team is registered. Each member has got a mail.")
