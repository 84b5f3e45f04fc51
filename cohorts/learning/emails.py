"""The mails of a cohort's year, and what every mail about a partnership starts from."""

from typing import Any

from cohorts.learning.models import Continuing, Partnership
from consortium.database import db
from consortium.letters import address_at, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say
from events.facade import InstituteView


def about_partnership(
    template: str,
    partnership: Partnership,
    *,
    to: Person,
    subject: str,
    link: tuple[str, dict[str, Any]],
    **values: Any,
) -> Email:
    """Return a mail to a person about a partnership; ``link`` is the page it leads to."""
    page, found_by = link
    tenant = db.session.get_one(Tenant, partnership.tenant_id)
    return letter(
        template,
        to=to.email,
        subject=subject,
        name=to.name or to.email,
        tenant=tenant,
        partnership=partnership,
        link=address_at(tenant.slug, page, **found_by),
        **values,
    )


def asked_to_continue(
    asked: Continuing, cohort: InstituteView, team: str, *, to: str, name: str
) -> Email:
    """Ask someone who speaks for a side whether the team goes on in a cohort."""
    tenant = db.session.get_one(Tenant, asked.tenant_id)
    return letter(
        "learning/asked_to_continue",
        to=to,
        subject=say("%(team)s is asked to go on in %(title)s", team=team, title=cohort.title),
        name=name,
        team=team,
        cohort=cohort,
        note=asked.note,
        tenant=tenant,
        link=address_at(tenant.slug, "learning.continuing", asked_id=asked.id),
    )
