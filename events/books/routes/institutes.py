"""Institutes as finance sees them: what was billed for each, and what they share of its cost."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from events.books.domain.figures import Figures
from events.books.routes.blueprint import bp
from events.books.service.figures import of_institutes
from events.institutes import service as institute_service
from events.ledger import service as ledger


@bp.get("/money/institutes")
@requires(Permission.SEE_MONEY)
def institutes() -> ResponseReturnValue:
    """List the institutes with their figures; their shared costs are a step away."""
    found = of_institutes(ledger.today())
    return render_template(
        "events/books/institutes.html",
        every_institute=institute_service.every_institute(),
        figures=found,
        none_yet=Figures(),
        total=sum(found.values(), Figures()),
    )
