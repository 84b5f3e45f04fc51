"""The page on which visitors register."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.institutes import service as institutes
from events.registration import service as registration
from events.registration.domain import Waitable
from events.registration.forms import VisitForm, visitors_from
from events.registration.models import TeamKind, TeamStatus
from events.registration.routes.blueprint import REFUSALS, bp


@bp.route("/institutes/<slug>/visit", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def visitor(slug: str) -> ResponseReturnValue:
    """Let people without a team register; a full institute offers the waitlist."""
    institute = institutes.get_by_slug(slug)
    if institute.cancelled:
        return redirect(url_for("institutes.show", slug=slug))
    form = VisitForm()
    form.about(institute)
    door = registration.door_of(institute, TeamKind.VISITORS)
    waits = bool(form.for_waitlist.data) or door.for_waitlist_only
    if form.validate_on_submit():
        with form.showing(*REFUSALS):
            try:
                with transaction():
                    form.once(by=g.identity.email)
                    group = registration.register_visitors(
                        institute, form.to_visit(g.identity.email), by=g.identity
                    )
                    flash(_told(group.status))
                    return form.answer(redirect(url_for(".mine")))
            except Waitable:
                waits = True
                raise
    elif not form.is_submitted():
        form.name.data = g.person.name if g.person else ""
    form.for_waitlist.data = "1" if waits else ""
    page = render_template(
        "events/registration/visitor.html",
        institute=institute,
        form=form,
        door=door,
        waits=waits,
        places=visitors_from(institute),
    )
    return page, form.status


def _told(status: TeamStatus) -> str:
    if status is TeamStatus.WAITLISTED:
        return say("You are on the waitlist. We write to you when there is a place.")
    if status is TeamStatus.ASKING:
        return say("The host has your request. We write to you when the host has answered.")
    return say("You are registered. A mail about it is on its way.")
