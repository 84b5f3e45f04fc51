"""One's own account: the passkeys that sign in, their names, and the offer to make the first."""

from uuid import UUID

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from consortium.access import Permission, requires
from consortium.auth.forms import NameForm, NewPasskeyForm
from consortium.auth.routes.browser import bp, present_path, private, settings, site, wanted_path
from consortium.auth.routes.passkeys import site_with_passkeys
from consortium.auth.routes.second_factor import second_factor_is_enough
from consortium.auth.service import passkeys, second_factors
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import Form
from consortium.words import say

NOT_MADE = say("The passkey could not be checked. Try again.")


@bp.get("/account")
@requires(Permission.SIGNED_IN)
def account() -> ResponseReturnValue:
    """Show how one signs in, and what to change about it."""
    return _account_page(NewPasskeyForm())


@bp.get("/account/passkeys/offer")
@requires(Permission.SIGNED_IN)
def offer() -> ResponseReturnValue:
    """Offer a first passkey after a first sign-in; saying no is as easy as saying yes."""
    next_path = wanted_path(request.args.get("next"))
    if site() is None or passkeys.passkeys_of(g.identity):
        return redirect(next_path or url_for("front.home"))
    return private(render_template("consortium/auth/offer.html", next_path=next_path))


@bp.post("/account/passkeys/options")
@requires(Permission.SIGNED_IN)
def new_passkey_options() -> ResponseReturnValue:
    """Ask this browser to make a passkey."""
    _ask_for_proof()
    with transaction():
        options = passkeys.ask_to_add(current_user, site_with_passkeys())
    return private(jsonify(options))


@bp.post("/account/passkeys")
@requires(Permission.SIGNED_IN)
def add_passkey() -> ResponseReturnValue:
    """Keep the passkey that the browser made, and go on; from the account, to its name."""
    _ask_for_proof()
    made_for, form = site_with_passkeys(), NewPasskeyForm()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            form.once(by=g.identity.email)
            passkey = passkeys.add(current_user, form.credential.data or "", site=made_for)
            if passkey is not None:
                flash(say("The passkey was added. A mail says so too."))
                target = wanted_path(form.next.data)
                return form.answer(
                    redirect(target or url_for(".name_passkey", passkey_id=passkey.id))
                )
            form.form_errors.append(NOT_MADE)
    return _account_page(form)


@bp.route("/account/passkeys/<uuid:passkey_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def name_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """Call a passkey by a name that its owner knows."""
    passkey = passkeys.get_passkey(g.identity, passkey_id)
    form = NameForm(name=passkey.name)
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            passkeys.rename(g.identity, passkey_id, form.name.data or "")
            return redirect(url_for(".account"))
    page = render_template("consortium/auth/name_passkey.html", form=form)
    return private(page, form.status)


@bp.route("/account/passkeys/<uuid:passkey_id>/remove", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def remove_passkey(passkey_id: UUID) -> ResponseReturnValue:
    """Take a passkey off the account, after one more look."""
    passkey = passkeys.get_passkey(g.identity, passkey_id)
    _ask_for_proof()
    form = Form()
    if form.validate_on_submit():
        with form.showing(Refusal), transaction():
            passkeys.remove(current_user, passkey_id, keep_one=not settings().demonstration)
            flash(say("The passkey was removed. A mail says so too."))
            return redirect(url_for(".account"))
    page = render_template("consortium/auth/remove_passkey.html", form=form, name=passkey.name)
    return private(page, form.status)


def _account_page(form: NewPasskeyForm) -> Response:
    page = render_template(
        "consortium/auth/account.html",
        form=form,
        next_path=wanted_path(form.next.data),
        passkeys=passkeys.passkeys_of(g.identity),
        has_authenticator=second_factors.is_enrolled(g.identity),
        possible=site() is not None,
    )
    return private(page, form.status)


def _ask_for_proof() -> None:
    """Ask staff for their second proof before it can be changed; mail alone is not enough."""
    if passkeys.is_guarded(g.identity) and not second_factor_is_enough():
        back = present_path() or url_for(".account")
        abort(redirect(url_for(".second_factor", next=back)))
