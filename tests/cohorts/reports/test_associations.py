"""An association reads the names of its own people who agreed to it, as long as they do."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.reports.models import Association
from cohorts.reports.service import associations, consents
from consortium.access import StaffRole
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.errors import NotFound
from consortium.merging.service import merge_people
from consortium.people.models import Person
from consortium.tenants.domain.consortia import PartnerRole
from consortium.tenants.models import Tenant
from consortium.tenants.service import partners, staff
from tests.cohorts.reports.stage import BY, hold
from tests.factories import make_person

BOARD = {"board_member": 6, "superintendent": 6}


@pytest.fixture
def boards(app: Flask, tenant: Tenant, noon: Any) -> Association:
    """The boards' association, with somebody who reads for it, at a workshop of twelve."""
    hold("workshop", {"NJ": BOARD})
    partner = partners.add_partner("NJSBA", PartnerRole.CO_HOST, by=BY)
    association = associations.add_association(partner.id, ["board_member"], by=BY)
    with app.test_request_context():
        associations.add_helper(association.id, "helper@njsba.example.org", "Helper", tenant, by=BY)
    db.session.commit()
    return association


def helper() -> Person:
    return associations.helpers()[0].person


def agree(number: int) -> Person:
    person = associations.asked_people(associations.associations()[0].id)[number]
    asked = [(one.association_id, one.institute_id) for one in consents.asked_of(person.id)]
    consents.answer(person.id, asked, by=person.email)
    db.session.commit()
    return person


def named(association: Association) -> list[str]:
    _, (workshop,) = associations.own_people(association.id, helper().id)
    assert workshop.own == 6
    return [member.name for member in workshop.members]


def test_who_comes_to_read_for_an_association_stands_on_record_once(
    app: Flask, boards: Association, tenant: Tenant
) -> None:
    with app.test_request_context():
        associations.add_helper(boards.id, "two@njsba.example.org", "Two", tenant, by=BY)
        make_person("three@njsba.example.org", staff="viewer")
        associations.add_helper(boards.id, "three@njsba.example.org", "Three", tenant, by=BY)
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    begun = [row.after for row in rows if row.act == "begin_helping"]
    assert [one["role"] for one in begun if "role" in one] == ["viewer", "viewer"]
    assert len(begun) == 3
    assert "appoint" not in {row.act for row in rows}
    who = {row.person.email: row.role for row in staff.staff()}
    assert who["two@njsba.example.org"] is StaffRole.VIEWER


def test_what_was_agreed_to_ends_when_it_is_taken_back_and_by_itself(
    boards: Association, frozen: Any
) -> None:
    person = agree(0)
    assert named(boards) == [person.name]

    consents.answer(person.id, [], by=person.email)
    assert named(boards) == []

    agree(0)
    frozen("2026-06-30T12:00Z")
    assert named(boards) == [person.name]
    frozen("2026-07-02T12:00Z")
    assert named(boards) == []


def test_only_ones_own_associations_are_asked_about(boards: Association, tenant: Tenant) -> None:
    (asked,) = consents.asked_of(agree(2).id)
    assert asked.agreed
    assert "NJSBA may read at Workshop that I take part" in asked.words

    other = hold("other", {"NJ": {"superintendent": 1}}, first=90)
    with pytest.raises(NotFound):
        consents.answer(helper().id, [(boards.id, other.id)], by=BY)


def test_who_does_not_read_for_it_finds_nothing(boards: Association) -> None:
    with pytest.raises(NotFound):
        associations.own_people(boards.id, agree(0).id)
    associations.end_helper(associations.helpers()[0].id, by=BY)
    with pytest.raises(NotFound):
        associations.own_people(boards.id, agree(0).id)


def test_a_consent_does_not_pass_to_the_other_record_of_a_person(boards: Association) -> None:
    """I13: the stricter side holds; who it is is asked again."""
    people = associations.asked_people(boards.id)
    gone = agree(3)
    hold("elsewhere", {"NJ": {"superintendent": 1}}, first=70)
    kept = next(one for one in db.session.query(Person) if one.name.startswith("Superintendent70"))
    db.session.commit()

    merge_people(kept.id, gone.id, by=BY, may_choose_staff=True)

    assert gone in people
    assert named(boards) == []
