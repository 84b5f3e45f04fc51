"""What loading a file will do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consortium.database import db
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from events.institutes.domain import Admission
from events.institutes.domain.slugs import free_slug, slug_of
from events.institutes.models import Institute
from events.programmes.domain import Change, Programme, changes_between
from events.programmes.domain.credit import with_credit_of_before
from events.programmes.service.reading_back import programme_of


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where a programme goes, and what that changes."""

    programme: Programme
    """With everything filled in that the consortium decides."""
    institute: Institute | None
    """The institute that the file describes already; ``None``: a new one is made."""
    changes: tuple[Change, ...] = ()

    @property
    def seen(self) -> str:
        """Stand for what this says of the institute as it is, to tell later if it still holds."""
        if self.institute is None:
            return ""
        said = repr((self.institute.id, self.institute.version, self.changes))
        return sha256(said.encode()).hexdigest()


def plan(programme: Programme, *, slug: str = "") -> Plan:
    """Return what loading this programme will do.

    An address given here or in the file names the institute to change. Without one, the file is
    about an institute of the same title that shares a day with it; the same title a year later
    is a new institute.
    """
    wanted = slug or programme.slug
    named = wanted or slug_of(programme.title)
    rows = _with_address_like(named)
    found = next((row for row in rows if row.slug == named), None) if wanted else None
    if not wanted:
        found = next((row for row in rows if _is_the_same(row, programme)), None)
    address = found.slug if found else free_slug(named, taken={row.slug for row in rows})
    programme = replace(
        programme,
        slug=address,
        admission=programme.admission or _home_of_tenant(),
    )
    if found is None:
        return Plan(programme=programme, institute=None)
    further = with_credit_of_before(programme.extras, found.extras or {})
    programme = replace(programme, extras=further)
    return Plan(
        programme=programme,
        institute=found,
        changes=changes_between(programme_of(found), programme),
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
