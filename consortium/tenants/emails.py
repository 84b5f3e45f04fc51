"""Mails about working for a consortium."""

from flask import url_for

from consortium.letters import absolute, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
from consortium.words import say


def appointed(person: Person, tenant: Tenant, *, role: str, may: str, by: str) -> Email:
    """Tell someone that they now work for the consortium, and how to begin."""
    home = url_for("institutes.home", consortium=tenant.slug)
    return letter(
        "tenants/appointed",
        to=person.email,
        subject=say("You now work for %(name)s", name=tenant.name),
        tenant=tenant,
        person=person,
        role=role,
        may=may,
        by=by,
        address=absolute(url_for("auth.sign_in", next=home)),
    )
