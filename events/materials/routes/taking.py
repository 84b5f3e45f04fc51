"""What people may have: the list, a file, everything at once."""

from collections.abc import Iterable
from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from consortium.access import public
from consortium.database import end_reading, if_possible
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.exports import bundle_answer, file_answer
from consortium.words import say
from events.materials import service as materials
from events.materials.routes.blueprint import announced, bp, storage, viewer
from events.materials.service import Line


@bp.get("/institutes/<slug>/materials")
@public
def shelf(slug: str) -> ResponseReturnValue:
    """List everything that the reader may have now: of the institute, by day, by session."""
    institute = announced(slug)
    who = viewer(institute)
    return render_template(
        "events/materials/shelf.html",
        institute=institute,
        shelf=materials.shelf_of(institute, who),
        keeps=who.edits or bool(who.presents),
        signed_in=g.identity is not None,
    )


@bp.get("/institutes/<slug>/materials.zip")
@public
def bundle(slug: str) -> ResponseReturnValue:
    """Give all files that the reader may have as one, with a list of the links."""
    institute = announced(slug)
    who = viewer(institute)
    parcel = materials.parcel_of(institute, materials.shelf_of(institute, who))
    if not parcel.files and not parcel.links:
        raise NotFound(say("There is nothing to download yet."))
    notes = [("Links.txt", _links_in_words(parcel.links))] if parcel.links else []
    answer = bundle_answer(
        storage(), parcel.files, filename=f"{slug}-materials.zip", zone=institute.zone, notes=notes
    )
    if not who.is_staff:
        _count(parcel.ids)
    return answer


@bp.get("/institutes/<slug>/materials/<uuid:material_id>")
@public
def file(slug: str, material_id: UUID) -> ResponseReturnValue:
    """Give one file, to be saved."""
    institute = announced(slug)
    who = viewer(institute)
    found = materials.find_file(institute, material_id, who)
    answer = file_answer(found, files.content_of(storage(), found))
    if not who.is_staff:
        _count(frozenset({material_id}))
    return answer


def _count(material_ids: frozenset[UUID]) -> None:
    if request.method == "GET" and material_ids:
        end_reading()
        with if_possible():
            materials.count_downloads(material_ids)


def _links_in_words(links: Iterable[Line]) -> str:
    return "".join(f"{line.title}\r\n{line.link}\r\n\r\n" for line in links)
