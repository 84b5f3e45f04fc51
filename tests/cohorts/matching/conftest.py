import pytest
from flask import Flask

from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import published, three_superintendents
from tests.factories import make_institute


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Return an institute that nobody has come to yet."""
    return make_institute()


@pytest.fixture
def met(app: Flask, institute: Institute) -> Institute:
    """Return an institute where Ana, Ben and Cy are each other's peers."""
    three_superintendents(institute)
    with app.test_request_context():
        published(institute)
    return institute


@pytest.fixture
def ana(client: Browser, met: Institute) -> Browser:
    """Return a browser in which Ana is signed in."""
    client.sign_in("ana@example.org")
    return client
