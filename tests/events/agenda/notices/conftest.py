"""Two people who have the keynote in their calendars."""

from typing import Any

import pytest
from flask import Flask

from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule.models import Session
from tests.calendars import deliver, told
from tests.events.agenda.notices.acting import ANA, BEN, tell
from tests.factories import make_institute, make_lea, make_session, make_team


@pytest.fixture
def institute(tenant: object) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute) -> Team:
    return make_team(
        institute, make_lea("3400001", "Oak Park"), {ANA: "superintendent", BEN: "principal"}
    )


@pytest.fixture
def keynote(institute: Institute, team: Team, app: Flask, mailer: Any) -> Session:
    """A session that both have in their calendars already."""
    session = make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00", room="Oak")
    tell(institute)
    deliver(app)
    assert told(mailer, ANA) == told(mailer, BEN) == [("REQUEST", "Key", 0)]
    mailer.sent.clear()
    return session
