"""Ana, the principal of a team, and the breakouts she may choose from."""

import pytest

from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule.models import Session
from tests.browser import Browser
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
def signed_in(client: Browser, ana: Person) -> Browser:
    client.sign_in("ana@x.org")
    return client


@pytest.fixture
def breakouts(institute: Institute) -> list[Session]:
    return [
        make_session(
            institute,
            code,
            "2026-05-01T10:00",
            "2026-05-01T11:00",
            title=f"Story {code}",
            kind="breakout",
            choice_group="A",
            capacity=2,
        )
        for code in ("a1", "a2", "a3")
    ]
