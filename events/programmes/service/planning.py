"""What loading a file will do, before it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium.database import db
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import Sentence, say
from events.institutes.domain import Admission, Status
from events.institutes.domain.slugs import free_slug, slug_of
from events.institutes.models import Institute
from events.institutes.service.editing import USUAL_PLACES, FirstDraft, usual_sections
from events.programmes.domain import (
    Change,
    Programme,
    changes_between,
    joined,
    respelled,
    with_schedule,
)
from events.programmes.domain.credit import with_credit_of_before
from events.programmes.service.places import names_in
from events.programmes.service.reading_back import programme_of
from events.schedule.domain import SessionSpec
from events.schedule.models import Session
from events.schedule.service.drafting import waits


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where a programme goes, and what that changes."""

    programme: Programme
    """With everything filled in that the consortium decides."""
    institute: Institute | None
    """The institute that the file describes already; ``None``: a new one is made."""
    changes: tuple[Change, ...] = ()
    drafts: int = 0
    """How many sessions have changes that wait to be published, and that loading drops."""

    @property
    def dropped(self) -> Sentence | None:
        """What loading takes away besides, in a sentence."""
        if not self.drafts:
            return None
        return say(
            "Sessions with changes that wait to be published: %(n)s. Loading drops these changes; "
            "the file says how the programme is.",
            n=self.drafts,
        )

    @property
    def seen(self) -> str:
        """Stand for what this says of the institute as it is, to tell later if it still holds."""
        if self.institute is None:
            return ""
        said = repr((self.institute.id, self.institute.version, self.changes, self.drafts))
        return sha256(said.encode()).hexdigest()


def plan(programme: Programme, *, slug: str = "") -> Plan:
    """Return what loading this programme will do.

    An address given here or in the file names the institute to change. Without one, the file is
    about an institute of the same title that shares a day with it; the same title a year later
    is a new institute.
    """
    wanted = slug or programme.slug
    named = wanted or slug_of(programme.title)
    like = _with_address_like(named)
    found = next((row for row in like if row.slug == named), None) if wanted else None
    if not wanted:
        found = next((row for row in like if _is_the_same(row, programme)), None)
    address = found.slug if found else free_slug(named, taken={row.slug for row in like})
    programme = replace(
        programme,
        slug=address,
        admission=programme.admission or _home_of_tenant(),
    )
    if found is None:
        if programme.schedule_only:
            programme = with_schedule(_usual(programme), programme)
        return Plan(programme=programme, institute=None)
    before = programme_of(found)
    if programme.schedule_only:
        programme = with_schedule(before, programme)
    rows = db.session.scalars(select(Session).where(Session.institute_id == found.id)).all()
    known = joined(
        programme.whereabouts,
        before.whereabouts,
        needed=names_in(_staying(rows, found, programme)),
    )
    programme = replace(
        programme,
        extras=with_credit_of_before(programme.extras, found.extras or {}),
        whereabouts=known,
        sessions=tuple(respelled(spec, known) for spec in programme.sessions),
    )
    return Plan(
        programme=programme,
        institute=found,
        changes=changes_between(before, programme),
        drafts=sum(waits(found, session) for session in rows),
    )


def _staying(
    rows: Iterable[Session], institute: Institute, programme: Programme
) -> Sequence[SessionSpec]:
    """Return the sessions that keep their row, as cancelled ones, though the file has them not."""
    codes = {spec.code for spec in programme.sessions}
    public = institute.status is Status.PUBLISHED
    return [
        session.spec
        for session in rows
        if session.code not in codes
        and (session.cancelled_at is not None or session.taken or (session.published and public))
    ]


def _usual(programme: Programme) -> Programme:
    """Return what an institute begins with where a file says nothing of its registration."""
    days = [day.on for day in programme.days]
    draft = FirstDraft(
        title=programme.title,
        kind=programme.kind,
        time_zone=programme.time_zone,
        venue=programme.venue,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )
    tenant = db.session.get_one(Tenant, require_tenant())
    said: dict[str, Any] = {}
    for section in usual_sections(draft, tenant):
        said |= vars(section)
    known = {part.name for part in fields(Programme)}
    usual = {name: value for name, value in said.items() if name in known}
    return Programme(
        **{**usual, "days": programme.days, "slug": programme.slug, "summary": programme.summary},
        deadlines=said["dues"],
        places=USUAL_PLACES,
    )


def _with_address_like(slug: str) -> Sequence[Institute]:
    statement = (
        select(Institute)
        .where(Institute.slug.startswith(slug, autoescape=True))
        .options(
            selectinload(Institute.roles),
            selectinload(Institute.days),
            selectinload(Institute.deadlines),
            selectinload(Institute.pools),
            selectinload(Institute.hosts),
            selectinload(Institute.strands),
        )
        .order_by(Institute.created_at.desc())
    )
    return db.session.scalars(statement).all()


def _is_the_same(institute: Institute, programme: Programme) -> bool:
    if institute.title != programme.title:
        return False
    days = {day.on for day in institute.days}
    return not days or bool(days & {day.on for day in programme.days})


def _home_of_tenant() -> Admission:
    tenant = db.session.get_one(Tenant, require_tenant())
    return Admission(home=frozenset(tenant.states))
