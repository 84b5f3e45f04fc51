"""People and LEAs of the matrix that were entered twice, and a merge to undo."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from consortium.merging import service as merging
from consortium.people.domain import Office, Term
from consortium.people.models import Person
from consortium.people.service import offices
from tests.factories import make_lea, make_person


def merging_things(slug: str, number: int) -> Mapping[str, Any]:
    """Store them; return them by the names the table of policies uses."""
    leas = [make_lea(f"34{number}800{n}", f"Twin of {slug}") for n in (1, 2)]
    twins = [make_person(f"twin{n}@{slug}.example.org", f"Twin of {slug}") for n in range(4)]
    for n, lea in enumerate(leas):
        _appoint(twins[n], lea.id)
    done = merging.merge_people(twins[2].id, twins[3].id, by="test", may_choose_staff=False)
    return {
        "one_id": twins[0].id,
        "other_id": twins[1].id,
        "one_lea": leas[0].id,
        "other_lea": leas[1].id,
        "merge_id": done.id,
    }


def _appoint(person: Person, lea_id: str) -> None:
    office = Office(role_code="principal", lea_id=lea_id)
    offices.hold_office(person, office, Term(begins_on=date(2025, 7, 1)), by="test")
