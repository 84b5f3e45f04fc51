"""Two lists that name the same new person at the same moment."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from consortium import clock
from consortium.database import db, transaction
from consortium.people import service as people
from consortium.people.models import Identity
from consortium.tenancy import as_tenant
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_tenant

pytestmark = pytest.mark.real_commits


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    with application("postgresql", tmp_path, mailer=FakeMailer()) as app:
        yield app


def test_a_person_whom_another_list_names_first_is_taken_from_there(app: Flask) -> None:
    """SQLite lets only one of them write at a time, so there this cannot happen."""
    theirs: list[UUID] = []

    def another_list_is_faster(*_: object) -> None:
        if theirs:
            return
        with db.engine.begin() as other:
            theirs.append(
                other.execute(
                    text(
                        "INSERT INTO identity (id, email, created_at) "
                        "VALUES (gen_random_uuid(), 'bo@example.org', :now) RETURNING id"
                    ),
                    {"now": clock.now()},
                ).scalar_one()
            )

    with app.app_context(), as_tenant(make_tenant().id):
        db.session.rollback()
        event.listen(db.session, "before_flush", another_list_is_faster)
        with transaction():
            found = people.people_for({"ada@example.org": "Ada", "bo@example.org": "Bo"})
            event.remove(db.session, "before_flush", another_list_is_faster)

        assert found["bo@example.org"].identity_id == theirs[0]
        assert {person.name for person in found.values()} == {"Ada", "Bo"}
        assert sorted(db.session.scalars(select(Identity.email))) == [
            "ada@example.org",
            "bo@example.org",
        ]
