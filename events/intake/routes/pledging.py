"""The page on which a leader signs, or says no."""

from http import HTTPStatus

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from consortium.database import transaction
from consortium.words import say
from events.intake import service as intake
from events.intake.forms import DeclineForm, SignForm
from events.intake.forms.applying import DECLINE
from events.intake.models import Pledge
from events.intake.routes.blueprint import REFUSALS, bp
from events.registration.domain import masked


@bp.get("/pledges/<token>")
@public
def pledge(token: str) -> ResponseReturnValue:
    """Show what someone is asked to sign; only that person, signed in, may answer."""
    found = intake.get_pledge(token)
    return _page(found) if _is_theirs(found) else _for_someone_else(found)


@bp.post("/pledges/<token>")
@requires(Permission.SIGNED_IN)
def answer_pledge(token: str) -> ResponseReturnValue:
    """Take the leader's answer; nobody else's."""
    found = intake.get_pledge(token)
    if not _is_theirs(found):
        return _for_someone_else(found), HTTPStatus.FORBIDDEN
    if f"{DECLINE}-reason" in request.form:
        return _decline(token, found)
    form = SignForm()
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.sign(found, form.signed_as.data, by=g.identity.email)
            flash(say("Thank you. Your signature is written down."))
            return form.answer(redirect(url_for(".pledge", token=token)))
    return _page(intake.get_pledge(token), form)


def _decline(token: str, found: Pledge) -> ResponseReturnValue:
    form = DeclineForm(prefix=DECLINE)
    if form.validate_on_submit():
        with form.showing(*REFUSALS), transaction():
            form.once(by=g.identity.email)
            intake.decline(found, form.reason.data or "", by=g.identity.email)
            flash(say("Your answer is written down. You can still sign while applying is open."))
            return form.answer(redirect(url_for(".pledge", token=token)))
    return _page(intake.get_pledge(token), decline=form)


def _is_theirs(pledge: Pledge) -> bool:
    return g.identity is not None and g.identity.email == pledge.email


def _for_someone_else(pledge: Pledge) -> str:
    return render_template(
        "events/intake/pledge_of_another.html",
        pledge=pledge,
        application=pledge.application,
        address=masked(pledge.email),
    )


def _page(
    pledge: Pledge, form: SignForm | None = None, decline: DeclineForm | None = None
) -> ResponseReturnValue:
    form = form or SignForm(formdata=None)
    decline = decline or DeclineForm(formdata=None, prefix=DECLINE)
    institute = pledge.application.institute
    page = render_template(
        "events/intake/pledge.html",
        pledge=pledge,
        application=pledge.application,
        institute=institute,
        applicant=intake.applicant_of(pledge.application),
        wording=intake.wording_for(pledge),
        door=intake.door_of(pledge.application),
        form=form,
        decline=decline,
    )
    return page, decline.status if decline.errors else form.status
