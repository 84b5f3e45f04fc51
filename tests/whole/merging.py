"""People and LEAs of the world that were entered twice, and merges that can be undone."""

from datetime import date

from consortium.database import db, transaction
from consortium.merging import service as merging
from consortium.people.domain import Office, Term
from consortium.people.models import Person
from consortium.people.service import offices
from tests.factories import make_lea, make_person
from tests.whole.world import World


def enter_twice(world: World) -> None:
    """Store ``size`` pairs of people, ``size`` pairs of LEAs, and ``size`` merges."""
    for n in range(world.size):
        leas = [make_lea(f"34{n}810{k}", f"Twin {n}") for k in (1, 2)]
        pairs = [
            [make_person(f"twin{n}{kind}{k}@example.org", f"Twin {n}") for k in (1, 2)]
            for kind in ("a", "b")
        ]
        for person in (*pairs[0], *pairs[1]):
            for lea in leas:
                _appoint(person, lea.id)
        db.session.commit()
        with transaction():
            kept, gone = (person.id for person in pairs[1])
            merging.merge_people(kept, gone, by="test", may_choose_staff=False)
    one, other = (str(person.id) for person in pairs[0])
    world.parts += [
        {"one_id": one, "other_id": other},
        {"one_id": leas[0].id, "other_id": leas[1].id},
    ]


def _appoint(person: Person, lea_id: str) -> None:
    office = Office(role_code="principal", lea_id=lea_id)
    offices.hold_office(person, office, Term(begins_on=date(2025, 7, 1)), by="test")
