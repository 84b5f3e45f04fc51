"""What the pages of this feature know of the browser before them."""

import secrets

from flask import Blueprint, current_app, make_response, redirect, request, session, url_for
from werkzeug.wrappers import Response

from consortium.auth import service as auth
from consortium.auth.domain import safe_next
from consortium.auth.domain.keys import Keys
from consortium.auth.domain.passkeys import Site, site_of
from consortium.auth.service import passkeys
from consortium.auth.service.requests import REQUEST_LASTS, SignedIn
from consortium.database import transaction
from consortium.settings import Settings

BROWSER_BYTES = 32
LONGEST_TOKEN = 64

bp = Blueprint("auth", __name__)


def settings() -> Settings:
    """Return the settings of this installation."""
    found: Settings = current_app.extensions["settings"]
    return found


def keys() -> Keys:
    """Return the keys of this installation."""
    return Keys(settings().secret_key, settings().secret_key_fallbacks)


def site() -> Site | None:
    """Return the site that passkeys belong to; ``None`` where there can be none."""
    return site_of(settings().base_url)


def asking_browser() -> str:
    """Return the token of the browser that asked to sign in; empty when this is none."""
    return request.cookies.get(_cookie_name(), "")[:LONGEST_TOKEN]


def name_browser(answer: Response, token: str) -> Response:
    """Let the browser keep its token for as long as a mail is good."""
    answer.set_cookie(
        _cookie_name(),
        token,
        max_age=REQUEST_LASTS,
        secure=settings().secure,
        httponly=True,
        samesite="Lax",  # the link is followed from another site, a mail program in the browser
    )
    return answer


def new_token() -> str:
    """Return a token nobody can guess."""
    return secrets.token_urlsafe(BROWSER_BYTES)


def session_so_far() -> str:
    """Return the token of whoever is signed in here now; empty when nobody is."""
    return str(session.get(auth.KEPT_AS, ""))


def enter(signed_in: SignedIn) -> Response:
    """Begin anew with the session just begun: nothing from before comes along.

    A browser that said it can make passkeys is led by the page that offers one, once.
    """
    session.clear()
    auth.remember(session, signed_in.token)
    session.permanent = True
    target = signed_in.next_path or url_for("front.home")
    if request.form.get("passkeys") and site() is not None:
        with transaction():
            if passkeys.offer_once(signed_in.token):
                target = url_for("auth.offer", next=signed_in.next_path or None)
    answer = redirect(target)
    answer.delete_cookie(_cookie_name(), secure=settings().secure, httponly=True, samesite="Lax")
    return answer


def wanted_path(text: str | None) -> str:
    """Return where someone wants to go after signing in; never off this site, nor in a circle."""
    path = safe_next(text or "")
    return "" if path.startswith(url_for("auth.sign_in")) else path


def present_path() -> str:
    """Return the address of this request, where a later GET would lead to it."""
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return ""
    return request.full_path.removesuffix("?")


def private(page: str | Response, status: int = 200) -> Response:
    """Return the page so that it is kept nowhere and its address is told to nobody."""
    answer = make_response(page, status) if isinstance(page, str) else page
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _cookie_name() -> str:
    return "__Host-req" if settings().secure else "req"
