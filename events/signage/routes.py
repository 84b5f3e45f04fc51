"""Pages for screens: one at each door, and one for the whole building."""

from datetime import UTC, datetime

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from consortium import clock
from consortium.access import Permission, public
from consortium.errors import NotFound
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.signage import service as signage

bp = Blueprint("signage", __name__)
EVERY = 60
"""Seconds after which a screen asks again where scripts do not run."""


@bp.get("/institutes/<slug>/signs")
@public
def signs(slug: str) -> ResponseReturnValue:
    """List the screens there are."""
    institute = _announced(slug)
    return render_template(
        "events/signage/signs.html", institute=institute, doors=signage.doors_of(institute)
    )


@bp.get("/institutes/<slug>/signs/building")
@public
def building(slug: str) -> ResponseReturnValue:
    """Show what is on now and next in every room."""
    institute = _announced(slug)
    at, preview = _moment(institute)
    return render_template(
        "events/signage/building.html",
        institute=institute,
        board=signage.board_at(institute, at=at),
        at=at,
        preview=preview,
        every=EVERY,
    )


@bp.get("/institutes/<slug>/rooms/<room>/sign")
@public
def sign(slug: str, room: str) -> ResponseReturnValue:
    """Show what is on in one room now, next and later today."""
    institute = _announced(slug)
    at, preview = _moment(institute)
    door, said = signage.sign_at(institute, room, at=at)
    return render_template(
        "events/signage/sign.html",
        institute=institute,
        door=door,
        sign=said,
        at=at,
        preview=preview,
        every=EVERY,
    )


def _announced(slug: str) -> Institute:
    institute = institutes.get_by_slug(slug, drafts=True)
    if institute.status is Status.DRAFT and Permission.EDIT_INSTITUTES not in g.permissions:
        raise NotFound(say("There is no institute at this address."))
    return institute


def _moment(institute: Institute) -> tuple[datetime, bool]:
    """Return the moment that is shown: now, or for staff the wall time ``?at=2026-06-20T10:05``."""
    wanted = request.args.get("at", "")
    if wanted and Permission.VIEW_BOARD in g.permissions:
        try:
            wall = datetime.fromisoformat(wanted)
        except ValueError:
            return clock.now(), False
        if wall.tzinfo is None and wall.year in range(1900, 2200):
            return wall.replace(tzinfo=institute.zone).astimezone(UTC), True
    return clock.now(), False
