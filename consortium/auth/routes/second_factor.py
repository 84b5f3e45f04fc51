"""The second proof that people who work for a consortium give: a code of their authenticator."""

import segno
from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consortium.access import Permission, requires
from consortium.auth.domain import grouped
from consortium.auth.forms import EnrolmentForm, OneTimePasswordForm
from consortium.auth.routes.browser import bp, keys, private, wanted_path
from consortium.auth.routes.limits import count_try
from consortium.auth.service import second_factors
from consortium.auth.service.second_factors import EnrolmentRanOut
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.words import say

WRONG_CODE = say(
    "This code does not work. Wait for the app to show the next one; each counts once. If it still "
    "does not work, set your phone's clock to automatic."
)


@bp.route("/second-factor", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def second_factor() -> ResponseReturnValue:
    """Take a code of the authenticator app, once in each session."""
    next_path = wanted_path(request.args.get("next"))
    if not second_factors.is_enrolled(g.identity):
        return redirect(url_for(".enrol", next=next_path or None))
    form = OneTimePasswordForm(next=next_path)
    if form.validate_on_submit():
        count_try(g.identity.email)
        with transaction():
            proved = second_factors.prove(current_user, form.code.data or "", keys=keys())
        if proved:
            return redirect(wanted_path(form.next.data) or url_for("front.home"))
        form.code.errors = [WRONG_CODE]
    return private(render_template("consortium/auth/second_factor.html", form=form), form.status)


@bp.route("/second-factor/enrol", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def enrol() -> ResponseReturnValue:
    """Add an authenticator app to this account; its first code proves that it works."""
    if second_factors.is_enrolled(g.identity):
        return redirect(url_for(".second_factor"))
    form = EnrolmentForm(next=wanted_path(request.args.get("next")))
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
        secret=grouped(secret),
        picture=segno.make(address, micro=False).svg_data_uri(scale=5, dark="#000", light="#fff"),
    )
    return private(page, form.status)
