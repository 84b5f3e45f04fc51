"""The page on which a coordinator corrects what an LEA said of an office."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.words import say
from events.registration import service as registration
from events.registration.forms import OfficeForm
from events.registration.forms.offices import NO, YES
from events.registration.routes.blueprint import REFUSALS, bp, editor


@bp.route("/teams/<uuid:team_id>/offices/<role_code>/change", methods=["GET", "POST"])
@requires(Permission.MANAGE_TEAMS)
def change_office(team_id: UUID, role_code: str) -> ResponseReturnValue:
    """Let a coordinator change what is remembered of an office, with the reason."""
    team = registration.get_team(team_id, editor())
    rule = registration.asked_role(team, role_code)
    answer = registration.remembered_answers(team).get(role_code)
    form = OfficeForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            registration.answer_office(
                team_id,
                role_code,
                editor(),
                exists=form.exists.data == YES,
                reason=form.reason.data,
            )
            flash(say("The answer is changed. All teams of the LEA are judged by it."))
            return form.answer(redirect(url_for(".team", team_id=team_id)))
    elif not form.is_submitted() and answer is not None:
        form.exists.data = NO if answer.exists else YES
    page = render_template(
        "events/registration/change_office.html", team=team, rule=rule, answer=answer, form=form
    )
    return page, form.status
