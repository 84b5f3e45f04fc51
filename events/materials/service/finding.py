"""Reading materials: only what the person who asks may have."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import selectinload

from consortium.database import db
from consortium.errors import NotFound
from consortium.files.models import StoredFile
from consortium.words import say
from events.institutes.models import Institute
from events.materials.domain import KINDS, Audience, MaterialKind, host_of_link, size_in_words
from events.materials.models import Material, MaterialVersion
from events.materials.service.viewers import Viewer, may_have, may_keep
from events.schedule.domain import PlannedSession
from events.schedule.domain.sessions import in_order
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Line:
    """One material as a page lists it."""

    id: UUID
    title: str
    kind: MaterialKind
    description: str
    link: str
    filename: str
    size: int
    versions: int
    session_id: UUID | None
    on: date | None
    audience: Audience
    after_session: bool
    available_from: datetime | None
    available_until: datetime | None
    downloads: int
    put_by: str
    put_at: datetime

    @property
    def facts(self) -> str:
        """What it is, before one opens it: kind, and size or where the link leads."""
        kind = KINDS[self.kind]
        if self.link:
            return say("%(kind)s, link to %(host)s", kind=kind, host=host_of_link(self.link) or "")
        ending = self.filename.rpartition(".")[2].upper()
        return say(
            "%(kind)s, %(ending)s, %(size)s",
            kind=kind,
            ending=ending,
            size=size_in_words(self.size),
        )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The materials of one session or one day."""

    session: PlannedSession | None
    on: date | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All materials that someone may have: the institute's, then by day, then by session."""

    general: tuple[Line, ...]
    days: tuple[Sheet, ...]
    sessions: tuple[Sheet, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every material."""
        parts = (*self.days, *self.sessions)
        return (*self.general, *(line for part in parts for line in part.lines))


def shelf_of(institute: Institute, viewer: Viewer, *, to_keep: bool = False) -> Shelf:
    """Return what the person may have, in order; ``to_keep``: what the person may change."""
    lines = _lines(institute, may_keep(viewer) if to_keep else may_have(viewer))
    wanted = {line.session_id for line in lines if line.session_id}
    sessions = db.session.scalars(select(Session).where(Session.id.in_(wanted)))
    planned = sorted((session.planned for session in sessions), key=in_order)
    days = sorted({line.on for line in lines if line.on})
    return Shelf(
        general=tuple(line for line in lines if line.session_id is None and line.on is None),
        days=tuple(
            Sheet(session=None, on=on, lines=tuple(one for one in lines if one.on == on))
            for on in days
        ),
        sessions=tuple(
            Sheet(
                session=session,
                on=None,
                lines=tuple(one for one in lines if one.session_id == session.id),
            )
            for session in planned
        ),
    )


def by_session(institute: Institute, viewer: Viewer) -> Mapping[UUID, Sequence[Line]]:
    """Return what the person may have, by session, for programme and agenda; by one query."""
    of_sessions = and_(may_have(viewer), Material.session_id.is_not(None))
    found: dict[UUID, list[Line]] = {}
    for line in _lines(institute, of_sessions):
        if line.session_id is not None:
            found.setdefault(line.session_id, []).append(line)
    return found


def find_file(institute: Institute, material_id: UUID, viewer: Viewer) -> StoredFile:
    """Return the file that people get. Raises ``NotFound``, also for who may not have it."""
    statement = _files(institute, material_id).where(
        may_have(viewer), MaterialVersion.number == Material.shown_number
    )
    return _found(db.session.scalar(statement))


def find_old_file(
    institute: Institute, material_id: UUID, number: int, viewer: Viewer
) -> StoredFile:
    """Return one version for who may change it, so that a mistake can be undone."""
    statement = _files(institute, material_id).where(
        may_keep(viewer), MaterialVersion.number == number
    )
    return _found(db.session.scalar(statement))


def get_changeable(institute: Institute, material_id: UUID, viewer: Viewer) -> Material:
    """Return a material with its versions, for who may change it. Raises ``NotFound``."""
    statement = (
        select(Material)
        .where(Material.id == material_id, Material.institute_id == institute.id, may_keep(viewer))
        .options(selectinload(Material.versions).joinedload(MaterialVersion.file))
    )
    material = db.session.scalar(statement)
    if material is None:
        raise NotFound(say("There is no such material."))
    return material


def with_files(institute: Institute, ids: Collection[UUID]) -> Mapping[UUID, StoredFile]:
    """Return the files that people get of these materials; links have none."""
    statement = (
        select(Material.id, StoredFile)
        .join(MaterialVersion, MaterialVersion.material_id == Material.id)
        .join(StoredFile, StoredFile.id == MaterialVersion.file_id)
        .where(
            Material.institute_id == institute.id,
            Material.id.in_(ids),
            MaterialVersion.number == Material.shown_number,
        )
    )
    return {row.id: row.StoredFile for row in db.session.execute(statement)}


def _lines(institute: Institute, condition: ColumnElement[bool]) -> list[Line]:
    statement = (
        select(
            Material.id,
            Material.title,
            Material.kind,
            Material.description,
            Material.link,
            func.coalesce(StoredFile.filename, "").label("filename"),
            func.coalesce(StoredFile.size, 0).label("size"),
            Material.shown_number.label("versions"),
            Material.session_id,
            Material.on,
            Material.audience,
            Material.after_session,
            Material.available_from,
            Material.available_until,
            Material.downloads,
            Material.put_by,
            Material.put_at,
        )
        .outerjoin(
            MaterialVersion,
            and_(
                MaterialVersion.material_id == Material.id,
                MaterialVersion.number == Material.shown_number,
            ),
        )
        .outerjoin(StoredFile, StoredFile.id == MaterialVersion.file_id)
        .where(Material.institute_id == institute.id, condition)
        .order_by(Material.position, Material.id)
    )
    return [Line(**row) for row in db.session.execute(statement).mappings()]


def _files(institute: Institute, material_id: UUID) -> Select[StoredFile]:
    return (
        select(StoredFile)
        .join(MaterialVersion, MaterialVersion.file_id == StoredFile.id)
        .join(Material, Material.id == MaterialVersion.material_id)
        .where(Material.institute_id == institute.id, Material.id == material_id)
    )


def _found(file: StoredFile | None) -> StoredFile:
    if file is None:
        raise NotFound(say("There is no such material."))
    return file
