"""Adding, changing, ordering and removing materials."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from blinker import Signal
from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import Conflict, NotFound
from consortium.files import service as files
from consortium.files.models import StoredFile
from consortium.files.service import PutFile
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.holding import refuse_while_held
from events.materials.domain import AUDIENCES, KINDS, MaterialRefused, MaterialSpec
from events.materials.models import Material, MaterialVersion
from events.materials.service.finding import get_changeable
from events.materials.service.sizes import check_room
from events.materials.service.viewers import Viewer, may_keep
from events.schedule import service as schedule
from events.schedule.domain import instant_of

removing = Signal("a material is about to be removed")
"""Sent with its id; who needs it refuses."""


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """Who adds or changes a material, and within which room."""

    viewer: Viewer
    email: str
    room: int
    """Bytes that all documents of the institute may take together."""


def put_material(
    institute: Institute, spec: MaterialSpec, file: PutFile | None, keeper: Keeper
) -> Material:
    """Hand something out. Flushes.

    Raises ``NotFound`` where the person may not add, ``MaterialRefused`` or ``SessionRefused``
    (of a time that clocks skip) for what cannot be.
    """
    spec.check(with_file=file is not None)
    stored = _kept(institute, file, keeper)
    material = Material(
        institute_id=institute.id,
        position=_next_position(institute),
        put_by=keeper.email,
        put_at=clock.now(),
        shown_number=0,
    )
    _write(institute, material, spec, keeper)
    if stored is not None:
        _show(material, stored, keeper)
    db.session.add(material)
    db.session.flush()
    audit.record(
        "put_material",
        f"material:{material.id}",
        by=keeper.email,
        after={"institute": institute.slug, **_facts(material)},
    )
    return material


def change_material(  # noqa: PLR0913
    institute: Institute,
    material_id: UUID,
    spec: MaterialSpec,
    file: PutFile | None,
    keeper: Keeper,
    *,
    version: int,
) -> Material:
    """Change what is handed out; a new file is a new version, and the old one stays for staff.

    A link written instead of a file takes its place; the file's versions stay too. Raises as
    ``put_material`` does, and ``Conflict`` when someone changed it since ``version``.
    """
    hold(Material.id, material_id)
    material = get_changeable(institute, material_id, keeper.viewer)
    db.session.refresh(material)
    if material.version != version:
        raise Conflict(
            say("Someone changed this material while you were at it."),
            versions=_differences(material, spec),
        )
    has_file = bool(material.shown_number) and not spec.link
    spec.check(with_file=file is not None or has_file)
    before = _facts(material)
    stored = _kept(institute, file, keeper)
    with db.session.no_autoflush:
        _write(institute, material, spec, keeper)
        if spec.link:
            material.shown_number = 0
        if stored is not None:
            _show(material, stored, keeper)
    material.version += 1
    db.session.flush()
    audit.record(
        "change_material",
        f"material:{material.id}",
        by=keeper.email,
        before=before,
        after=_facts(material),
    )
    return material


def move_material(
    institute: Institute, material_id: UUID, viewer: Viewer, *, earlier: bool, by: str
) -> None:
    """List a material one place earlier or later among those of the same session or day.

    Raises ``NotFound``.
    """
    material = get_changeable(institute, material_id, viewer)
    beside = db.session.scalars(
        select(Material)
        .where(
            Material.institute_id == institute.id,
            Material.session_id == material.session_id
            if material.session_id
            else Material.session_id.is_(None),
            Material.on == material.on if material.on else Material.on.is_(None),
            may_keep(viewer),
        )
        .order_by(Material.position, Material.id)
        .with_for_update(key_share=True)
    ).all()
    place = beside.index(material)
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(beside):
        return
    ordered = [*beside]
    ordered[place], ordered[other] = ordered[other], ordered[place]
    # Two that were added at one moment may have one position, and changing places would do nothing.
    for position, one in enumerate(ordered, start=min(each.position for each in beside)):
        one.position = position
    db.session.flush()
    audit.record(
        "move_material",
        f"material:{material.id}",
        by=by,
        before={"place": place + 1},
        after={"place": other + 1},
    )


def remove_material(institute: Institute, material_id: UUID, viewer: Viewer, *, by: str) -> None:
    """Remove a material with all its versions; there is no way back.

    Raises ``NotFound``, ``HoldRefused`` while the institute's records are held, and whatever
    those raise who need it.
    """
    material = get_changeable(institute, material_id, viewer)
    refuse_while_held(institute.id)
    removing.send(material.id)
    handed_out = [one.file_id for one in material.versions]
    before = _facts(material)
    db.session.delete(material)
    db.session.flush()
    files.forget(handed_out)
    audit.record("remove_material", f"material:{material_id}", by=by, before=before)


def let_go_of(session_id: UUID) -> None:
    """Remove what is handed out at a session that is planned no more, with its files. Flushes.

    A step of the act that takes the session out, which writes the audit row. Raises
    ``HoldRefused`` while the institute's records are held.
    """
    theirs = select(Material).where(Material.session_id == session_id)
    for material in db.session.scalars(theirs.order_by(Material.id)).all():
        refuse_while_held(material.institute_id)
        removing.send(material.id)
        handed_out = [one.file_id for one in material.versions]
        db.session.delete(material)
        db.session.flush()
        files.forget(handed_out)


def _write(institute: Institute, material: Material, spec: MaterialSpec, keeper: Keeper) -> None:
    code = spec.subject.session
    session = schedule.get_session(institute, code, drafts=keeper.viewer.edits) if code else None
    if not keeper.viewer.keeps(session.id if session else None):
        raise NotFound(say("There is no such session of yours at this institute."))
    days = {day.on for day in institute.days}
    if spec.subject.on and spec.subject.on not in days and spec.subject.on != material.on:
        raise MaterialRefused(say("Choose a day of the institute."), field="subject")
    material.session_id = session.id if session else None
    material.on = spec.subject.on
    for name in ("title", "description", "kind", "link", "audience", "after_session"):
        setattr(material, name, getattr(spec, name))
    material.available_from, material.available_until = spec.available_from, spec.available_until
    material.from_at = _instant(institute, spec.available_from, "from_on")
    material.until_at = _instant(institute, spec.available_until, "until_on")


def _instant(institute: Institute, wall: datetime | None, field: str) -> datetime | None:
    return None if wall is None else instant_of(wall, institute.time_zone, field=field)


def _kept(institute: Institute, file: PutFile | None, keeper: Keeper) -> StoredFile | None:
    if file is None:
        return None
    check_room(institute, file.size, most=keeper.room)
    return files.keep(file, person_id=keeper.viewer.person_id)


def _show(material: Material, stored: StoredFile, keeper: Keeper) -> None:
    number = max((one.number for one in material.versions), default=0) + 1
    material.versions.append(
        MaterialVersion(number=number, file_id=stored.id, put_by=keeper.email, put_at=clock.now())
    )
    material.shown_number = number


def _next_position(institute: Institute) -> int:
    last = db.session.scalar(
        select(func.max(Material.position)).where(Material.institute_id == institute.id)
    )
    return 0 if last is None else last + 1


def _facts(material: Material) -> dict[str, Any]:
    return {
        "title": material.title,
        "kind": material.kind.value,
        "audience": material.audience.value,
        "session": str(material.session_id or ""),
        "file_version": material.shown_number,
        "link": material.link,
        "after_session": material.after_session,
        "from": material.available_from.isoformat() if material.available_from else "",
        "until": material.available_until.isoformat() if material.available_until else "",
    }


def _differences(material: Material, spec: MaterialSpec) -> tuple[tuple[str, str, str], ...]:
    """Return what differs between what is stored and what someone sent: label and both."""
    pairs = (
        (say("Title"), material.title, spec.title),
        (say("Kind"), KINDS[material.kind], KINDS[spec.kind]),
        (say("Description"), material.description, spec.description),
        (say("Link"), material.link, spec.link),
        (say("Who gets it"), AUDIENCES[material.audience], AUDIENCES[spec.audience]),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])
