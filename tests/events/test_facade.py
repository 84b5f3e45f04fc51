from datetime import timedelta

import pytest

from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from events import facade
from events.institutes.domain import Status
from tests.factories import make_institute, make_lea, make_team, soon
from tests.queries import counting_queries


def test_an_institute_is_told_in_plain_values(lead: Person) -> None:
    institute = make_institute()

    view = facade.institute_of("summer")

    assert (view.id, view.title, view.time_zone) == (
        institute.id,
        "Summer Institute",
        "America/New_York",
    )
    assert (view.first_day, view.last_day) == (
        soon(60).date(),
        soon(60).date() + timedelta(days=1),
    )


def test_a_draft_institute_is_for_those_who_may_edit(lead: Person) -> None:
    make_institute(status=Status.DRAFT)

    with pytest.raises(NotFound):
        facade.institute_of("summer")
    assert facade.institute_of("summer", drafts=True).slug == "summer"


def test_participants_of_an_institute_come_in_one_query(lead: Person) -> None:
    institute = make_institute()
    for n in range(3):
        make_team(institute, make_lea(f"340000{n}", f"Town {n}"), {f"a{n}@x.org": "superintendent"})
    institute_id = institute.id
    db.session.expire_all()

    with counting_queries() as count:
        names = [view.lea_name for view in facade.participants_of(institute_id)]

    assert names == ["Town 0", "Town 1", "Town 2"]
    assert len(count) == 1
