import pytest

from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.factories import make_institute


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Return an institute that nobody has come to yet."""
    return make_institute()
