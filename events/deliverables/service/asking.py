"""Asking teams for a paper: write it down, change it, ask no more."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.deliverables.domain import DeliverableRefused, DeliverableSpec
from events.deliverables.models import Deliverable, HandIn
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.materials.models import Material
from events.schedule.domain import instant_of


def asked_at(institute_id: UUID) -> Sequence[Deliverable]:
    """Return what the institute asks teams for, what is due first first."""
    statement = select(Deliverable).where(Deliverable.institute_id == institute_id)
    return db.session.scalars(statement.order_by(Deliverable.due_at, Deliverable.id)).all()


def institutes_asking(institute_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these institutes ask their teams for anything."""
    statement = select(Deliverable.institute_id).where(Deliverable.institute_id.in_(institute_ids))
    return frozenset(db.session.scalars(statement.distinct()))


def get_deliverable(institute_id: UUID, deliverable_id: UUID) -> Deliverable:
    """Return what the institute asks for. Raises ``NotFound``."""
    found = db.session.scalar(
        select(Deliverable).where(
            Deliverable.id == deliverable_id, Deliverable.institute_id == institute_id
        )
    )
    if found is None:
        raise NotFound(say("There is nothing to hand in at this address."))
    return found


def ask_teams(institute: Institute, spec: DeliverableSpec, *, by: str) -> Deliverable:
    """Ask every registered team for a paper; they find it on their page at once. Flushes.

    Raises ``DeliverableRefused``, or ``SessionRefused`` of a due moment that clocks skip.
    """
    refuse_cancelled(institute)
    deliverable = Deliverable(institute_id=institute.id, made_by=by, made_at=clock.now())
    _write(institute, deliverable, spec)
    db.session.add(deliverable)
    db.session.flush()
    audit.record(
        "ask_teams",
        f"deliverable:{deliverable.id}",
        by=by,
        after={"institute": institute.slug, **_facts(deliverable)},
    )
    return deliverable


def change_asked(
    institute: Institute, deliverable_id: UUID, spec: DeliverableSpec, *, version: int, by: str
) -> Deliverable:
    """Change what is asked for; a later due moment makes what was late in time.

    Raises as ``ask_teams`` does, and ``Conflict`` when someone changed it since ``version``.
    """
    refuse_cancelled(institute)
    hold(Deliverable.id, deliverable_id)
    deliverable = get_deliverable(institute.id, deliverable_id)
    db.session.refresh(deliverable)
    if deliverable.version != version:
        raise Conflict(
            say("Someone changed this while you were at it."),
            versions=_differences(deliverable, spec),
        )
    before = _facts(deliverable)
    with db.session.no_autoflush:
        _write(institute, deliverable, spec)
    deliverable.version += 1
    db.session.flush()
    audit.record(
        "change_asked",
        f"deliverable:{deliverable.id}",
        by=by,
        before=before,
        after=_facts(deliverable),
    )
    return deliverable


def stop_asking(institute: Institute, deliverable_id: UUID, *, by: str) -> None:
    """Ask for it no more. Raises ``DeliverableRefused`` once a team has handed something in."""
    hold(Deliverable.id, deliverable_id)
    deliverable = get_deliverable(institute.id, deliverable_id)
    some = select(HandIn.id).where(HandIn.deliverable_id == deliverable.id).limit(1)
    if db.session.scalar(some) is not None:
        raise DeliverableRefused(
            say("Teams have handed something in already. Change its date or its text instead.")
        )
    before = _facts(deliverable)
    db.session.delete(deliverable)
    db.session.flush()
    audit.record("stop_asking_teams", f"deliverable:{deliverable_id}", by=by, before=before)


def _write(institute: Institute, deliverable: Deliverable, spec: DeliverableSpec) -> None:
    spec.check()
    if spec.template_id is not None and not _is_here(institute, spec.template_id):
        raise DeliverableRefused(say("Choose one of the list."), field="template")
    if not {role.code for role in institute.roles}.issuperset(spec.sign_roles):
        raise DeliverableRefused(say("Choose from the list."), field="sign_roles")
    deliverable.title, deliverable.instructions = spec.title, spec.instructions
    deliverable.template_id = spec.template_id
    deliverable.due = spec.due
    deliverable.due_at = _moment(institute, spec.due)
    deliverable.late_allowed, deliverable.kinds = spec.late_allowed, list(spec.kinds)
    deliverable.both_sides, deliverable.sign_roles = spec.both_sides, list(spec.sign_roles)
    deliverable.by_members = spec.by_members
    deliverable.gallery, deliverable.remind_days = spec.gallery, list(spec.remind_days)


def _moment(institute: Institute, wall: datetime) -> datetime:
    return instant_of(wall, institute.time_zone, field="due_on")


def _is_here(institute: Institute, material_id: UUID) -> bool:
    statement = select(Material.id).where(
        Material.id == material_id, Material.institute_id == institute.id
    )
    return db.session.scalar(statement) is not None


def _facts(deliverable: Deliverable) -> dict[str, Any]:
    return {
        "title": deliverable.title,
        "due": deliverable.due.isoformat(),
        "late_allowed": deliverable.late_allowed,
        "kinds": list(deliverable.kinds),
        "both_sides": deliverable.both_sides,
        "sign_roles": list(deliverable.sign_roles),
        "by_members": deliverable.by_members,
        "gallery": deliverable.gallery,
        "remind_days": list(deliverable.remind_days),
        "template": str(deliverable.template_id or ""),
    }


def _differences(
    deliverable: Deliverable, spec: DeliverableSpec
) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        (say("Title"), deliverable.title, spec.title),
        (say("What teams should do"), deliverable.instructions, spec.instructions),
        (say("Due"), f"{deliverable.due:%Y-%m-%d %H:%M}", f"{spec.due:%Y-%m-%d %H:%M}"),
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])
