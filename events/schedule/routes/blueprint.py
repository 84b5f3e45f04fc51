"""The pages of programmes."""

from flask import Blueprint, g
from flask_babel import gettext

from consortium.access import Permission
from consortium.errors import NotFound
from events.institutes import service as institutes
from events.institutes.domain import Status
from events.institutes.models import Institute

bp = Blueprint("schedule", __name__)


def announced(slug: str) -> Institute:
    """Return an institute the public may see; a cancelled one too, so that calendars learn it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    if institute.status is Status.DRAFT and Permission.EDIT_INSTITUTES not in g.permissions:
        raise NotFound(gettext("There is no institute at this address."))
    return institute
