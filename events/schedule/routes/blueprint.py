"""The pages of programmes, and what they say of changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, g
from flask_babel import gettext

from consortium.access import Permission
from consortium.errors import NotFound
from events.institutes import service as institutes
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule.domain import EVERYONE, kind_in_words

bp = Blueprint("schedule", __name__)


def announced(slug: str) -> Institute:
    """Return an institute the public may see; a cancelled one too, so that calendars learn it."""
    institute = institutes.get_by_slug(slug, drafts=True)
    if institute.status is Status.DRAFT and Permission.EDIT_INSTITUTES not in g.permissions:
        raise NotFound(gettext("There is no institute at this address."))
    return institute


def words_for_changes(institute: Institute) -> Mapping[str, Any]:
    """Return what pages need to say a change in words rather than in codes."""
    labels = {role.code: role.label for role in institute.roles} | {EVERYONE: gettext("everyone")}

    def roles_in_words(codes: str) -> str:
        return ", ".join(labels.get(code, code) for code in codes.split(", "))

    return {
        "moment_of": datetime.fromisoformat,
        "kind_in_words": kind_in_words,
        "roles_in_words": roles_in_words,
    }
