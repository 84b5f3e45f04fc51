import pytest

from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule.models import Session
from tests.factories import make_institute, make_lea, make_person, make_session, make_team


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute) -> Team:
    return make_team(institute, make_lea("3400001", "Great Meadow"), {"ana@x.org": "principal"})


@pytest.fixture
def ana(team: Team) -> Person:
    return make_person("ana@x.org")


@pytest.fixture
def session(institute: Institute) -> Session:
    return make_session(institute, "opening", "2026-05-01T09:00", "2026-05-01T10:00")
