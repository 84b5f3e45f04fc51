"""How a team spreads over the sessions that its members choose."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import ActForm
from consortium.words import say
from events.agenda import service as agendas
from events.agenda.routes.blueprint import bp
from events.registration.routes.blueprint import editor
from events.schedule.domain import kind_in_words


@bp.get("/teams/<uuid:team_id>/sessions")
@requires(Permission.SIGNED_IN)
def team(team_id: UUID) -> ResponseReturnValue:
    """Show leads and members who of their team goes where, and what nobody hears."""
    return _page(team_id, ActForm())


@bp.post("/teams/<uuid:team_id>/sessions/remind")
@requires(Permission.SIGNED_IN)
def remind_team(team_id: UUID) -> ResponseReturnValue:
    """Remind the members of the team who have not chosen yet."""
    form = ActForm()
    agendas.team_spread(team_id, editor())
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            sent = agendas.remind_team(team_id, editor())
            flash(say("Reminders on their way: %(people)s.", people=sent))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    return _page(team_id, form)


def _page(team_id: UUID, form: ActForm) -> ResponseReturnValue:
    spread = agendas.team_spread(team_id, editor())
    page = render_template(
        "events/agenda/team.html",
        form=form,
        spread=spread,
        team=spread.team,
        institute=spread.team.institute,
        kind_in_words=kind_in_words,
    )
    return page, form.status
