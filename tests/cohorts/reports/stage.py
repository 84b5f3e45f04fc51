"""Institutes with so many board members, superintendents and teachers of two states."""

from collections.abc import Mapping
from datetime import date

from cohorts.reports.domain.scope import Period, ReportKind, Scope
from cohorts.reports.exports.files import Imprint, files_of
from cohorts.reports.models import Grant, PublishedReport
from cohorts.reports.service import grants, publishing
from cohorts.reports.service.grants import GrantFacts
from cohorts.reports.service.running import run_report
from consortium import clock
from consortium.database import db
from consortium.directory.models import Lea
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.factories import USUAL_ROLES, make_institute, make_lea, make_team

YEAR = Period(first=date(2025, 7, 1), last=date(2026, 6, 30))
BY = "nora@example.org"


def hold(slug: str, seats: Mapping[str, Mapping[str, int]], *, first: int = 0) -> Institute:
    """Hold an institute; ``seats`` are counts of each role by state, one team for each state.

    ``first`` numbers people: the same number is the same person at another institute.
    """
    institute = make_institute(slug, title=slug.title(), roles=USUAL_ROLES)
    for state, roles in seats.items():
        lea_id = f"{'34' if state == 'NJ' else '10'}{1:05}"
        lea = db.session.get(Lea, lea_id) or make_lea(lea_id, f"District of {state}", state)
        members = {
            f"{role}{number}.{state.lower()}@example.org": role
            for role, count in roles.items()
            for number in range(first, first + count)
        }
        make_team(institute, lea, members, complete=state == "NJ")
    db.session.commit()
    return institute


def grant_for(number: str, *institutes: Institute) -> Grant:
    """Write down a grant for these institutes."""
    facts = GrantFacts(
        funder="NEA",
        number=number,
        title="State project",
        first_day=YEAR.first,
        last_day=YEAR.last,
        amount_cents=2_500_000,
        institute_ids=frozenset(one.id for one in institutes),
    )
    return grants.add_grant(facts, by=BY)


def publish(
    tenant: Tenant, kind: ReportKind, grant: Grant | None = None, *, period: Period = YEAR
) -> PublishedReport:
    """Run a report and publish it, with its files."""
    scope = Scope(kind=kind, period=period, grant_id=grant.id if grant else None)
    run = run_report(scope, tenant)
    number = publishing.next_number(tenant)
    imprint = Imprint(number=number, at=clock.now(), on=clock.now().date())
    return publishing.publish(run, files_of(run.report, imprint), number=number, by=BY)
