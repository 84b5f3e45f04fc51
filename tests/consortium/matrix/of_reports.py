"""The routes of reports, grants and associations: who may call what, and what acts write down."""

from collections.abc import Mapping
from datetime import date

from cohorts.reports.domain.composing import Frame, compose
from cohorts.reports.domain.ground import Ground
from cohorts.reports.domain.scope import Period, ReportKind, Scope
from cohorts.reports.service import associations, grants, publishing
from cohorts.reports.service.grants import GrantFacts
from cohorts.reports.service.running import Run
from consortium.database import db
from consortium.people import service as people
from consortium.tenancy import require_tenant
from consortium.tenants.domain.consortia import PartnerRole
from consortium.tenants.models import Tenant
from consortium.tenants.service import partners
from tests.consortium.matrix.act import Act
from tests.consortium.matrix.policy import COUNTS, NAMES, RUNS_IT, SIGNED_IN, Answer, Policy

owner = Policy(may=frozenset({"owner"}))
runs_it = Policy(may=RUNS_IT)
sees_counts = Policy(may=COUNTS)
helps_it = Policy(may=frozenset({"viewer"}), others=Answer.MISSING)

POLICIES: Mapping[str, Policy] = {
    "reports.home GET": sees_counts,
    "reports.show GET": sees_counts,
    "reports.file GET": sees_counts,
    "reports.pdf GET": sees_counts,
    "reports.take_back GET": runs_it,
    "reports.take_back POST": runs_it,
    "reports.new GET": runs_it,
    "reports.publish POST": runs_it,
    "reports.dashboard GET": Policy(may=NAMES),
    "reports.grants GET": runs_it,
    "reports.new_grant GET": runs_it,
    "reports.new_grant POST": runs_it,
    "reports.grant GET": runs_it,
    "reports.grant POST": runs_it,
    "reports.remove_grant POST": runs_it,
    "reports.associations GET": owner,
    "reports.associations POST": owner,
    "reports.add_helper POST": owner,
    "reports.end_helper POST": owner,
    "reports.remove_association POST": owner,
    "reports.own_people GET": helps_it,
    "reports.my_name GET": Policy(may=SIGNED_IN),
    "reports.my_name POST": Policy(may=SIGNED_IN),
}
YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
ACTS: Mapping[str, Act] = {
    "reports.take_back POST": Act(named="take_back", fills={"why": "A wrong period."}),
    "reports.publish POST": Act(
        named="publish",
        fills={
            "kind": "reach",
            "first": "2026-01-01",
            "last": "2026-12-31",
            "grant": "",
            "states": "",
        },
        on="reports.new GET",
    ),
    "reports.new_grant POST": Act(
        named="add_grant",
        fills={
            "funder": "NEA",
            "number": "S-1",
            "title": "State project",
            "first_day": "2026-01-01",
            "last_day": "2026-12-31",
            "amount": "25000",
        },
    ),
    "reports.grant POST": Act(named="change_grant", fills={"title": "Other"}),
    "reports.remove_grant POST": Act(named="remove_grant", on="reports.grant GET"),
    "reports.associations POST": Act(
        named="add_association", by="owner", fills={"roles": ["board_member"]}
    ),
    "reports.add_helper POST": Act(
        named="begin_helping",
        by="owner",
        fills={"email": "new@njsba.example.org", "name": "New"},
        on="reports.associations GET",
    ),
    "reports.end_helper POST": Act(named="end_helper", by="owner", on="reports.associations GET"),
    "reports.remove_association POST": Act(
        named="remove_association", by="owner", on="reports.associations GET"
    ),
    "reports.my_name POST": Act(named="answer_associations", by="member"),
}


def reported(slug: str) -> dict[str, object]:
    """Publish a report, write down a grant, let the viewer read for an association of members."""
    tenant = db.session.get_one(Tenant, require_tenant())
    report = compose(
        ReportKind.REACH,
        Ground(),
        Frame(consortium=tenant.name, colour=tenant.brand_colour, made_on=YEAR.first),
    )
    run = Run(scope=Scope(kind=ReportKind.REACH, period=YEAR), report=report, covered=())
    number = publishing.next_number(tenant)
    row = publishing.publish(run, {"csv": b"a,b", "pdf": b"%PDF"}, number=number, by="test")
    facts = GrantFacts(
        funder="FMCS",
        number="1",
        title="A grant",
        first_day=YEAR.first,
        last_day=YEAR.last,
        amount_cents=100,
    )
    grant = grants.add_grant(facts, by="test")
    partner = partners.add_partner("Heads", PartnerRole.CO_HOST, by="test")
    partners.add_partner("Others", PartnerRole.CO_HOST, by="test")
    association = associations.add_association(partner.id, ["principal"], by="test")
    person = people.person_for(people.identity_for(f"viewer@{slug}.example.org"))
    helping = associations.begin_helping(association, person, by="test")
    db.session.commit()
    return {
        "report_id": row.id,
        "grant_id": grant.id,
        "association_id": association.id,
        "helper_id": helping.id,
    }
