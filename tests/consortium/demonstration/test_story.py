from collections.abc import Iterator

import pytest
from flask import Flask

from consortium import clock
from consortium.access import Permission, StaffRole
from consortium.database import db
from consortium.demonstration import cast, story
from consortium.people import service as people
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.tenants.domain.colours import check_brand
from consortium.tenants.service import partners, staff
from tests.browser import Browser
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import NOON

pytestmark = [pytest.mark.real_commits, pytest.mark.on_the_given_database]


@pytest.fixture(scope="module")
def theater(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Give an application to whose database the story has been told, once for all tests."""
    with application(
        request.config.getoption("database"),
        tmp_path_factory.mktemp("theater"),
        mailer=FakeMailer(),
        settings={"demonstration": True},
        WTF_CSRF_ENABLED=False,
    ) as app:
        app.test_client_class = Browser
        with pytest.MonkeyPatch.context() as patch, app.test_request_context():
            patch.setattr(clock, "now", lambda: NOON)
            assert story.is_untold()
            story.tell()
            db.session.remove()
        yield app


@pytest.fixture
def told(theater: Flask) -> Iterator[Flask]:
    with theater.app_context():
        yield theater
        db.session.remove()


def roles_of(character: cast.Character) -> frozenset[StaffRole]:
    with as_tenant(tenants.get_by_slug(character.consortium).id):
        return tenants.standing_of(people.identity_for(character.email)).roles


@pytest.mark.usefixtures("told")
def test_everyone_of_the_cast_is_what_the_page_says() -> None:
    for character in cast.CAST:
        assert roles_of(character) == frozenset(character.staff_roles)
        with as_tenant(tenants.get_by_slug(character.consortium).id):
            person = people.person_for(people.identity_for(character.email))
            assert person.name == character.name
    assert not story.is_untold()


@pytest.mark.usefixtures("told")
def test_the_two_consortia_see_nothing_of_each_other() -> None:
    garden, prairie = (
        tenants.get_by_slug(slug) for slug in (cast.GARDEN_COAST, cast.PRAIRIE_LAKES)
    )

    assert (garden.states, prairie.states) == (["NJ"], ["IL"])
    with as_tenant(prairie.id):
        assert {member.person.email for member in staff.staff()} == {cast.NEIGHBOR.email}
        nora = people.identity_for(cast.COORDINATOR.email)
        assert tenants.standing_of(nora).permissions == frozenset()
        assert len(partners.partners()) == 1
    with as_tenant(garden.id):
        assert len(partners.partners()) == 6
        nora = people.identity_for(cast.COORDINATOR.email)
        assert Permission.MANAGE_STAFF in tenants.standing_of(nora).permissions


@pytest.mark.usefixtures("told")
def test_the_stories_colors_can_be_read_and_its_addresses_are_nobodys() -> None:
    for tenant in tenants.consortia():
        assert check_brand(tenant.brand_colour) == tenant.brand_colour
    assert all(character.email.endswith("@example.org") for character in cast.CAST)


@pytest.mark.parametrize("character", cast.CAST, ids=lambda character: character.key)
def test_everyone_of_the_cast_lands_on_a_page_of_theirs(
    told: Flask, character: cast.Character
) -> None:
    client = told.test_client()

    answer = client.post("/demo/sign-in", data={"who": character.key}, follow_redirects=True)

    assert answer.status_code == 200
    assert answer.request.path.startswith(f"/{character.consortium}/")
    assert character.email in answer.text
