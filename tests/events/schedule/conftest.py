"""An institute to plan sessions for, and the coordinator who plans them."""

from datetime import date

import pytest

from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.factories import make_institute


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Return an institute of two days in May, and two nights on which clocks change."""
    clock_changes = [date(2026, 11, 1), date(2027, 3, 14)]
    return make_institute(days=[date(2026, 5, 1), date(2026, 5, 2), *clock_changes])


@pytest.fixture
def signed_in(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client
