"""An institute to plan sessions for, and the coordinator who plans them."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import Seat
from events.registration.service import attendees_on
from events.schedule.domain import Attendee
from events.schedule.models import PlaceNews, Session
from tests.browser import Browser
from tests.events.schedule.proposing import draft_programme
from tests.factories import make_institute, make_lea, make_session, make_team


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Return an institute of two days in May, and two nights on which clocks change."""
    clock_changes = [date(2026, 11, 1), date(2027, 3, 14)]
    return make_institute(days=[date(2026, 5, 1), date(2026, 5, 2), *clock_changes])


@pytest.fixture
def signed_in(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


@pytest.fixture
def people(institute: Institute) -> list[Seat]:
    """Five people of one team: p0 a superintendent, the others principals."""
    roles = {f"p{n}@x.org": "principal" if n else "superintendent" for n in range(5)}
    return make_team(institute, make_lea("3400001", "Great Meadow"), roles).seats


@pytest.fixture
def who(people: list[Seat]) -> Callable[[int], Attendee]:
    """Return each of them as the programme sees them."""
    ids = [seat.id for seat in people]
    return lambda n: attendees_on([ids[n]])[ids[n]]


@pytest.fixture
def told() -> Callable[[], list[PlaceNews]]:
    """Return what people are still to be told, in the order in which it happened."""
    return lambda: list(
        db.session.scalars(select(PlaceNews).order_by(PlaceNews.since, PlaceNews.id))
    )


@pytest.fixture
def sessions(institute: Institute) -> Mapping[str, Session]:
    """Three sessions of one round with one place each, and one of a later round."""
    times = dict.fromkeys(("a1", "a2", "a3"), "2026-05-01T10:00") | {"b1": "2026-05-01T14:00"}
    return {
        code: make_session(
            institute,
            code,
            at,
            at.replace(":00", ":50"),
            title=code.upper(),
            choice_group=code[0].upper(),
            capacity=1,
        )
        for code, at in times.items()
    }


@pytest.fixture
def draft(institute: Institute) -> Institute:
    """Return a draft that can be improved: two times and two rooms, and Ann in two places."""
    return draft_programme(institute)
