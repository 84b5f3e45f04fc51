"""Consortia and the people who work for them."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from consortium.access import GRANTS, Permission, StaffRole
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Identity, Person
from consortium.people.service import is_or_became
from consortium.tenancy import for_every_tenant
from consortium.tenants.models import StaffMember, Tenant
from consortium.tenants.service.founding import found_consortium
from consortium.words import say

__all__ = [
    "Standing",
    "consortia",
    "find_by_slug",
    "found_consortium",
    "get_by_slug",
    "in_turn",
    "standing_of",
    "works_somewhere",
]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What someone is in the current consortium."""

    person: Person | None = None
    roles: frozenset[StaffRole] = frozenset()

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything the staff roles allow."""
        return frozenset[Permission]().union(*(GRANTS[role] for role in self.roles))


def consortia() -> list[Tenant]:
    """Return every consortium of this installation, by name."""
    return list(db.session.scalars(select(Tenant).order_by(Tenant.name, Tenant.slug)))


def in_turn() -> list[tuple[UUID]]:
    """Return every consortium's id, as a job asks for what it does in each of them."""
    return [(tenant.id,) for tenant in consortia()]


def find_by_slug(slug: str) -> Tenant | None:
    """Return the consortium at this address, if there is one."""
    return db.session.scalar(_AT_SLUG, {"slug": slug})


# Asked for every page, as is who asks; putting it together takes longer than asking.
_AT_SLUG = select(Tenant).where(Tenant.slug == bindparam("slug"))


def get_by_slug(slug: str) -> Tenant:
    """Return the consortium at this address. Raises ``NotFound``."""
    tenant = find_by_slug(slug)
    if tenant is None:
        raise NotFound(say("There is no consortium at the address “%(slug)s”.", slug=slug[:60]))
    return tenant


def standing_of(identity: Identity) -> Standing:
    """Return who this identity is in the current consortium, with its live staff roles.

    Here whoever signs in with the address of a merged person becomes the person who was kept.
    """
    rows = db.session.execute(_standing(), {"identity_id": identity.id}).all()
    if not rows:
        return Standing()
    return Standing(
        person=rows[0][0], roles=frozenset(role for _, role in rows if role is not None)
    )


@lru_cache(maxsize=1)
def _standing() -> Select[Person, StaffRole | None]:
    # Asked for every page, and putting it together takes longer than asking.
    named = aliased(Person)
    return (
        select(Person, StaffMember.role)
        .join(named, is_or_became(named))
        .outerjoin(
            StaffMember,
            (StaffMember.person_id == Person.id) & StaffMember.ended_at.is_(None),
        )
        .where(named.identity_id == bindparam("identity_id"))
    )


def works_somewhere(identity: Identity) -> bool:
    """Tell whether this identity works for any consortium; which one, nobody learns here."""
    with for_every_tenant():
        return bool(
            db.session.scalar(
                select(
                    exists().where(
                        StaffMember.person_id == func.coalesce(Person.merged_into_id, Person.id),
                        StaffMember.ended_at.is_(None),
                        Person.identity_id == identity.id,
                    )
                )
            )
        )
