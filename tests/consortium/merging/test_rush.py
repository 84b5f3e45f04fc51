"""People and LEAs are merged while others merge them too, and while leads name one of them."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.merging import service as merging
from consortium.merging.service import people as merging_people
from consortium.merging.service.moves import Moves
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.service import LedAlready, Start
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.verify.breaking import violations
from tests.events.registration.test_rush import Rush, lea_of, naming
from tests.factories import make_person
from tests.meeting import Meeting

pytestmark = pytest.mark.real_commits


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("merging")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def rush(own_app: Flask) -> Iterator[Rush]:
    with own_app.app_context():
        yield Rush(own_app)


def merging_them(kept: UUID, gone: UUID) -> Callable[[], str]:
    def act() -> str:
        try:
            with transaction():
                merging.merge_people(kept, gone, by="test", may_choose_staff=False)
        except Refusal:
            return "refused"
        return "merged"

    return act


def merging_those(kept: str, gone: str) -> Callable[[], str]:
    def act() -> str:
        try:
            with transaction():
                merging.merge_leas(kept, gone, by="test")
        except Refusal:
            return "refused"
        return "merged"

    return act


def starting(institute_id: UUID, lea_id: str, lead: str) -> Callable[[], str]:
    def act() -> str:
        start = Start(lea_id=lea_id, lead_name="Lee", side=Side.LABOR)
        try:
            with transaction():
                institute = db.session.get_one(Institute, institute_id)
                registration.start_team(institute, start, by=people.identity_for(lead))
        except LedAlready:
            return "led already"
        return "started"

    return act


def twins(rush: Rush) -> tuple[UUID, UUID]:
    with as_tenant(rush.tenant_id):
        found = make_person("cy@home.org", "Cy").id, make_person("cy@x.org", "Cy").id
    db.session.remove()
    return found


def leas(rush: Rush) -> tuple[str, str]:
    with as_tenant(rush.tenant_id):
        found = lea_of(801).id, lea_of(802).id
    db.session.remove()
    return found


def test_two_people_are_merged_once_whoever_does_it(rush: Rush) -> None:
    one, other = twins(rush)

    outcomes = rush.at_once([merging_them(one, other), merging_them(other, one)] * 3)

    assert outcomes == {"merged": 1, "refused": 5}


@pytest.mark.parametrize("own_app", ["postgresql"], indirect=True)
def test_without_the_guard_each_is_merged_into_the_other(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody holds what they look at. (On SQLite one writes at a time.)

    It is taken back at the end: other tests ask whether all that is stored here is sound.
    """
    one, other = twins(rush)
    both_looked, look = Meeting(2), merging_people._held

    def look_and_wait(moves: Moves) -> tuple[Person, Person]:
        found = look(moves)
        both_looked.wait()
        return found

    monkeypatch.setattr(merging_people, "hold_both", lambda _: None)
    monkeypatch.setattr(merging_people, "_held", look_and_wait)

    def merging_and_undoing(kept: UUID, gone: UUID) -> Callable[[], str]:
        def act() -> str:
            with as_tenant(rush.tenant_id):
                merging.merge_people(kept, gone, by="test", may_choose_staff=False)
                db.session.rollback()
            return "merged"

        return act

    outcomes = rush.at_once([merging_and_undoing(one, other), merging_and_undoing(other, one)])

    assert outcomes == {"merged": 2}


def test_nobody_is_written_down_who_is_merged_at_this_moment(rush: Rush) -> None:
    kept, gone = twins(rush)
    named = [naming(*one, shared=True) for one in rush.drafts(5)]

    outcomes = rush.at_once([*named, merging_them(kept, gone)])

    assert outcomes["merged"] == 1
    with as_tenant(rush.tenant_id):
        assert violations("I13") == []
    db.session.remove()


def test_two_leas_are_merged_once_whoever_does_it(rush: Rush) -> None:
    one, other = leas(rush)

    outcomes = rush.at_once([merging_those(one, other), merging_those(other, one)] * 3)

    assert outcomes == {"merged": 1, "refused": 5}


def test_no_team_is_begun_for_an_lea_that_is_merged_at_this_moment(rush: Rush) -> None:
    kept, gone = leas(rush)
    acts = [starting(rush.institute_id, gone, f"lead{n}@rush.org") for n in range(5)]

    outcomes = rush.at_once([*acts, merging_those(kept, gone)])

    assert outcomes == {"merged": 1, "started": 1, "led already": 4}
    with as_tenant(rush.tenant_id):
        assert violations("I13") == []
    db.session.remove()
