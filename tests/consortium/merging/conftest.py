"""Two records of one person, and two entries of one LEA."""

import pytest

from consortium.directory.models import Lea
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from tests.factories import make_lea, make_person


@pytest.fixture
def pat(tenant: Tenant) -> Person:
    return make_person("pat.lee@oak.org", "Pat Lee")


@pytest.fixture
def twin(tenant: Tenant) -> Person:
    return make_person("plee@gmail.com", "P. Lee")


@pytest.fixture
def oak(tenant: Tenant) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def charter(tenant: Tenant) -> Lea:
    return make_lea("3400002", "Oak Park Charter")
