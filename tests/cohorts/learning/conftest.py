from typing import Any

import pytest

from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import Team
from tests.factories import make_institute, make_lea, make_team

ROSTER = {
    "sue@example.org": "superintendent",
    "uma@example.org": "union_leader",
    "tom@example.org": "teacher",
}


@pytest.fixture
def cohort(tenant: Tenant) -> Institute:
    """Return a cohort that is announced and has no meetings yet."""
    return make_institute("year", kind="cohort", title="The year")


@pytest.fixture
def harbor(cohort: Institute) -> Team:
    """Return a registered team with people of both sides."""
    return make_team(cohort, make_lea("3400001", "Harbor"), ROSTER)


@pytest.fixture
def people_of(harbor: Team) -> Any:
    """Return the ids of Harbor's people by the beginning of their address."""
    return {seat.person.email.split("@")[0]: seat.person_id for seat in harbor.seats}
