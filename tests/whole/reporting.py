"""Reports that the world published, its grants, and an association that reads its own people."""

from sqlalchemy import select

from cohorts.reports.domain.scope import Period, ReportKind, Scope
from cohorts.reports.exports.files import Imprint, files_of
from cohorts.reports.service import associations, consents, grants, publishing
from cohorts.reports.service.grants import GrantFacts
from cohorts.reports.service.running import run_report
from consortium import clock
from consortium.database import db, transaction
from consortium.people.models import Identity, Person
from consortium.tenants.models import Tenant
from consortium.tenants.service.partners import partners
from events.facade.reports import gatherings
from tests.factories import soon
from tests.whole.hunting import Sighting
from tests.whole.world import SLUG, World

NAMED = "union1"
"""Who lets the association of both leaders read their name; others do not."""


def report(world: World) -> None:
    """Publish ``size`` reports and as many grants; one viewer reads for an association."""
    by = world.people["coordinator"].email
    tenant = db.session.get_one(Tenant, world.tenant_id)
    year = Period(first=soon(-300).date(), last=soon(300).date())
    every = frozenset(one.id for one in gatherings())
    for number in range(world.size):
        with world.app.test_request_context(), transaction():
            grant = grants.add_grant(
                GrantFacts(
                    funder="Fund",
                    number=f"G-{number}",
                    title="Learning",
                    first_day=year.first,
                    last_day=year.last,
                    amount_cents=100_000,
                    institute_ids=every,
                ),
                by=by,
            )
            run = run_report(Scope(kind=ReportKind.FUNDER, period=year, grant_id=grant.id), tenant)
            named = publishing.next_number(tenant)
            imprint = Imprint(number=named, at=clock.now(), on=clock.now().date())
            row = publishing.publish(run, files_of(run.report, imprint), number=named, by=by)
        for kind in ("csv", "xlsx"):
            world.parts.append({"report_id": str(row.id), "file_format": kind})
        world.parts.append({"grant_id": str(grant.id)})
    with world.app.test_request_context(), transaction():
        association = associations.add_association(
            partners()[0].id, ["superintendent", "union_leader"], by=by
        )
        helper = _person(world.people["viewer"].email)
        associations.begin_helping(association, helper, by=by)
        person = _person(world.people[NAMED].email)
        asked = [(one.association_id, one.institute_id) for one in consents.asked_of(person.id)]
        consents.answer(person.id, asked, by=person.email)
    world.parts.append({"association_id": str(association.id)})


def agreed_to_association(seen: Sighting) -> bool:
    """NJ8: who reads for an association sees counts of all, names of consenting members alone."""
    page = seen.where.startswith(f"/{SLUG}/reports/own-people/")
    return (seen.viewer, seen.whose) == ("viewer", NAMED) and page


def _person(email: str) -> Person:
    found = select(Person).join(Identity).where(Identity.email == email)
    return db.session.scalars(found).unique().one()
