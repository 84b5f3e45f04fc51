"""The coordinator's pages about what was entered twice."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium.database import db
from consortium.merging.models import Merge, MergeKind, NotDuplicates
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.registration.models import Seat
from tests.browser import Browser
from tests.factories import make_institute, make_lea, make_person, make_team
from tests.queries import counting_queries

LIST = "/lakeshore/manage/duplicates"


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def twins(number: int = 0) -> tuple[Person, Person]:
    """Return two people of one LEA with one phone number; both have a seat."""
    lea = make_lea(f"34000{number:02}", f"Oak Park {number}")
    first, second = f"pat{number}@oak.org", f"p.lee{number}@gmail.com"
    for n, email in enumerate((first, second)):
        make_team(make_institute(f"institute-{number}-{n}"), lea, {email: "principal"})
    found = [make_person(email) for email in (first, second)]
    for person in found:
        person.phone = f"+1609555{number:04}"
    db.session.commit()
    return found[0], found[1]


def test_two_are_compared_and_merged_and_parted(staff: Browser, tenant: Tenant) -> None:
    pat, twin = twins()

    page = staff.get(LIST)
    assert "pat0@oak.org" in page.text
    assert "The same telephone number" in page.text
    compare = f"{LIST}/people/{pat.id}/{twin.id}"
    shown = words(staff.get(compare))
    assert "Institute-0-0 Institute: Oak Park 0, Principal: confirmed" in shown
    assert "Institute-0-1 Institute: Leads Oak Park 0" in shown

    answer = staff.post(compare, data={"keep": str(pat.id), "action_key": "k1"})
    assert answer.location == f"{LIST}/merged"
    assert set(db.session.scalars(select(Seat.person_id))) == {pat.id}
    after = words(staff.get(f"{LIST}/merged"))
    assert "They are one person now. You can undo this for 30 days." in after
    assert staff.get(compare).status_code == 404

    merge = db.session.scalars(select(Merge)).one()
    assert merge.evidence == ["same_office", "same_phone"]
    staff.post(f"{LIST}/merged/{merge.id}/undo")
    assert set(db.session.scalars(select(Seat.person_id))) == {pat.id, twin.id}
    assert "Undone Monday, March 2, 2026" in words(staff.get(f"{LIST}/merged"))


def test_two_people_are_not_proposed_again(staff: Browser, tenant: Tenant) -> None:
    pat, twin = twins()

    staff.post(f"{LIST}/people/{pat.id}/{twin.id}/different")
    staff.post(f"{LIST}/people/{twin.id}/{pat.id}/different")

    assert "Nobody looks as if entered twice." in staff.get(LIST).text
    said = db.session.scalars(select(NotDuplicates)).one()
    assert (said.kind, {said.one_id, said.other_id}) == (
        MergeKind.PERSON,
        {str(pat.id), str(twin.id)},
    )


def test_a_choice_is_needed(staff: Browser, tenant: Tenant) -> None:
    pat, twin = twins()
    answer = staff.post(f"{LIST}/people/{pat.id}/{twin.id}", data={"action_key": "k1"})

    assert answer.status_code == 422
    assert "Choose which one is kept." in words(answer)


def test_two_addresses_are_compared(staff: Browser, tenant: Tenant) -> None:
    pat, twin = twins()

    found = staff.get(f"{LIST}?one=PAT0@oak.org&other=p.lee0@gmail.com")
    assert found.location == f"{LIST}/people/{pat.id}/{twin.id}"
    unknown = staff.get(f"{LIST}?one=pat0@oak.org&other=nobody@x.org")
    assert (unknown.status_code, "Nobody has this address here." in unknown.text) == (422, True)
    same = words(staff.get(f"{LIST}?one=pat0@oak.org&other=pat0@oak.org"))
    assert "Both addresses lead to one person already." in same


@pytest.mark.parametrize(
    ("one", "said"),
    [
        ("", "Enter an address."),
        ("pat0", "“pat0” is not an e-mail address"),
        ("a%00@oak.org", "Remove the hidden control characters"),
    ],
)
def test_what_is_no_address_says_so(staff: Browser, one: str, said: str) -> None:
    answer = staff.get(f"{LIST}?one={one}&other=plee@gmail.com")

    assert (answer.status_code, said in words(answer)) == (422, True)
    assert 'value="plee@gmail.com"' in answer.text


def test_leas_are_compared_and_merged(staff: Browser, tenant: Tenant) -> None:
    for n, name in enumerate(("Oak Park", "Oak Park")):
        make_team(make_institute(f"institute-{n}"), make_lea(f"340000{n}", name))
    compare = f"{LIST}/leas/3400000/3400001"

    assert compare in staff.get(f"{LIST}/leas").text
    assert "The same city" in words(staff.get(compare))
    staff.post(compare, data={"keep": "3400000", "action_key": "k1"})
    assert "Oak Park, NJ (3400000)" in words(staff.get(f"{LIST}/merged"))
    assert "No two LEAs you deal with look like one." in staff.get(f"{LIST}/leas").text


def test_two_leas_are_not_proposed_again(staff: Browser, tenant: Tenant) -> None:
    for n, name in enumerate(("Oak Park", "Oak Park")):
        make_team(make_institute(f"institute-{n}"), make_lea(f"340000{n}", name))

    staff.post(f"{LIST}/leas/3400000/3400001/different")

    assert "No two LEAs you deal with look like one." in staff.get(f"{LIST}/leas").text


@pytest.mark.parametrize("page", ["", "/leas", "/merged"])
def test_lists_take_as_many_queries_for_three_as_for_one(
    staff: Browser, tenant: Tenant, page: str
) -> None:
    def make(number: int) -> None:
        pat, twin = twins(number)
        make_team(make_institute(f"x-{number}"), make_lea(f"34100{number:02}", f"Elm {number}"))
        make_team(make_institute(f"y-{number}"), make_lea(f"34200{number:02}", f"Elm {number}"))
        db.session.add(
            Merge(
                kind=MergeKind.PERSON,
                kept_id=str(pat.id),
                gone_id=str(twin.id),
                merged_by="x@y.org",
                merged_at=tenant.created_at,
            )
        )
        db.session.commit()

    make(1)
    staff.get(LIST + page)
    with counting_queries() as one:
        assert "1" in words(staff.get(LIST + page))
    make(2)
    make(3)
    with counting_queries() as three:
        staff.get(LIST + page)

    assert len(three) == len(one), three.statements
