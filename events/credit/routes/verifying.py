"""Anyone who holds a certificate can check it: the page is public and shows what the paper does."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from consortium.access import public
from consortium.errors import NotFound
from consortium.words import say
from events.credit.domain.certificates import read_snapshot
from events.credit.domain.sheets import certificate_sheet
from events.credit.routes.blueprint import bp
from events.credit.routes.certificates import standing_of
from events.credit.service import certificates as papers


@bp.get("/verify/<token>")
@public
def verify(token: str) -> ResponseReturnValue:
    """Say whether a certificate holds. Licence numbers and times of day stay on the paper."""
    row = papers.find_by_token(token)
    if row is None:
        raise NotFound(say("There is no certificate at this address. Compare it with the paper."))
    page = render_template(
        "events/credit/verify.html",
        row=row,
        said=read_snapshot(row.said),
        sheet=certificate_sheet(read_snapshot(row.said), row.number, verify_at=""),
        standing=standing_of(row),
    )
    answer = make_response(page)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "no-store"
    return answer
