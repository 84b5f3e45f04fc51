"""What every page of registration starts from."""

from typing import Any

from flask import Blueprint, g

from consortium.access import Permission
from consortium.people.domain import SIDE_WORDS, NotAnAddress
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, admitted_in_words, place_name
from events.registration.service import Editor

bp = Blueprint("registration", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "side_words": SIDE_WORDS,
        "admitted_in_words": admitted_in_words,
        "place_name": place_name,
        "role_labels": registration.role_labels,
        "has_extras": registration.has_extras,
        "choices_for": registration.choices_for,
    }


REFUSALS = (RegistrationRefused, NotAnAddress)
"""What a page shows beside its form; anything else is a page of its own (404, 409)."""


def editor() -> Editor:
    """Return who asks, as the services know editors of teams."""
    return Editor(
        email=g.identity.email,
        person_id=g.person.id if g.person else None,
        coordinates=Permission.MANAGE_TEAMS in g.permissions,
    )
