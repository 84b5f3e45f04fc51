"""An institute to plan sessions for, and the coordinator who plans them."""

import pytest

from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.factories import make_institute


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


@pytest.fixture
def signed_in(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client
