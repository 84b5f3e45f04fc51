"""Materials as tests hand them out."""

from dataclasses import replace
from typing import Any

from flask import current_app

from consortium.database import transaction
from consortium.files import service as files
from consortium.files.domain import Taken, clean_file
from consortium.ports import GatewayDown
from events.institutes.models import Institute
from events.materials.domain import FILE_KINDS, Audience, MaterialKind, MaterialSpec, Subject
from events.materials.models import Material
from events.materials.service import Keeper, Viewer, put_material
from tests.consortium.files.samples import PDF

HOST = Viewer(edits=True, is_staff=True)
ROOM = 10_000_000
KEEPER = Keeper(viewer=HOST, email="host@example.org", room=ROOM)


def spec(title: str = "Slides", **values: Any) -> MaterialSpec:
    """Return a material for people who have a place."""
    session = Subject(session=values.pop("session", ""), on=values.pop("on", None))
    plain = MaterialSpec(title=title, kind=MaterialKind.SLIDES, subject=session)
    return replace(plain, **values)


def put_file(name: str = "slides.pdf", content: bytes = PDF) -> files.PutFile:
    """Hand a file to the storage."""
    taken = Taken(kinds=FILE_KINDS)
    return files.put(current_app.extensions["ports"].storage, clean_file(name, content, taken))


def hand_out(
    institute: Institute, title: str = "Slides", *, file: str = "slides.pdf", **values: Any
) -> Material:
    """Hand out a file, or a link where one is given."""
    put = None if "link" in values else put_file(file, values.pop("content", PDF))
    values.setdefault("audience", Audience.PUBLIC)
    with transaction():
        return put_material(institute, spec(title, **values), put, KEEPER)


class Broken:
    """A storage that nobody reaches."""

    def __getattr__(self, name: str) -> Any:
        return self._fail

    def _fail(self, *_: object, **__: object) -> Any:
        raise GatewayDown("the disk is away, or full")
