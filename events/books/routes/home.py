"""Where finance begins."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from events.books.routes.blueprint import bp
from events.books.service.overview import overview


@bp.get("/money")
@requires(Permission.SEE_MONEY)
def home() -> ResponseReturnValue:
    """Show where the money is, and what waits."""
    return render_template("events/books/home.html", overview=overview())
