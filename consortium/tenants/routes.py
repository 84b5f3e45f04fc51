"""A consortium's own settings, staff and roles, and its colours."""

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from consortium.access import Permission, public, requires
from consortium.tenants.domain import colours

bp = Blueprint("tenants", __name__)

FOR_A_YEAR = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, max-age=300"


@bp.get("/brand.css")
@public
def brand_stylesheet() -> ResponseReturnValue:
    """Give the consortium's colour in every shade that pages need.

    The address carries the colour as ``?v=``, so the answer may be kept as long as that is so.
    """
    brand: str = g.tenant.brand_colour
    text = render_template("consortium/tenants/brand.css", palette=colours.palette(brand))
    answer = Response(text, mimetype="text/css")
    kept = request.args.get("v") == brand.removeprefix("#")
    answer.headers["Cache-Control"] = FOR_A_YEAR if kept else ASK_AGAIN
    return answer


@bp.get("/settings")
@requires(Permission.EDIT_CONSORTIUM)
def settings() -> ResponseReturnValue:
    """Show what can be set."""
    return render_template("consortium/tenants/settings.html")
