"""Sign in and out."""

from flask import Blueprint, Flask, g, redirect, request, url_for
from flask_login import LoginManager
from werkzeug.wrappers import Response

from consortium.access import public
from consortium.auth import service as auth

bp = Blueprint("auth", __name__)


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None

    manager.user_loader(auth.find_session)

    app.extensions["ask_to_sign_in"] = lambda: redirect(
        url_for("auth.sign_in", next=request.full_path)
    )
    app.extensions["ask_for_second_factor"] = lambda: redirect(
        url_for("auth.sign_in", next=request.full_path)
    )


def second_factor_is_enough() -> bool:
    return True


@bp.get("/sign-in")
@public
def sign_in() -> str:
    return "sign in"
