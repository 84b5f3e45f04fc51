"""What every page of materials starts from."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, g

from consortium.access import Permission
from consortium.errors import NotFound
from consortium.ports import FileStorage
from consortium.words import say
from events.institutes import service as institutes
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.materials import service as materials
from events.materials.domain import AUDIENCES, size_in_words
from events.materials.service import Line, Viewer

bp = Blueprint("materials", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"material_audiences": AUDIENCES, "size_in_words": size_in_words}


@bp.app_template_global()
def materials_by_session(
    institute: Institute, on_agenda: Collection[UUID] | None = None
) -> Mapping[UUID, Sequence[Line]]:
    """Give programme and agenda, which are below materials, what the reader may have."""
    return materials.by_session(institute, viewer(institute, on_agenda))


def viewer(institute: Institute, on_agenda: Collection[UUID] | None = None) -> Viewer:
    """Return who asks, as far as it matters for materials."""
    return materials.viewer_at(
        institute,
        g.person,
        edits=Permission.EDIT_INSTITUTES in g.permissions,
        is_staff=Permission.VIEW_BOARD in g.permissions,
        email=g.identity.email if g.identity else "",
        on_agenda=on_agenda,
    )


def announced(slug: str) -> Institute:
    """Return an institute that the reader may know of. Raises ``NotFound``."""
    institute = institutes.get_by_slug(slug, drafts=True)
    if institute.status is Status.DRAFT and Permission.EDIT_INSTITUTES not in g.permissions:
        raise NotFound(say("There is no institute at this address."))
    return institute


def storage() -> FileStorage:
    """Return where files lie."""
    kept: FileStorage = current_app.extensions["ports"].storage
    return kept
