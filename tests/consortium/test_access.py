"""Who works here and has not proved it yet is asked for the proof, not turned away."""

from dataclasses import replace

import pytest
from flask import Flask

from consortium.access import _gives_files
from consortium.people.models import Person
from events.registration.models import Team
from tests.browser import Browser
from tests.factories import make_institute, make_lea, make_team


@pytest.fixture
def unproved(
    app: Flask, client: Browser, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> Browser:
    """Return the coordinator's browser where staff must prove themselves a second time."""
    settings = replace(app.extensions["settings"], demonstration=False)
    monkeypatch.setitem(app.extensions, "settings", settings)
    client.sign_in(coordinator.email)
    return client


@pytest.fixture
def team(coordinator: Person) -> Team:
    """Return a team that the coordinator does not lead."""
    return make_team(make_institute(), make_lea("3400001", "Alpha"))


def test_pages_lead_staff_to_the_second_proof(unproved: Browser) -> None:
    page = unproved.get("/lakeshore/").text

    assert '<a href="/second-factor?next=/lakeshore/">Work as staff</a>' in page
    assert "Manage" not in page


def test_what_only_staff_may_see_asks_for_the_second_proof(unproved: Browser, team: Team) -> None:
    make_institute("draft", status="draft")

    for path in (f"/lakeshore/teams/{team.id}", "/lakeshore/institutes/draft"):
        answer = unproved.get(path)
        assert (answer.status_code, answer.location) == (302, f"/second-factor?next={path}")


def test_nothing_is_done_before_the_second_proof(unproved: Browser, team: Team) -> None:
    answer = unproved.post(f"/lakeshore/teams/{team.id}/withdraw")

    assert (answer.status_code, answer.location) == (
        302,
        f"/second-factor?next=/lakeshore/teams/{team.id}/withdraw",
    )
    assert team.status == "registered"


def test_others_are_asked_for_nothing_more(unproved: Browser, team: Team, lead: Person) -> None:
    unproved.sign_in(lead.email)

    assert "Work as staff" not in unproved.get("/lakeshore/").text
    assert unproved.get(f"/lakeshore/teams/{team.id}").status_code == 404


@pytest.mark.pure
def test_only_folders_of_files_are_open_without_a_mark() -> None:
    assert [_gives_files(name) for name in ("static", "bootstrap.static")] == [True, True]
    assert not any(_gives_files(name) for name in ("board.ecstatic", "nonstatic", "static.all"))
