"""Who looks at money."""

import pytest

from consortium.people.models import Person
from tests.browser import Browser
from tests.factories import make_person


@pytest.fixture
def finance(client: Browser, coordinator: Person) -> Person:
    """Return the finance officer, signed in; the coordinator works there, too."""
    person = make_person("finance@example.org", "Fin", staff="finance")
    client.sign_in("finance@example.org")
    return person
