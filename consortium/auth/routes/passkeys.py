"""Sign in with a passkey, and give one as the second proof."""

from flask import g, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consortium.access import Permission, public, requires
from consortium.auth.domain.passkeys import Site
from consortium.auth.forms import AddressForm, PasskeyForm
from consortium.auth.routes.browser import (
    asking_browser,
    bp,
    enter,
    name_browser,
    new_token,
    private,
    session_so_far,
    site,
    wanted_path,
)
from consortium.auth.routes.limits import count_try
from consortium.auth.routes.second_factor import second_factor_page
from consortium.auth.service import proofs
from consortium.database import transaction
from consortium.errors import NotFound
from consortium.words import say

NOT_KNOWN = say(
    "This passkey did not sign you in. Try again; if it is no longer on your account, use the mail."
)
NOT_YOURS = say("This passkey did not work. Try again, or use another one of yours.")


def site_with_passkeys() -> Site:
    """Return the site that passkeys belong to. Raises ``NotFound`` where there can be none."""
    found = site()
    if found is None:
        raise NotFound(say("Passkeys need an address with a name, and this server has none."))
    return found


@bp.post("/sign-in/passkey/options")
@public
def passkey_options() -> ResponseReturnValue:
    """Ask this browser for one of its passkeys; every browser gets the same question."""
    browser = asking_browser() or new_token()
    with transaction():
        options = proofs.ask_to_sign_in(site_with_passkeys(), browser=browser)
    return name_browser(private(jsonify(options)), browser)


@bp.post("/sign-in/passkey")
@public
def sign_in_by_passkey() -> ResponseReturnValue:
    """Sign in whoever the passkey belongs to."""
    asked_of, form = site_with_passkeys(), PasskeyForm()
    next_path = wanted_path(form.next.data)
    if form.validate_on_submit():
        answer = form.credential.data or ""
        owner = proofs.find_owner(answer)
        if owner is not None:
            count_try(f"passkey {owner.email}")
        with transaction():
            signed_in = proofs.sign_in_by_passkey(
                answer,
                site=asked_of,
                browser=asking_browser(),
                replacing=session_so_far(),
                next_path=next_path,
            )
        if signed_in is not None:
            return enter(signed_in)
        form.form_errors.append(NOT_KNOWN)
    page = render_template(
        "consortium/auth/sign_in.html",
        form=AddressForm(formdata=None, next=next_path),
        passkey=form,
        next_path=next_path,
    )
    return private(page, form.status)


@bp.post("/second-factor/passkey/options")
@requires(Permission.SIGNED_IN)
def second_factor_options() -> ResponseReturnValue:
    """Ask for one of the passkeys of whoever is signed in."""
    with transaction():
        options = proofs.ask_to_prove(current_user, site_with_passkeys())
    return private(jsonify(options))


@bp.post("/second-factor/passkey")
@requires(Permission.SIGNED_IN)
def second_factor_by_passkey() -> ResponseReturnValue:
    """Take a passkey as the second proof, once in each session."""
    asked_of, form = site_with_passkeys(), PasskeyForm()
    next_path = wanted_path(form.next.data)
    if form.validate_on_submit():
        count_try(f"passkey {g.identity.email}")
        with transaction():
            proved = proofs.prove_by_passkey(
                current_user, form.credential.data or "", site=asked_of
            )
        if proved:
            return redirect(next_path or url_for("front.home"))
        form.form_errors.append(NOT_YOURS)
    return second_factor_page(next_path, passkey=form)
