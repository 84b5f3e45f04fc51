"""The second proof that people who work for a consortium give: an authenticator or a passkey."""

from http import HTTPStatus

import segno
from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from consortium.access import Permission, requires
from consortium.auth.domain import grouped
from consortium.auth.forms import EnrolmentForm, OneTimePasswordForm, PasskeyForm
from consortium.auth.routes.browser import bp, keys, private, settings, site, wanted_path
from consortium.auth.routes.limits import count_try
from consortium.auth.service import passkeys, second_factors
from consortium.auth.service.second_factors import EnrolmentRanOut
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.words import say

WRONG_CODE = say(
    "This code does not work. Wait for the app to show the next one; each counts once. If it still "
    "does not work, set your phone's clock to automatic."
)


def second_factor_is_enough() -> bool:
    """Tell whether the present session may act as staff. The demonstration asks for no proof."""
    return settings().demonstration or current_user.second_factor_at is not None


@bp.route("/second-factor", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def second_factor() -> ResponseReturnValue:
    """Take a code of the authenticator app, once in each session; or lead on to a passkey."""
    next_path = wanted_path(request.args.get("next"))
    if not passkeys.has_proof(g.identity):
        return redirect(url_for(".enrol", next=next_path or None))
    form = OneTimePasswordForm(next=next_path)
    if form.validate_on_submit():
        count_try(g.identity.email)
        with transaction():
            proved = second_factors.prove(current_user, form.code.data or "", keys=keys())
        if proved:
            return redirect(wanted_path(form.next.data) or url_for("front.home"))
        form.code.errors = [WRONG_CODE]
    return second_factor_page(wanted_path(form.next.data), form=form)


def second_factor_page(
    next_path: str,
    *,
    form: OneTimePasswordForm | None = None,
    passkey: PasskeyForm | None = None,
) -> Response:
    """Return the page that asks for the second proof, with what was wrong with the one given."""
    given = passkey or form
    page = render_template(
        "consortium/auth/second_factor.html",
        form=form or OneTimePasswordForm(formdata=None, next=next_path),
        given=given,
        next_path=next_path,
        has_authenticator=second_factors.is_enrolled(g.identity),
        has_passkey=site() is not None and bool(passkeys.passkeys_of(g.identity)),
    )
    return private(page, given.status if given else HTTPStatus.OK)


@bp.route("/second-factor/enrol", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def enrol() -> ResponseReturnValue:
    """Add an authenticator app to this account; its first code proves that it works."""
    next_path = wanted_path(request.args.get("next"))
    unproven = passkeys.is_guarded(g.identity) and not second_factor_is_enough()
    if unproven or second_factors.is_enrolled(g.identity):
        return redirect(url_for(".second_factor", next=next_path or None))
    form = EnrolmentForm(next=next_path)
    if form.validate_on_submit():
        count_try(g.identity.email)
        with form.showing(Refusal), transaction():
            if second_factors.enrol(
                current_user, form.sealed.data or "", form.code.data or "", keys=keys()
            ):
                return redirect(wanted_path(form.next.data) or url_for("front.home"))
            form.code.errors = [WRONG_CODE]
    try:
        secret = second_factors.secret_of(form.sealed.data or "", g.identity, keys())
    except EnrolmentRanOut:
        form.sealed.data = second_factors.new_enrolment(g.identity, keys())
        secret = second_factors.secret_of(form.sealed.data, g.identity, keys())
    address = second_factors.address_for_apps(secret, g.identity)
    page = render_template(
        "consortium/auth/enrol.html",
        form=form,
        next_path=wanted_path(form.next.data),
        possible=site() is not None and not passkeys.passkeys_of(g.identity),
        secret=grouped(secret),
        picture=segno.make(address, micro=False).svg_data_uri(scale=5, dark="#000", light="#fff"),
    )
    return private(page, form.status)
