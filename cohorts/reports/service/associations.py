"""Co-host associations: their helpers, and what they read of their own people by consent."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from cohorts.reports.domain.associations import OwnInstitute, OwnMember
from cohorts.reports.domain.scope import ReportRefused
from cohorts.reports.models import (
    ONE_ASSOCIATION,
    ONE_HELPER,
    Association,
    AssociationHelper,
)
from cohorts.reports.service.consents import standing_consents
from consortium import clock
from consortium.access import StaffRole
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.people import service as people
from consortium.people.models import Person
from consortium.small_cells import is_small
from consortium.tenants.models import Tenant
from consortium.tenants.service import staff
from consortium.words import say
from events.facade import reports


def associations() -> Sequence[Association]:
    """Return the associations whose people may let them read their names."""
    found = db.session.scalars(select(Association)).unique().all()
    return sorted(found, key=lambda one: (one.partner.position, one.partner.name))


def get_association(association_id: UUID) -> Association:
    """Return an association. Raises ``NotFound``."""
    found = db.session.scalar(select(Association).where(Association.id == association_id))
    if found is None:
        raise NotFound(say("There is no such association."))
    return found


def add_association(partner_id: UUID, role_codes: Collection[str], *, by: str) -> Association:
    """Let a partner organization have people of its own: those in these offices.

    Raises ``ReportRefused`` where it has already, or without an office.
    """
    if not role_codes:
        raise ReportRefused(say("Choose the offices its own members hold."), field="roles")
    row = Association(
        partner_id=partner_id, role_codes=sorted(role_codes), made_at=clock.now(), made_by=by
    )
    db.session.add(row)
    refused = ReportRefused(say("This organization is in the list already."), field="partner")
    with translating(ONE_ASSOCIATION, into=refused):
        db.session.flush()
    after = {"partner": str(partner_id), "roles": sorted(role_codes)}
    audit.record("add_association", f"association:{row.id}", by=by, after=after)
    return row


def remove_association(association_id: UUID, *, by: str) -> None:
    """Take an association off the list: its helpers read no name from now on."""
    row = get_association(association_id)
    db.session.delete(row)
    before = {"partner": str(row.partner_id), "roles": list(row.role_codes)}
    audit.record("remove_association", f"association:{row.id}", by=by, before=before)
    db.session.flush()


def helpers() -> Sequence[AssociationHelper]:
    """Return who works for associations now, by when they began."""
    statement = (
        select(AssociationHelper)
        .where(AssociationHelper.ended_at.is_(None))
        .order_by(AssociationHelper.began_at, AssociationHelper.id)
    )
    return db.session.scalars(statement).unique().all()


def add_helper(
    association_id: UUID, email: str, name: str, tenant: Tenant, *, by: str
) -> AssociationHelper:
    """Let someone of an association read counts, and the names of its consenting people.

    Who does not work for the consortium yet becomes a viewer, and gets a mail that says so.
    Raises ``NotFound``, ``NotAnAddress``, and ``ReportRefused`` for who does so already.
    """
    association = get_association(association_id)
    person = people.person_for(people.identity_for(email), name=name)
    works_here = staff.work_here(person.id)
    if not works_here:
        staff.let_work(tenant, person, StaffRole.VIEWER, by=by)
    return begin_helping(association, person, by=by, appointed=not works_here)


def begin_helping(
    association: Association, person: Person, *, by: str, appointed: bool = False
) -> AssociationHelper:
    """Let someone who works for the consortium read for an association.

    ``appointed``: they became a viewer by it, which the record says in the same row. Raises
    ``ReportRefused`` for who does so already.
    """
    row = AssociationHelper(
        association_id=association.id, person_id=person.id, began_at=clock.now()
    )
    db.session.add(row)
    already = ReportRefused(say("%(email)s helps it already.", email=person.email), field="email")
    with translating(ONE_HELPER, into=already):
        db.session.flush()
    after = {"association": str(association.id), "person": str(person.id)}
    if appointed:
        after["role"] = StaffRole.VIEWER.value
    audit.record("begin_helping", f"association:{association.id}", by=by, after=after)
    return row


def asked_people(association_id: UUID) -> Sequence[Person]:
    """Return an association's own people: who has a seat in one of its offices."""
    association = get_association(association_id)
    ids = {
        one.person_id
        for one in reports.seated_at([one.id for one in reports.gatherings()])
        if one.role_code in association.role_codes
    }
    statement = select(Person).where(Person.id.in_(ids)).order_by(Person.name, Person.id)
    return db.session.scalars(statement).unique().all()


def end_helper(helper_id: UUID, *, by: str) -> None:
    """End someone's reading for an association, at once; they stay a viewer.

    Raises ``NotFound``.
    """
    statement = select(AssociationHelper).where(
        AssociationHelper.id == helper_id, AssociationHelper.ended_at.is_(None)
    )
    row = db.session.scalar(statement.with_for_update(of=AssociationHelper))
    if row is None:
        raise NotFound(say("Nobody helps this association any more."))
    row.ended_at = clock.now()
    db.session.flush()
    before = {"person": str(row.person_id)}
    audit.record("end_helper", f"association:{row.association_id}", by=by, before=before)


def associations_of(person_id: UUID) -> Sequence[Association]:
    """Return the associations for which someone works now."""
    statement = (
        select(Association)
        .join(AssociationHelper, AssociationHelper.association_id == Association.id)
        .where(AssociationHelper.person_id == person_id, AssociationHelper.ended_at.is_(None))
    )
    found = db.session.scalars(statement).unique().all()
    return sorted(found, key=lambda one: (one.partner.position, one.partner.name))


def own_people(association_id: UUID, person_id: UUID | None) -> tuple[str, list[OwnInstitute]]:
    """Return an association's name, and its own people at each institute that is not over yet.

    Names only of those whose consent holds. Raises ``NotFound`` for who does not work for it.
    """
    mine = associations_of(person_id) if person_id else ()
    association = next((one for one in mine if one.id == association_id), None)
    if association is None:
        raise NotFound(say("There is no such association."))
    gathered = [one for one in reports.gatherings() if not one.cancelled]
    agreed = standing_consents(association.id, gathered)
    own: Counter[UUID] = Counter(
        seat.institute_id
        for seat in reports.seated_at([one.id for one in gathered])
        if seat.role_code in association.role_codes
    )
    members = _members(association, agreed)
    found = [
        OwnInstitute(
            title=one.title,
            own=None if is_small(own[one.id]) else own[one.id],
            members=tuple(members[one.id]),
        )
        for one in reversed(gathered)
        if own[one.id]
    ]
    return association.partner.name, found


def _members(
    association: Association, agreed: Mapping[UUID, frozenset[UUID]]
) -> Mapping[UUID, list[OwnMember]]:
    """Return who agreed, by institute: only those who hold the association's offices there."""
    found: dict[UUID, list[OwnMember]] = defaultdict(list)
    people_ids = {person_id for ids in agreed.values() for person_id in ids}
    for one in reports.named_seats(list(agreed), people_ids):
        if one.person_id in agreed[one.institute_id] and one.role_code in association.role_codes:
            found[one.institute_id].append(
                OwnMember(
                    person_id=one.person_id,
                    name=one.name,
                    role=one.role,
                    lea=one.team,
                    state=one.state,
                )
            )
    return found
