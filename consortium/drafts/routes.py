"""Where a page sends what is being typed, and where a person discards it."""

import re
from http import HTTPStatus

from flask import Blueprint, Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.database import transaction
from consortium.drafts import service
from consortium.words import say

PLAIN_PATH = re.compile(r"(/[A-Za-z0-9_-]+)+/?")

bp = Blueprint("drafts", __name__)


@bp.post("/drafts")
@requires(Permission.SIGNED_IN)
def keep() -> ResponseReturnValue:
    """Keep a half-filled form; a script asks quietly, a button leads back to the page."""
    key = request.form.get("action_key", "")[:64]
    with transaction():
        service.keep(
            g.identity.id,
            request.form.get("draft", ""),
            request.form.items(multi=True),
            action=f"{g.identity.email}:{key}" if key else "",
        )
    if request.form.get("quietly"):
        return Response(status=HTTPStatus.NO_CONTENT)
    flash(say("We have kept what you typed. It is there when you come back to this page."))
    return redirect(_page())


@bp.post("/drafts/discard")
@requires(Permission.SIGNED_IN)
def discard() -> ResponseReturnValue:
    """Forget a half-filled form, and show it as it would be without."""
    with transaction():
        service.forget(g.identity.id, request.form.get("draft", ""))
    return redirect(_page())


def _page() -> str:
    """Return the page of the form; only one of this consortium, by its plain path."""
    page, home = request.form.get("draft_page", ""), f"/{g.tenant.slug}/"
    return page if PLAIN_PATH.fullmatch(page) and page.startswith(home) else home
