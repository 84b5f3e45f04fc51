"""Rules of clocks change: nine o'clock stays nine o'clock there, and people are told once."""

import zoneinfo
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consortium import zones
from consortium.database import db
from consortium.people import service as people
from events.agenda.jobs.clocks import follow_clocks
from events.agenda.jobs.notices import tell_of_changes
from events.agenda.service import feed_of
from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.calendars import deliver, sent_to, told
from tests.events.agenda.notices.acting import ANA, tell
from tests.factories import make_session
from tests.zone_files import zones_of

VANCOUVER, WEST, EAST, PHOENIX = (
    "America/Vancouver",
    "America/Los_Angeles",
    "America/New_York",
    "America/Phoenix",
)
OLD = {
    VANCOUVER: "PST8PDT,M3.2.0,M11.1.0",
    WEST: "PST8PDT,M3.2.0,M11.1.0",
    EAST: "EST5EDT,M3.2.0,M11.1.0",
    PHOENIX: "MST7",
}
NEW = {**OLD, VANCOUVER: "<-07>7"}
"""British Columbia keeps its summer time in winter."""
DAY = "2027-01-15T09:00", "2027-01-15T10:00"


@pytest.fixture
def sessions(institute: Institute, team: Team, tmp_path: Path, app: Flask) -> dict[str, Session]:
    """A session at nine in each zone, placed in time by the old rules and told to everyone."""
    with zones_of(tmp_path, OLD):
        found = {
            zone: make_session(
                institute, f"s{n}", *DAY, time_zone=zone, title=zone.partition("/")[2]
            )
            for n, zone in enumerate(OLD)
        }
        for session in found.values():
            session.zones_version = "2025b"
        db.session.commit()
        tell(institute)
        deliver(app)
    return found


def test_only_where_the_rules_changed_does_anything_move_and_nobody_is_told_twice(
    app: Flask,
    mailer: Any,
    sessions: dict[str, Session],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {zone: session.starts_at for zone, session in sessions.items()}
    mailer.sent.clear()
    monkeypatch.setattr("events.schedule.service.clocks.zones_version", lambda: "2026b")
    with zones_of(tmp_path / "new", NEW):
        assert follow_clocks(app) == 1
        assert follow_clocks(app) == 0
        tell_of_changes(app)
        tell_of_changes(app)
        deliver(app)

        db.session.expire_all()
        moved = {z for z, session in sessions.items() if session.starts_at != before[z]}
        assert moved == {VANCOUVER}
        assert {session.zones_version for session in sessions.values()} == {"2026b"}
        vancouver = sessions[VANCOUVER]
        assert vancouver.starts == datetime(2027, 1, 15, 9)
        assert str(vancouver.starts_at) == "2027-01-15 16:00:00+00:00"
        (mail,) = sent_to(mailer, ANA)
        text = mail.text.replace("\u202f", " ")
        assert mail.subject == "Changed: Vancouver"
        assert "The clocks there follow other rules now. It is still at 9:00 AM there" in text
        assert "Before:" not in text
        assert told(mailer, ANA) == [("REQUEST", "Vancouver", 1)]
        events = feed_of(ana(), url_of=lambda _: "https://x.org")
        assert {one.summary: one.sequence for one in events}["Vancouver"] == 1


def test_what_is_past_stays_as_it_happened(
    app: Flask,
    sessions: dict[str, Session],
    tmp_path: Path,
    frozen: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frozen("2027-02-01T12:00+00:00")
    monkeypatch.setattr("events.schedule.service.clocks.zones_version", lambda: "2026b")

    with zones_of(tmp_path / "new", NEW):
        assert follow_clocks(app) == 0

    assert sessions[VANCOUVER].zones_version == "2025b"


def test_zones_are_those_that_we_ship_and_a_session_says_which(
    institute: Institute, tmp_path: Path
) -> None:
    assert zoneinfo.TZPATH == ()
    session = make_session(institute, "now", *DAY)
    assert session.zones_version == zones.zones_version()
    session.zones_version = "2025b"
    session.starts_at = session.starts_at
    assert session.zones_version == zones.zones_version()
    assert schedule.is_ahead(session)


def ana() -> Any:
    return people.person_for(people.identity_for(ANA))
