"""The mail that says that a calendar's secret address has ended."""

from consortium.letters import absolute, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say


def feed_ended(person: Person, tenant: Tenant) -> Email:
    """Tell someone to subscribe again."""
    return letter(
        "calendar/feed_ended",
        to=person.email,
        subject=say("Please subscribe to your calendar again"),
        name=person.name,
        tenant=tenant,
        link=absolute(f"/{tenant.slug}/calendar"),
    )
