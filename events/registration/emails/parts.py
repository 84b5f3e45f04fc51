"""What every mail of registration starts from."""

from typing import Any

from consortium.database import db
from consortium.letters import address_at, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.registration.models import Seat, Team


def to_lead(template: str, team: Team, to: Person, subject: str, **values: Any) -> Email:
    """Return a mail to a lead that leads to the page of the team."""
    link = page(team.institute, "registration.team", team_id=team.id)
    return letter_about(
        template, team.institute, to=to.email, subject=subject, team=team, link=link, **values
    )


def letter_about(template: str, institute: Institute, **values: Any) -> Email:
    """Return a mail of registration that knows its institute and when that is."""
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    return letter(
        f"registration/{template}",
        institute=institute,
        when=institutes.when_told(institute),
        tenant=tenant,
        **values,
    )


def page(institute: Institute, endpoint: str, **values: Any) -> str:
    """Return a page's absolute address; commands and workers need it too, outside any request."""
    tenant = db.session.get_one(Tenant, institute.tenant_id)
    return address_at(tenant.slug, endpoint, **values)


def role_labels(seat: Seat) -> list[str]:
    """Name the roles of a seat as the institute calls them."""
    labels = {role.code: role.label for role in seat.team.institute.roles}
    return [labels.get(code, code) for code in seat.role_codes]
