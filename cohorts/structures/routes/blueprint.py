"""What every page of a partnership starts from."""

from typing import Any

from flask import Blueprint, g

from cohorts.learning.domain.partners import TABLE_SIDE_WORDS
from cohorts.structures.domain.kinds import CADENCE_WORDS, KINDS
from cohorts.structures.forms.meetings import HOUSES
from cohorts.structures.service import Reader
from consortium.access import Permission
from consortium.people.domain import SIDE_WORDS

bp = Blueprint("structures", __name__)
ADDRESS = "/partnerships/<uuid:partnership_id>"


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "cadences": CADENCE_WORDS,
        "kinds": KINDS,
        "houses": HOUSES,
        "sides": SIDE_WORDS,
        "table_sides": TABLE_SIDE_WORDS,
    }


def reader() -> Reader:
    """Return who opens a partnership's page."""
    return Reader(
        email=g.identity.email,
        person_id=g.person.id if g.person else None,
        reads_all=Permission.VIEW_BOARD in g.permissions,
        manages=Permission.MANAGE_TEAMS in g.permissions,
    )
