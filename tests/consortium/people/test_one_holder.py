"""Offices that one person at a time holds, that each school has, and mistakes taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.people.domain import OfficeRefused
from consortium.people.models import Person
from consortium.people.service import offices, roles
from consortium.tenants.models import Tenant
from tests.consortium.people.test_service import hold
from tests.factories import make_lea, make_person

BY = "coordinator@example.org"


@pytest.fixture
def ada(tenant: Tenant) -> Person:
    with transaction():
        roles.seed_catalogue()
    return make_person("ada@example.org", "Ada")


def test_an_office_of_one_holder_is_free_before_the_next_one_begins(ada: Person) -> None:
    for lea, label in (("3400001", "Bay Harbor"), ("3400002", "Cape")):
        make_lea(lea, label)
    bo = make_person("bo@example.org", "Bo")
    chief = {"role_code": "superintendent"}
    mine = hold(ada, "2024-07-01", **chief)

    with pytest.raises(OfficeRefused, match="Ada holds this office from 2024-07-01"):
        hold(bo, "2025-07-01", **chief)
    hold(bo, "2025-07-01", **chief, lea_id="3400002")
    hold(bo, "2025-07-01")  # an office that several hold

    with transaction():
        offices.leave_office(mine, date(2025, 6, 30), by=BY)
    hold(bo, "2025-07-01", **chief)
    with pytest.raises(OfficeRefused, match="Bo holds this office"), transaction():
        offices.resume_office(mine, None, by=BY)


def test_a_last_day_entered_by_mistake_is_taken_back_and_an_office_struck_off(ada: Person) -> None:
    make_lea("3400001", "Bay Harbor")
    mine = hold(ada, "2024-07-01", role_code="superintendent")
    with transaction():
        offices.leave_office(mine, date(2025, 6, 30), by=BY)
        offices.resume_office(mine, None, by=BY)
    assert mine.ends_on is None
    with transaction():
        offices.strike_office(mine, by=BY)
    assert offices.offices_of(ada) == []
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts[-3:] == ["leave_office", "resume_office", "strike_office"]


def test_each_school_of_an_lea_has_its_own_offices(ada: Person) -> None:
    make_lea("3400001", "Bay Harbor")
    hold(ada, "2024-07-01", role_code="principal", site="Elm")
    hold(ada, "2024-07-01", role_code="principal", site="Oak")
    with pytest.raises(OfficeRefused, match="holds that office already"):
        hold(ada, "2025-07-01", role_code="principal", site="Oak")
