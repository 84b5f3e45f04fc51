"""Sign in and out, and what other pages ask of it."""

from flask import Flask, redirect, url_for
from flask_login import LoginManager
from werkzeug.wrappers import Response

from consortium.auth import service as auth
from consortium.auth.routes import account, passkeys, signing_in  # noqa: F401  (they add views)
from consortium.auth.routes.browser import bp, present_path
from consortium.auth.routes.limits import limit_tries
from consortium.auth.routes.second_factor import second_factor_is_enough

__all__ = ["bp", "init_app", "second_factor_is_enough"]


def init_app(app: Flask) -> None:
    """Let every request know who is signed in, and send people here who should be."""
    manager = LoginManager(app)
    manager.session_protection = None  # sessions are rows of ours; an address may change
    manager.user_loader(auth.find_session)
    limit_tries(app, bp)
    # The page of a mail's link tells its address to nobody, so its form brings no referrer. The
    # token in the form and the cookie that other sites' forms do not bring protect it.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.extensions["ask_to_sign_in"] = _ask_to_sign_in
    app.extensions["ask_for_second_factor"] = _ask_for_second_factor


def _ask_to_sign_in() -> Response:
    return redirect(url_for("auth.sign_in", next=present_path() or None))


def _ask_for_second_factor() -> Response:
    return redirect(url_for("auth.second_factor", next=present_path() or None))
