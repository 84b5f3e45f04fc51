"""The consortium's front page, an institute's public page, and the coordinator's list."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from events.institutes import service as institutes

bp = Blueprint("institutes", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Show what the consortium is and what it holds."""
    front = institutes.front_page()
    return render_template("events/institutes/home.html", front=front)


@bp.get("/institutes/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show one institute; those who may edit see a draft as it will look."""
    may_edit = Permission.EDIT_INSTITUTES in g.permissions
    institute = institutes.get_by_slug(slug, drafts=may_edit)
    return render_template("events/institutes/show.html", institute=institute)


@bp.get("/manage")
@requires(Permission.EDIT_INSTITUTES)
def manage() -> ResponseReturnValue:
    """List every institute for those who look after them."""
    return render_template(
        "events/institutes/manage.html", every_institute=institutes.every_institute()
    )
