"""Ask for the mail, follow its link, type its code, sign out."""

from http import HTTPStatus

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from consortium.access import public
from consortium.auth import service as auth
from consortium.auth.domain import masked
from consortium.auth.forms import AddressForm, CodeForm, PasskeyForm
from consortium.auth.models import SignInRequest
from consortium.auth.routes.browser import (
    asking_browser,
    bp,
    enter,
    keys,
    name_browser,
    new_token,
    private,
    session_so_far,
    site,
    wanted_path,
)
from consortium.auth.routes.limits import count_try
from consortium.auth.service import requests
from consortium.database import transaction
from consortium.errors import Refusal
from consortium.forms import Form
from consortium.words import say

ASKED_FOR, NEXT = "sign_in_address", "sign_in_next"
WRONG_CODE = say(
    "This code does not work. Check it against the newest mail, or ask for a new one: a code lasts "
    "10 minutes and five tries."
)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for the mail that lets someone in; every address gets the same answer."""
    form = AddressForm(next=wanted_path(request.args.get("next")))
    if form.validate_on_submit():
        # A browser keeps its token while it asks again, so that the mail before still works.
        browser = asking_browser() or new_token()
        next_path = wanted_path(form.next.data)
        with form.showing(Refusal), transaction():
            session[ASKED_FOR] = requests.ask_to_sign_in(
                form.email.data or "", browser=browser, next_path=next_path, keys=keys()
            )
            session[NEXT] = next_path
            return name_browser(redirect(url_for(".code")), browser)
    page = render_template(
        "consortium/auth/sign_in.html",
        form=form,
        passkey=PasskeyForm(formdata=None) if site() else None,
        next_path=wanted_path(form.next.data),
    )
    return page, form.status


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Take the mail's code in the browser that asked."""
    email = session.get(ASKED_FOR)
    if email is None:
        return redirect(url_for(".sign_in"))
    form = CodeForm()
    if form.validate_on_submit():
        count_try(email)
        with transaction():
            signed_in = requests.sign_in_by_code(
                form.code.data or "",
                browser=asking_browser(),
                email=email,
                keys=keys(),
                replacing=session_so_far(),
            )
        if signed_in is not None:
            return enter(signed_in)
        form.code.errors = [WRONG_CODE]
    page = render_template(
        "consortium/auth/code.html", form=form, email=email, next_path=session.get(NEXT, "")
    )
    return private(page, form.status)


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def link(token: str) -> ResponseReturnValue:
    """Follow the mail's link. Looking changes nothing; only the button, or the code, signs in."""
    asked = requests.find_request(token)
    if asked is None:
        return _no_longer_valid()
    if requests.asked_by(asked, asking_browser()):
        return _link_where_asked(token, asked)
    return _link_elsewhere(token, asked)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    with transaction():
        auth.end_session(session_so_far())
    session.clear()
    return redirect(url_for("front.home"))


def _link_where_asked(token: str, asked: SignInRequest) -> Response:
    form = Form()
    if form.validate_on_submit():
        with transaction():
            signed_in = requests.sign_in_by_link(
                token, browser=asking_browser(), replacing=session_so_far()
            )
        return private(enter(signed_in)) if signed_in is not None else _no_longer_valid()
    return private(
        render_template("consortium/auth/link.html", form=form, address=masked(asked.email))
    )


def _link_elsewhere(token: str, asked: SignInRequest) -> Response:
    """Ask for the code: this may be a mail scanner, or the phone beside the computer."""
    form, email = CodeForm(), asked.email
    if form.validate_on_submit():
        count_try(email)
        with transaction():
            signed_in = requests.sign_in_by_link_and_code(
                token, form.code.data or "", keys=keys(), replacing=session_so_far()
            )
        if signed_in is not None:
            return private(enter(signed_in))
        if requests.find_request(token) is None:
            return _no_longer_valid()
        form.code.errors = [WRONG_CODE]
    page = render_template("consortium/auth/link_code.html", form=form, address=masked(email))
    return private(page, form.status)


def _no_longer_valid() -> Response:
    status = HTTPStatus.GONE if request.method == "POST" else HTTPStatus.OK
    return private(render_template("consortium/auth/link_spent.html"), status)
