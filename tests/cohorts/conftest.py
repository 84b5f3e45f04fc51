"""Where several people act at one moment: an application to which threads really commit."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask

from consortium.database import db
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_tenant


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Give an application of its own to the tests of one file, on either database."""
    with application(request.param, tmp_path_factory.mktemp("own"), mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def tenant_id(own_app: Flask) -> Iterator[UUID]:
    """Return a consortium of this test alone; what the others committed is not its own."""
    with own_app.test_request_context():
        yield make_tenant(f"rush-{uuid4().hex[:8]}").id
        db.session.remove()
