"""Half-filled forms of registration are there when people come back."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium.database import db
from consortium.drafts.models import FormDraft
from consortium.people.models import Person
from events.registration.models import SeatStatus, Team
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, letters, seat_of, submit, token_in
from tests.events.registration.routes.pages import value, words
from tests.factories import make_institute, make_lea

KEEP = "/lakeshore/drafts"


@pytest.fixture
def team(lead: Person) -> Team:
    lea = make_lea("3400001", "Oak Park", search_text="oak park|somewhere")
    return draft(make_institute(), lea, "ada superintendent")


@pytest.fixture
def path(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}/members/new"


@pytest.fixture
def own(client: Browser, lead: Person) -> Browser:
    client.sign_in(LEAD)
    return client


def typing(browser: Browser, path: str, **typed: object) -> dict[str, object]:
    """Return what the script sends for the page's form when this is typed into it."""
    page = BeautifulSoup(browser.get(path).text, "html.parser")
    form = page.find("form", attrs={"data-draft": KEEP})
    assert form is not None
    hidden = {one["name"]: one.get("value", "") for one in form.find_all("input", type="hidden")}
    return {**hidden, **typed}


def kept() -> list[FormDraft]:
    return list(db.session.scalars(select(FormDraft)))


def test_what_was_typed_is_there_when_the_page_opens_again(own: Browser, path: str) -> None:
    said = typing(own, path, name="Bo Field", role="union_leader", also=["principal"], shared="y")
    assert own.post(KEEP, data={**said, "quietly": "1"}).status_code == 204

    page = own.get(path)

    assert (value(page, "name"), value(page, "role")) == ("Bo Field", "union_leader")
    ticked = BeautifulSoup(page.text, "html.parser").select("input[checked]")
    assert {(one["name"], one["value"]) for one in ticked} == {
        ("also", "principal"),
        ("shared", "y"),
    }
    assert "We kept what you had typed on Monday, March 2, 2026 at 7:00 AM" in words(page)
    assert "action_key" not in kept()[0].fields


def test_it_can_be_discarded(own: Browser, path: str) -> None:
    said = typing(own, path, name="Bo Field")
    own.post(KEEP, data=said)
    answer = own.post(f"{KEEP}/discard", data={"draft": said["draft"], "draft_page": path})

    assert (answer.location, kept()) == (path, [])
    assert value(own.get(path), "name") == ""


def test_sending_the_form_ends_the_keeping(own: Browser, team: Team, path: str) -> None:
    said = typing(own, path, name="Bo", email="bo@example.org", role="union_leader")
    own.post(KEEP, data={**said, "quietly": "1"})
    assert own.post(path, data=said).status_code == 302
    assert kept() == []

    own.post(KEEP, data={**said, "quietly": "1"})  # the script's last breath, come too late
    assert kept() == []


def test_a_form_that_was_refused_stays_kept(own: Browser, path: str) -> None:
    said = typing(own, path, name="Bo", email="no address", role="union_leader")
    own.post(KEEP, data={**said, "quietly": "1"})
    assert own.post(path, data=said).status_code == 422

    assert value(own.get(path), "email") == "no address"


def test_without_a_script_a_button_keeps_it_and_leads_back(own: Browser, path: str) -> None:
    answer = own.post(KEEP, data=typing(own, path, name="Bo Field"))

    assert answer.location == path
    page = own.get(path)
    assert "We have kept what you typed" in page.text
    assert value(page, "name") == "Bo Field"


@pytest.mark.parametrize(
    "away",
    ["https://evil.example", "//evil.example", "/lakeshore//evil", "/elsewhere/mine",
     "/lakeshore/../x", "/lakeshore\\evil", "/lakeshore/x?next=y", ""],
)  # fmt: skip
def test_it_leads_nowhere_else(own: Browser, away: str) -> None:
    answer = own.post(KEEP, data={"draft": "x", "draft_page": away})

    assert answer.location == "/lakeshore/"


def test_nobody_sees_what_someone_else_typed(own: Browser, coordinator: Person, path: str) -> None:
    own.post(KEEP, data=typing(own, path, name="Bo Field"))
    own.sign_in(coordinator.email)

    assert value(own.get(path), "name") == ""


def test_the_own_page_is_kept_under_the_seat_and_not_under_the_secret_link(
    client: Browser, team: Team
) -> None:
    submit(team)
    address = "ada@3400001.example.org"
    token = token_in(letters(address)[-1])
    client.sign_in(address)
    link = f"/lakeshore/invitations/{token}"
    said = typing(client, link, dietary="No nuts", wants_peers="y")
    client.post(KEEP, data={**said, "quietly": "1"})

    (draft,) = kept()
    seat = seat_of(team, "Ada")
    assert draft.form == f"seat:{seat.id}"
    assert token not in str(draft.fields)
    page = client.get(f"/lakeshore/seats/{seat.id}")
    assert value(page, "dietary") == "No nuts"
    client.post(link, data={**said, "name": "Ada"})
    db.session.refresh(seat)
    assert (seat.status, seat.dietary, kept()) == (SeatStatus.CONFIRMED, "No nuts", [])


def test_what_someone_typed_about_food_goes_with_the_seat(client: Browser, team: Team) -> None:
    seat_id = seat_of(submit(team), "Ada").id
    client.sign_in("ada@3400001.example.org")
    said = typing(client, f"/lakeshore/seats/{seat_id}", dietary="No nuts")
    client.post(KEEP, data={**said, "quietly": "1"})
    assert len(kept()) == 1

    client.post(f"/lakeshore/seats/{seat_id}", data={"decline-reason": ""})

    assert kept() == []


def test_a_chosen_lea_is_shown_again(own: Browser, team: Team) -> None:
    path = "/lakeshore/institutes/summer/register"
    said = typing(own, path, lea_text="oak park", lea_id="3400001", name="Lee", side="labor")
    own.post(KEEP, data={**said, "quietly": "1"})

    page = BeautifulSoup(own.get(path).text, "html.parser")

    chosen = page.select_one("input[name=lea_id][checked]")
    assert chosen is not None
    assert chosen["value"] == "3400001"


def test_what_was_typed_before_someone_else_saved_does_not_overwrite_it(
    own: Browser, team: Team
) -> None:
    path = f"/lakeshore/teams/{team.id}/details"
    said = typing(own, path, name="Oak Park SD")
    own.post(KEEP, data={**said, "quietly": "1"})
    own.post(path, data={**typing(own, path), "name": "Oak Park Schools", "draft": "other"})
    own.post(KEEP, data={**said, "action_key": "", "quietly": "1"})

    page = own.get(path)
    assert value(page, "name") == "Oak Park SD"
    again = own.post(path, data=typing(own, path, name="Oak Park SD"))

    assert again.status_code == 409
    db.session.refresh(team)
    assert team.name == "Oak Park Schools"
