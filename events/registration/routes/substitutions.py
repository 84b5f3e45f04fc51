"""Pages on which coordinators see what waits for them, and decide about substitutions."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.institutes import service as institutes
from events.registration import service as registration
from events.registration.forms import DecideForm
from events.registration.forms.substitutions import GRANT
from events.registration.routes.blueprint import REFUSALS, bp, editor
from events.registration.service import guests


@bp.get("/manage/institutes/<slug>/to-do")
@requires(Permission.MANAGE_TEAMS)
def to_do(slug: str) -> ResponseReturnValue:
    """List what leads ask the coordinators, drafts that lie still, and mail that came back."""
    institute = institutes.get_by_slug(slug, drafts=True)
    number = request.args.get("page", default=1, type=int)
    return render_template(
        "events/registration/to_do.html",
        institute=institute,
        asking=guests.asking_at(institute.id),
        wishes=registration.wishes_at(institute.id),
        stalled=registration.stalled_drafts(institute.id),
        lost_leads=registration.lost_leads(institute.id),
        lost=registration.lost_invitations(institute.id, number),
        labels={role.code: role.label for role in institute.roles},
    )


@bp.route("/manage/substitutions/<uuid:request_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def substitution(request_id: UUID) -> ResponseReturnValue:
    """Let a coordinator grant a substitution, or say no."""
    form = DecideForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            granted = form.decision.data == GRANT
            decide = registration.grant_wish if granted else registration.refuse_wish
            seat = decide(request_id, form.note.data or "", editor())
            flash(
                say("%(name)s has the seat now. Everyone concerned gets a mail.", name=seat.name)
                if granted
                else say("The seat stays as it is. The lead gets a mail.")
            )
            return form.answer(redirect(url_for(".team", team_id=seat.team_id)))
    wish = registration.get_wish(request_id)
    team = registration.get_team(wish.seat.team_id, editor())
    page = render_template(
        "events/registration/substitution.html",
        wish=wish,
        seat=wish.seat,
        team=team,
        labels={role.code: role.label for role in team.institute.roles},
        form=form,
    )
    return page, form.status
