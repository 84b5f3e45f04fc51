"""The page on which leads and coordinators read what happened to a team."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from events.registration import service as registration
from events.registration.routes.blueprint import bp, editor


@bp.get("/teams/<uuid:team_id>/history")
@requires(Permission.SIGNED_IN)
def history(team_id: UUID) -> ResponseReturnValue:
    """Show every change of a team: who, when, what."""
    number = request.args.get("page", default=1, type=int)
    shown = registration.history_of(team_id, editor(), number)
    return render_template(
        "events/registration/history.html",
        team=shown.team,
        found=shown.found,
        chains=shown.chains,
        labels={role.code: role.label for role in shown.team.institute.roles},
    )
