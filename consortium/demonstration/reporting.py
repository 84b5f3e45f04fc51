"""A grant, a published report to its funder, and an association that reads its own people."""

from datetime import date, timedelta

from cohorts.reports.domain.scope import Period, ReportKind, Scope
from cohorts.reports.exports.files import Imprint, files_of
from cohorts.reports.service import associations, consents, grants, publishing
from cohorts.reports.service.grants import GrantFacts
from cohorts.reports.service.running import run_report
from consortium import clock
from consortium.demonstration import cast
from consortium.people import service as people
from consortium.tenants.models import Tenant
from consortium.tenants.service import partners
from events.facade.reports import gatherings

BOARDS = "Garden Coast School Boards Association"
BY = cast.COORDINATOR.email


def report(tenant: Tenant, today: date) -> None:
    """Write down a grant, publish its report, let the boards' association read its members."""
    year = Period(first=today - timedelta(days=200), last=today + timedelta(days=200))
    grant = grants.add_grant(
        GrantFacts(
            funder="Marsh Family Foundation",
            number="MFF-2417",
            title="Teams that learn together",
            first_day=year.first,
            last_day=year.last,
            amount_cents=7_500_000,
            cash_match_cents=1_500_000,
            in_kind_cents=900_000,
            institute_ids=frozenset(one.id for one in gatherings() if not one.cancelled),
        ),
        by=BY,
    )
    run = run_report(Scope(kind=ReportKind.FUNDER, period=year, grant_id=grant.id), tenant)
    number = publishing.next_number(tenant)
    files = files_of(run.report, Imprint(number=number, at=clock.now(), on=today))
    publishing.publish(run, files, number=number, by=BY)
    _let_boards_read()


def _let_boards_read() -> None:
    """Let the school boards' association read the board members who agreed to it: some have."""
    partner = next(one for one in partners.partners() if one.name == BOARDS)
    association = associations.add_association(
        partner.id, ["board_member", "board_president"], by=BY
    )
    helper = people.person_for(people.identity_for(cast.ASSOCIATION.email))
    associations.begin_helping(association, helper, by=BY)
    for number, person in enumerate(associations.asked_people(association.id)):
        if number % 2:  # every other one has said yes
            asked = consents.asked_of(person.id)
            consents.answer(
                person.id,
                [(one.association_id, one.institute_id) for one in asked],
                by=person.email,
            )
