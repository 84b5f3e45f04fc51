"""The gallery: what teams let each other see."""

from uuid import UUID

from flask import g, render_template
from flask.typing import ResponseReturnValue

from consortium.access import Permission, requires
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.exports import file_answer
from consortium.words import say
from events.deliverables import service as deliverables
from events.deliverables.routes.blueprint import bp, storage
from events.institutes import service as institutes
from events.institutes.models import Institute

ADDRESS = "/institutes/<slug>/gallery"


@bp.get(ADDRESS)
@requires(Permission.SIGNED_IN)
def gallery(slug: str) -> ResponseReturnValue:
    """Show what teams show each other, to people who have a place, and to staff."""
    institute = _entered(slug)
    return render_template(
        "events/deliverables/gallery.html",
        institute=institute,
        walls=deliverables.gallery_at(institute),
    )


@bp.get(f"{ADDRESS}/<uuid:deliverable_id>/<uuid:team_id>")
@requires(Permission.SIGNED_IN)
def hanging(slug: str, deliverable_id: UUID, team_id: UUID) -> ResponseReturnValue:
    """Give one paper of the gallery."""
    file = deliverables.get_hanging_file(_entered(slug), deliverable_id, team_id)
    return file_answer(file, files.content_of(storage(), file))


def _entered(slug: str) -> Institute:
    staff = Permission.VIEW_BOARD in g.permissions
    institute = institutes.get_by_slug(slug, drafts=staff)
    person_id = g.person.id if g.person else None
    if not staff and not deliverables.may_enter(institute, person_id):
        raise NotFound(say("You have no place at this institute, so you see no gallery."))
    return institute
