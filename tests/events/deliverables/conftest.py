import pytest

from consortium.tenants.models import Tenant
from events.deliverables.models import Deliverable
from events.institutes.models import Institute
from events.registration.models import Team
from tests.events.deliverables.stage import ask, team_of_two
from tests.factories import make_institute


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute) -> Team:
    return team_of_two(institute)


@pytest.fixture
def plan(institute: Institute) -> Deliverable:
    return ask(institute)


@pytest.fixture
def joint(institute: Institute) -> Deliverable:
    return ask(institute, both_sides=True)
