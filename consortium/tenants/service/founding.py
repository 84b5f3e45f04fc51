"""The beginning of a consortium: its row, its roles, its first owner."""

from consortium import clock
from consortium.access import StaffRole
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.people import service as people
from consortium.people.domain import normalise_email
from consortium.people.service import roles
from consortium.tenancy import as_tenant
from consortium.tenants.domain.colours import check_brand
from consortium.tenants.domain.consortia import (
    DEFAULT_GOALS,
    Charter,
    check_name,
    check_printable,
    check_slug,
    slug_taken,
)
from consortium.tenants.domain.places import check_time_zone, read_states
from consortium.tenants.models import SLUG_TAKEN, StaffMember, Tenant


def found_consortium(
    charter: Charter, *, owner_email: str, owner_name: str = "", by: str
) -> Tenant:
    """Found a consortium with the usual roles and goals, and appoint its first owner.

    Raises ``ConsortiumRefused`` when the address is taken or reserved or a value makes no
    sense, and ``NotAnAddress`` for an e-mail address that is none. Flushes.
    """
    tenant = Tenant(
        slug=check_slug(charter.slug),
        name=check_name(charter.name),
        states=list(read_states(",".join(charter.states))),
        time_zone=check_time_zone(charter.time_zone),
        brand_colour=check_brand(charter.brand_colour),
        reply_address=normalise_email(charter.reply_address, field="reply_address"),
        goals=[str(goal) for goal in DEFAULT_GOALS],
        created_at=clock.now(),
    )
    owner_name = check_printable(owner_name, field="owner_name")
    owner = people.identity_for(normalise_email(owner_email, field="owner_email"))
    db.session.add(tenant)
    with translating(SLUG_TAKEN, into=slug_taken(tenant.slug)):
        db.session.flush()
    with as_tenant(tenant.id):
        roles.seed_catalogue()
        person = people.person_for(owner, name=owner_name)
        db.session.add(StaffMember(person_id=person.id, role=StaffRole.OWNER, began_at=clock.now()))
        audit.record(
            "found_consortium",
            f"consortium:{tenant.id}",
            by=by,
            after={
                "slug": tenant.slug,
                "name": tenant.name,
                "states": tenant.states,
                "owner": person.email,
            },
        )
        db.session.flush()
    return tenant
