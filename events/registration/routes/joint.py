"""The page on which a lead answers what the lead of the other side asks."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.forms import ActForm
from consortium.words import say
from events.registration import service as registration
from events.registration.forms import REFUSE, RefuseForm
from events.registration.routes.blueprint import REFUSALS, bp, editor


@bp.get("/agreements/<uuid:act_id>")
@requires(Permission.SIGNED_IN)
def joint_act(act_id: UUID) -> ResponseReturnValue:
    """Show what is asked, and the team it is asked for."""
    return _page(act_id, ActForm(formdata=None), RefuseForm(formdata=None, prefix=REFUSE))


@bp.post("/agreements/<uuid:act_id>")
@requires(Permission.SIGNED_IN)
def answer_joint_act(act_id: UUID) -> ResponseReturnValue:
    """Take the other lead's answer."""
    if f"{REFUSE}-note" in request.form:
        return _refuse(act_id)
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            team = registration.agree_to_act(act_id, editor())
            flash(say("You both agree. Both of you get a mail."))
            return form.answer(redirect(url_for(".team", team_id=team.id)))
    return _page(act_id, form, RefuseForm(formdata=None, prefix=REFUSE))


@bp.post("/agreements/<uuid:act_id>/take-back")
@requires(Permission.SIGNED_IN)
def take_back_act(act_id: UUID) -> ResponseReturnValue:
    """Let the lead who asked take the request back."""
    form = ActForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            team = registration.take_back_act(act_id, editor())
            flash(say("The request was taken back."))
            return form.answer(redirect(url_for(".team", team_id=team.id)))
    return _page(act_id, form, RefuseForm(formdata=None, prefix=REFUSE))


def _refuse(act_id: UUID) -> ResponseReturnValue:
    form = RefuseForm(prefix=REFUSE)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            team = registration.refuse_act(act_id, form.note.data, editor())
            flash(say("The other lead gets a mail with your answer."))
            return form.answer(redirect(url_for(".team", team_id=team.id)))
    return _page(act_id, ActForm(formdata=None), form)


def _page(act_id: UUID, form: ActForm, refuse: RefuseForm) -> ResponseReturnValue:
    view = registration.asked_of(act_id, editor())
    page = render_template(
        "events/registration/joint_act.html",
        asked=view.asked,
        act=view.asked.act,
        team=view.team,
        verdict=view.verdict,
        labels=view.labels,
        form=form,
        refuse=refuse,
    )
    return page, refuse.status if refuse.errors else form.status
