"""Who may come: the LEA's state and kind, and whatever else stands between it and a team."""

from blinker import Signal

from consortium.directory.models import Lea
from consortium.letters import absolute
from consortium.tenants import service as tenants
from consortium.words import say
from events.institutes.domain import AdmittedAs
from events.institutes.models import Institute
from events.registration.domain import (
    RegistrationRefused,
    admit,
    check_unit,
    place_name,
    team_roles,
    visitor_roles,
)
from events.registration.domain.admission import Partnership
from events.registration.service.finding import contact_of

team_starting = Signal("someone is about to start a team")
"""Sent with the institute and ``lea_id``: who keeps another way in raises ``Refusal``."""


def check_lea(institute: Institute, lea: Lea) -> AdmittedAs:
    """Return on what ground the LEA may send a team.

    Raises ``RegistrationRefused`` with the states (or kinds of LEA) that may and whom to ask; it
    leads on to the state's own partnership where there is one.
    """
    ground = ground_of(institute, lea.state)
    check_unit(lea.kind, institute.unit_types, contact=contact_of(institute))
    terms = institute.terms
    if not team_roles(terms, lea.state) and visitor_roles(terms, lea.state):
        raise RegistrationRefused(
            say(
                "People from %(state)s come to this institute as visitors, without a team. "
                "Register on the visitors' page.",
                state=place_name(lea.state),
            )
        )
    return ground


def ground_of(institute: Institute, state: str) -> AdmittedAs:
    """Return on what ground people of this state may come. Raises ``RegistrationRefused``."""
    admission = institute.admission
    refused = admission.of(state) is AdmittedAs.NOT
    elsewhere = partnership_of(institute, state) if refused else None
    return admit(admission, state, contact=contact_of(institute), elsewhere=elsewhere)


def partnership_of(institute: Institute, state: str) -> Partnership | None:
    """Return the state's own partnership: the one the host names, or one of this installation."""
    named = institute.partnership_links.get(state)
    if named:
        return Partnership(name=named["name"], url=named["url"])
    for tenant in tenants.consortia():
        if state in tenant.states and tenant.id != institute.tenant_id:
            return Partnership(name=tenant.name, url=absolute(f"/{tenant.slug}/"))
    return None
