"""Where the pages of check-in are mounted, and what each of them starts from."""

from typing import Any

from flask import Blueprint, Response, g

from consortium.forms import ActForm
from events.checkin import service as checkin
from events.institutes import service as institutes
from events.institutes.models import Institute

ADDRESS = "/institutes/<slug>"
WITH_CAMERA = "camera=(self), geolocation=(), microphone=()"

bp = Blueprint("checkin", __name__)


@bp.app_context_processor
def _words() -> dict[str, Any]:
    """Let the pages of people's agendas lead to their badges."""
    return {"own_badge_at": lambda institute: checkin.own_badge(institute, g.person)}


def institute_at(slug: str) -> Institute:
    """Return the institute of the address, published or cancelled. Raises ``NotFound``."""
    return institutes.get_by_slug(slug)


def actor() -> str:
    """Return who acts, as the record knows people."""
    email: str = g.identity.email
    return email


def once(form: ActForm) -> None:
    """Let the form be one act of whoever is signed in."""
    form.once(by=actor())


def with_camera(response: Response) -> Response:
    """Let the page, and no frame in it, use the tablet's camera to read badges."""
    response.headers["Permissions-Policy"] = WITH_CAMERA
    return response
