"""What every page of a year of learning starts from."""

from typing import Any
from uuid import UUID

from flask import Blueprint, g

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import TABLE_SIDE_WORDS
from cohorts.learning.routes.words import HOUSE_WORDS
from cohorts.learning.service import Standing
from consortium.access import Permission

bp = Blueprint("learning", __name__)
PARTNERSHIP = "/partnerships/<uuid:partnership_id>"
COHORT = "/cohorts/<slug>"
MANAGED = "/manage/institutes/<slug>/year"


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"table_side_words": TABLE_SIDE_WORDS, "house_words": HOUSE_WORDS}


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


def standing_at(partnership_id: UUID) -> Standing:
    """Return as whom the reader comes to a partnership. Raises ``NotFound`` for strangers."""
    return learning.standing_in(partnership_id, own_id(), hosts=hosts())
