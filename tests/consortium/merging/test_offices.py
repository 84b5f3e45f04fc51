"""Offices that were held under two records: one term, and nothing for who is gone."""

from datetime import date

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people import service as people
from consortium.people.domain import Office, OfficeRefused, Side, Term
from consortium.people.models import Appointment, Person, Role
from consortium.people.service import offices
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.tenants.models import Tenant
from tests.consortium.merging.acting import BY, merge, merge_leas, part
from tests.consortium.merging.worlds import stored
from tests.factories import make_person, make_tenant


@pytest.fixture(autouse=True)
def chief(tenant: Tenant) -> None:
    db.session.add(Role(code="chief", label="Chief", side=Side.MANAGEMENT, position=0))
    db.session.commit()


def hold(person: Person, lea: Lea, first: str, last: str | None = None) -> Appointment:
    term = Term(
        begins_on=date.fromisoformat(first), ends_on=date.fromisoformat(last) if last else None
    )
    with transaction():
        office = Office(role_code="chief", lea_id=lea.id)
        return offices.hold_office(person, office, term, by=BY)


def held() -> list[tuple[Person, str | None, date, date | None]]:
    rows = db.session.scalars(select(Appointment).order_by(Appointment.begins_on)).all()
    found = [(people.get_person(row.person_id), row.lea_id, row.term) for row in rows]
    return [(person, lea_id, term.begins_on, term.ends_on) for person, lea_id, term in found]


def test_terms_that_overlap_are_one(pat: Person, twin: Person, oak: Lea) -> None:
    hold(pat, oak, "2020-01-01", "2020-03-31")
    hold(pat, oak, "2020-06-01", "2020-08-31")
    hold(twin, oak, "2020-02-01", "2020-07-31")
    hold(twin, oak, "2021-01-01")
    before = stored()

    done = merge(pat, twin)

    assert held() == [
        (pat, oak.id, date(2020, 1, 1), date(2020, 8, 31)),
        (pat, oak.id, date(2021, 1, 1), None),
    ]
    part(done)
    assert stored() == before


def test_terms_at_two_entries_of_one_lea_are_one(
    pat: Person, twin: Person, oak: Lea, charter: Lea
) -> None:
    hold(pat, oak, "2020-01-01", "2021-12-31")
    hold(pat, charter, "2021-07-01")
    hold(twin, charter, "2021-08-01")
    before = stored()

    done = merge_leas(oak, charter)

    assert held() == [
        (pat, oak.id, date(2020, 1, 1), None),
        (twin, oak.id, date(2021, 8, 1), None),
    ]
    part(done)
    assert stored() == before


def test_who_is_gone_takes_no_office_any_more(
    pat: Person, twin: Person, oak: Lea, charter: Lea
) -> None:
    merge(pat, twin)
    merge_leas(oak, charter)

    hold(people.get_person(twin.id), charter, "2020-01-01")

    assert held() == [(pat, oak.id, date(2020, 1, 1), None)]
    with pytest.raises(OfficeRefused, match="merged with another at this moment"):
        hold(twin, oak, "2010-01-01", "2010-12-31")


def test_other_consortia_know_both_people_as_before(pat: Person, twin: Person, oak: Lea) -> None:
    there, addresses = make_tenant("hillside").id, [pat.email, twin.email]
    with as_tenant(there):
        theirs = [make_person(address) for address in addresses]
        db.session.add(Role(code="chief", label="Chief", side=Side.MANAGEMENT, position=0))
        hold(theirs[1], oak, "2020-01-01")
        before = stored()

    merge(pat, twin)

    with as_tenant(there):
        assert stored() == before
        assert [tenants.standing_of(one.identity).person for one in theirs] == theirs
