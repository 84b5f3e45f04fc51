"""Demonstration mode only: sign in as anyone in the story, and read the mail that was sent."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consortium.access import public

bp = Blueprint("demonstration", __name__, url_prefix="/demo")


@bp.get("")
@public
def people() -> ResponseReturnValue:
    """Offer the people of the story, one click each."""
    return render_template("consortium/demonstration/people.html")


@bp.get("/mail")
@public
def mail() -> ResponseReturnValue:
    """List the mail that would have been sent."""
    return render_template("consortium/demonstration/mail.html")
