"""The templates that teams fill in: materials of the institute."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.files.models import StoredFile
from consortium.words import say
from events.deliverables.models import Deliverable
from events.materials.models import Material, MaterialVersion


def templates_at(institute_id: UUID) -> Sequence[tuple[UUID, str]]:
    """Return the materials of which one can be a template: id and title, in their order."""
    statement = (
        select(Material.id, Material.title)
        .where(Material.institute_id == institute_id)
        .order_by(Material.position, Material.id)
    )
    return [(row.id, row.title) for row in db.session.execute(statement)]


def template_of(deliverable: Deliverable) -> Material | None:
    """Return the material that teams fill in, if there is one."""
    if deliverable.template_id is None:
        return None
    return db.session.scalar(select(Material).where(Material.id == deliverable.template_id))


def get_template_file(deliverable: Deliverable) -> StoredFile:
    """Return the template's file, for everyone who is asked. Raises ``NotFound``."""
    file = db.session.scalar(
        select(StoredFile)
        .join(MaterialVersion, MaterialVersion.file_id == StoredFile.id)
        .join(Material, Material.id == MaterialVersion.material_id)
        .where(
            Material.id == deliverable.template_id, MaterialVersion.number == Material.shown_number
        )
    )
    if file is None:
        raise NotFound(say("There is no template."))
    return file
