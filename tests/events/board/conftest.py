"""An institute with an incomplete team, a draft and a withdrawn team, and who looks at it."""

import pytest

from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import TeamStatus
from tests.browser import Browser
from tests.events.board.pages import SECRETS
from tests.events.board.rows import seat_of, store_team
from tests.factories import make_institute


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Store an incomplete team with one open invitation, a draft and a withdrawn team."""
    institute = make_institute()
    ridge = store_team(
        institute,
        1,
        ("José Muñoz", "superintendent", "confirmed"),
        ("=Ivy", "union_leader", "invited"),
        name="Ridge",
        complete=False,
        missing=["board_member"],
    )
    member = seat_of(ridge, "José Muñoz")
    member.phone = "+16095550142"
    member.dietary, member.access_needs, member.offers, member.asks = SECRETS
    store_team(
        institute,
        2,
        ("Dee", "superintendent", "named"),
        name="Bay",
        state="DE",
        status=TeamStatus.DRAFT,
        complete=False,
        missing=["union_leader", "board_member"],
    )
    store_team(institute, 3, name="Gone", status=TeamStatus.WITHDRAWN)
    return institute


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client
