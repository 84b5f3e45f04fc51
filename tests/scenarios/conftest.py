"""What the acceptance tests of the scenarios share."""

from collections.abc import Callable
from typing import Any

import pytest

from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.scenarios.attending import Stage
from tests.scenarios.registering import Scene


@pytest.fixture
def scene(tenant: Tenant, client: Browser, frozen: Any) -> Callable[[str, str], Scene]:
    """Return a function that sets the scene of one acceptance test of a scenario file."""

    def of(name: str, test: str) -> Scene:
        return Scene(client, frozen, name, test)

    return of


@pytest.fixture
def stage(tenant: Tenant, frozen: Any, client: Browser) -> Any:
    def of(name: str, test: str) -> Stage:
        return Stage(name, test, frozen, client)

    return of
