"""Several coordinators publish at the same moment: it becomes public once, and people hear once."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.errors import Conflict
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Release
from events.schedule.service import publishing
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.schedule.sessions import BY, spec
from tests.factories import make_institute, make_tenant
from tests.meeting import Meeting, at_once

COORDINATORS = 6

pytestmark = pytest.mark.real_commits


class Office:
    """Coordinators who all look at the same draft and press the same button."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tenant_id: UUID = make_tenant().id
        with as_tenant(self.tenant_id):
            institute = make_institute()
            with transaction():
                schedule.add_session(institute, spec(starts=None, ends=None), by=BY)
            self.seen = schedule.pending(institute).seen
        db.session.remove()

    def publish_at_once(self) -> tuple[int, list[BaseException]]:
        """Return how many published something, and what went wrong."""
        published: list[Release] = []

        def publish() -> None:
            with transaction():
                institute = db.session.scalars(select(Institute)).one()
                release = schedule.publish_programme(institute, seen=self.seen, by=BY)
            if release is not None:
                published.append(release)

        refused, broken = at_once(self.app, self.tenant_id, [publish] * COORDINATORS)
        # Someone else published what was looked over: the page says so.
        assert {type(refusal) for refusal in refused} <= {Conflict}
        return len(published), broken


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def office(kind: str, tmp_path: Path) -> Iterator[Office]:
    with application(kind, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield Office(app)


def test_what_several_publish_at_once_becomes_public_once(office: Office) -> None:
    assert office.publish_at_once() == (1, [])

    with as_tenant(office.tenant_id):
        assert [one.number for one in db.session.scalars(select(Release))] == [1]
    db.session.remove()


@pytest.mark.parametrize("kind", ["postgresql"])
def test_it_fails_when_nobody_waits_for_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control. SQLite has one writer at a time, whoever waits."""
    meeting, pending = Meeting(COORDINATORS), publishing.pending

    def look_together(institute: Institute) -> publishing.Pending:
        found = pending(institute)
        meeting.wait()
        return found

    monkeypatch.setattr(publishing, "hold_programme", lambda _: None)
    monkeypatch.setattr(publishing, "pending", look_together)

    published, broken = office.publish_at_once()

    assert (published, broken) != (1, [])
