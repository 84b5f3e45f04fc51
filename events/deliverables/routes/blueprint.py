"""What every page of deliverables starts from."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, g

from consortium.access import Permission
from consortium.ports import FileStorage
from consortium.settings import Settings
from events.deliverables import service as deliverables
from events.deliverables.domain import FILE_GROUPS, STANDINGS, Standing
from events.deliverables.models import Deliverable
from events.deliverables.service import Reader
from events.institutes.models import Institute
from events.materials.domain import size_in_words
from events.registration.models import Team

bp = Blueprint("deliverables", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "standings": STANDINGS,
        "size_in_words": size_in_words,
        "file_groups": {group: words for group, (words, _) in FILE_GROUPS.items()},
    }


@bp.app_template_global()
def asked_of_the_team(team: Team) -> Sequence[tuple[Deliverable, Standing]]:
    """Give the team's page, which is below, what the host asks the team to hand in."""
    return deliverables.asked_of_team(team) if team.comes_as_team else []


@bp.app_template_global()
def institutes_asking(institute_ids: Iterable[UUID]) -> Collection[UUID]:
    """Tell the list of someone's seats at which institutes teams hand something in."""
    return deliverables.institutes_asking(frozenset(institute_ids))


@bp.app_template_global()
def has_gallery(institute: Institute) -> bool:
    """Tell pages below whether teams may show each other what they handed in."""
    return deliverables.has_gallery(institute.id)


def reader() -> Reader:
    """Return who opens a team's page."""
    return Reader(
        email=g.identity.email,
        person_id=g.person.id if g.person else None,
        reads_all=Permission.VIEW_BOARD in g.permissions,
    )


def storage() -> FileStorage:
    """Return where files lie."""
    kept: FileStorage = current_app.extensions["ports"].storage
    return kept


def settings() -> Settings:
    """Return what the installation sets."""
    found: Settings = current_app.extensions["settings"]
    return found
