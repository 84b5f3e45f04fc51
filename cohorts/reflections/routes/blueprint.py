"""What every page of reflections and lessons starts from."""

from typing import Any
from uuid import UUID

from flask import Blueprint, g

from cohorts.learning.domain.partners import TABLE_SIDE_WORDS
from cohorts.reflections.domain import PLACES, SIZES, TOPICS, VISIBILITIES, like
from consortium.access import Permission

bp = Blueprint("reflections", __name__)
MEETING = "/cohorts/teams/<uuid:team_id>/reflections/<code>"
COHORT = "/cohorts/<slug>/reflections"
LESSON = "/lessons/<uuid:lesson_id>"


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "visibilities": VISIBILITIES,
        "topics": TOPICS,
        "sizes": SIZES,
        "places": PLACES,
        "like": like,
        "table_side_words": TABLE_SIDE_WORDS,
    }


def own_id() -> UUID | None:
    """Return who reads the page, as this consortium knows them."""
    return g.person.id if g.person else None


def hosts() -> bool:
    """Tell whether the reader works for the consortium and may see its teams."""
    return Permission.VIEW_BOARD in g.permissions


def actor() -> str:
    """Return who acts, as the record knows people."""
    email: str = g.identity.email
    return email
