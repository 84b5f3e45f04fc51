"""How much room an institute's documents take."""

from sqlalchemy import func, select

from consortium.database import db, hold
from consortium.files.models import StoredFile
from consortium.words import say
from events.institutes.models import Institute
from events.materials.domain import MaterialRefused, size_in_words
from events.materials.models import Material, MaterialVersion


def room_taken(institute: Institute) -> int:
    """Return the bytes of all documents of the institute, versions that were replaced too."""
    statement = (
        select(func.coalesce(func.sum(StoredFile.size), 0))
        .join(MaterialVersion, MaterialVersion.file_id == StoredFile.id)
        .join(Material, Material.id == MaterialVersion.material_id)
        .where(Material.institute_id == institute.id)
    )
    return int(db.session.scalar(statement) or 0)


def check_room(institute: Institute, size: int, *, most: int) -> None:
    """Raise ``MaterialRefused`` when the institute has no room left for so many bytes.

    Others who add to it wait, so that two cannot both take what is left.
    """
    hold(Institute.id, institute.id)
    taken = room_taken(institute)
    if taken + size > most:
        raise MaterialRefused(
            say(
                "All documents of this institute together may take %(most)s, and %(taken)s are "
                "taken. Remove what nobody needs any more, or hand out a link.",
                most=size_in_words(most),
                taken=size_in_words(taken),
            ),
            field="file",
        )
