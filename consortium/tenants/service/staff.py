"""Who works for a consortium, in which role, from when to when."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.access import StaffRole
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.people.models import Person
from consortium.tenants import emails
from consortium.tenants.domain.consortia import ConsortiumRefused, check_an_owner_remains
from consortium.tenants.models import ONE_STAFF_ROLE, StaffMember, Tenant
from consortium.words import Sentence, say

ROLE_WORDS: Mapping[StaffRole, Sentence] = {
    StaffRole.OWNER: say("Owner"),
    StaffRole.COORDINATOR: say("Coordinator"),
    StaffRole.FINANCE: say("Finance officer"),
    StaffRole.FACILITATOR: say("Facilitator"),
    StaffRole.DESK: say("Desk helper"),
    StaffRole.VIEWER: say("Viewer (partner or funder)"),
}
MAY: Mapping[StaffRole, Sentence] = {
    StaffRole.OWNER: say("Owners may do everything, and choose who else works here."),
    StaffRole.COORDINATOR: say("Coordinators run institutes, teams and peer matching."),
    StaffRole.FINANCE: say("Finance officers see money and counts, no team notes."),
    StaffRole.FACILITATOR: say("Facilitators see teams and rosters, and change nothing."),
    StaffRole.DESK: say("Desk helpers check people in at the door."),
    StaffRole.VIEWER: say("Viewers see counts, and no person's name."),
}


def staff() -> Sequence[StaffMember]:
    """Return everyone who works here now, by when they began."""
    return db.session.scalars(
        select(StaffMember)
        .where(StaffMember.ended_at.is_(None))
        .order_by(StaffMember.began_at, StaffMember.role, StaffMember.id)
    ).all()


def former_staff() -> Sequence[StaffMember]:
    """Return who has worked here before, the last to leave first."""
    return db.session.scalars(
        select(StaffMember)
        .where(StaffMember.ended_at.is_not(None))
        .order_by(StaffMember.ended_at.desc(), StaffMember.id)
    ).all()


def work_here(*person_ids: UUID) -> bool:
    """Tell whether any of these people works here now."""
    live = select(StaffMember.id).where(
        StaffMember.person_id.in_(person_ids), StaffMember.ended_at.is_(None)
    )
    return db.session.scalar(live.limit(1)) is not None


def get_member(member_id: UUID) -> StaffMember:
    """Return someone's live staff role. Raises ``NotFound``."""
    member = db.session.scalar(
        select(StaffMember).where(StaffMember.id == member_id, StaffMember.ended_at.is_(None))
    )
    if member is None:
        raise NotFound(say("Nobody works here in this role any more."))
    return member


def appoint(tenant: Tenant, email: str, role: StaffRole, *, name: str = "", by: str) -> StaffMember:
    """Give someone a staff role and promise them a mail that says so.

    Raises ``NotAnAddress``, and ``ConsortiumRefused`` when they have this role already.
    """
    person = people.person_for(people.identity_for(email), name=name)
    member = let_work(tenant, person, role, by=by)
    audit.record(
        "appoint", f"staff:{member.id}", by=by, after={"person": str(person.id), "role": role.value}
    )
    return member


def let_work(tenant: Tenant, person: Person, role: StaffRole, *, by: str) -> StaffMember:
    """Give a person a staff role as a part of another act, which is what stands on record.

    Flushes and promises the mail. Raises ``ConsortiumRefused`` when they have this role already.
    """
    member = StaffMember(person_id=person.id, role=role, began_at=clock.now())
    db.session.add(member)
    with translating(ONE_STAFF_ROLE, into=_has_role_already(person, role)):
        db.session.flush()
    outbox.promise(
        emails.appointed(person, tenant, role=ROLE_WORDS[role], may=MAY[role], by=by),
        about=f"staff:{member.id}",
    )
    return member


def end(member_id: UUID, *, by: str) -> StaffMember:
    """End someone's work in one staff role, at once; an unsent welcome is dropped.

    Raises ``NotFound``, and ``ConsortiumRefused`` for the last owner.
    """
    member = get_member(member_id)
    if member.role is StaffRole.OWNER:
        check_an_owner_remains(len(_owners_for_change()))
    ended = db.session.scalar(
        select(StaffMember)
        .where(StaffMember.id == member_id, StaffMember.ended_at.is_(None))
        .with_for_update(of=StaffMember)
        .execution_options(populate_existing=True)
    )
    if ended is None:
        raise NotFound(say("Nobody works here in this role any more."))
    ended.ended_at = clock.now()
    outbox.supersede(f"staff:{member.id}")
    audit.record("end", f"staff:{member.id}", by=by, before={"role": member.role.value})
    db.session.flush()
    return ended


def _owners_for_change() -> Sequence[UUID]:
    """Return the live owners, locked in one order: two owners cannot end each other at once."""
    return db.session.scalars(
        select(StaffMember.id)
        .where(StaffMember.role == StaffRole.OWNER, StaffMember.ended_at.is_(None))
        .order_by(StaffMember.id)
        .with_for_update()
    ).all()


def _has_role_already(person: Person, role: StaffRole) -> ConsortiumRefused:
    return ConsortiumRefused(
        say(
            "%(email)s already has the role “%(role)s”.",
            email=person.email,
            role=ROLE_WORDS[role],
        ),
        field="email",
    )
