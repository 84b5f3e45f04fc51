"""Two people are merged while others merge them too, and while leads name one of them."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.merging import service as merging
from consortium.tenancy import as_tenant
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.verify.breaking import violations
from tests.events.registration.test_rush import Rush, naming
from tests.factories import make_person

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


def twins(rush: Rush) -> tuple[UUID, UUID]:
    with as_tenant(rush.tenant_id):
        found = make_person("cy@home.org", "Cy").id, make_person("cy@x.org", "Cy").id
    db.session.remove()
    return found


def test_two_people_are_merged_once_whoever_does_it(rush: Rush) -> None:
    one, other = twins(rush)

    outcomes = rush.at_once([merging_them(one, other), merging_them(other, one)] * 3)

    assert outcomes == {"merged": 1, "refused": 5}


def test_nobody_is_written_down_who_is_merged_at_this_moment(rush: Rush) -> None:
    kept, gone = twins(rush)
    named = [naming(*one, shared=True) for one in rush.drafts(5)]

    outcomes = rush.at_once([*named, merging_them(kept, gone)])

    assert outcomes["merged"] == 1
    with as_tenant(rush.tenant_id):
        assert violations("I13") == []
    db.session.remove()
