from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.models import Person
from events.registration.models import Seat, SeatStatus, Team
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, letters, name, seat_of, submit
from tests.events.registration.routes.pages import errors, value, words
from tests.factories import make_institute, make_lea, soon

ADA = {"name": "Ada Lovelace", "email": "ada@x.org", "role": "superintendent"}


@pytest.fixture
def own(client: Browser, lead: Person) -> Browser:
    client.sign_in(LEAD)
    return client


@pytest.fixture
def team(lead: Person) -> Team:
    lea: Lea = make_lea("3400001", "Oak Park")
    return draft(make_institute(), lea)


@pytest.fixture
def path(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}"


def members() -> list[str]:
    db.session.expire_all()
    return [seat.name for seat in db.session.scalars(select(Seat).order_by(Seat.position))]


def test_adding_a_person(own: Browser, path: str) -> None:
    response = own.post(
        f"{path}/members/new", data={**ADA, "also": ["superintendent", "principal"]}
    )

    assert response.location == path
    page = words(own.get(path))
    assert "Ada Lovelace is in the team." in page
    assert "Ada Lovelace Superintendent, Principal ada@x.org named" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name."),
        ({"name": "A" * 201}, "Use at most 200 characters."),
        ({"name": "A\x07"}, "Remove the hidden control characters; typing the text again helps."),
        ({"email": "ada"}, "“ada” is not an e-mail address. Write it like name@district.org."),
        ({"role": ""}, "Choose the role."),
        (
            {"role": "mascot"},
            "“mascot” is not a role of this institute. Choose one of the list.",
        ),
        (
            {"also": "mascot"},
            "“mascot” is not a role of this institute. Choose one of the list.",
        ),
        (
            {"name": "Fran\ufffdois"},
            "Letters of the name were lost on the way. Type the name again.",
        ),
        (
            {"also": "union_leader"},
            (
                "One person cannot be Superintendent and Association president at once: the team "
                "needs someone on each side. Name two people."
            ),
        ),
    ],
)
def test_what_is_wrong_is_said_and_the_input_kept(
    own: Browser, path: str, wrong: dict[str, str], said: str
) -> None:
    page = own.post(f"{path}/members/new", data={**ADA, **wrong})

    assert page.status_code == 422
    assert errors(page) == [said]
    kept = {**ADA, **wrong}
    assert (value(page, "name"), value(page, "email")) == (kept["name"], kept["email"])
    assert members() == []


def test_going_back_for_a_second_person_keeps_what_was_typed(own: Browser, path: str) -> None:
    form = {"action_key": value(own.get(f"{path}/members/new"), "action_key")}
    own.post(f"{path}/members/new", data={**form, **ADA})

    second = {**ADA, "name": "Bo", "email": "bo@x.org", "role": "principal"}
    page = own.post(f"{path}/members/new", data={**form, **second})

    assert page.status_code == 422
    assert [said.split(",")[0] for said in errors(page)] == ["You sent this form before"]
    assert (value(page, "name"), value(page, "email")) == ("Bo", "bo@x.org")
    assert members() == ["Ada Lovelace"]
    own.post(f"{path}/members/new", data={**second, "action_key": value(page, "action_key")})
    assert members() == ["Ada Lovelace", "Bo"]


def test_a_name_full_of_markup_is_shown_as_text(own: Browser, path: str) -> None:
    own.post(f"{path}/members/new", data={**ADA, "name": "<b>Bo</b> {{ 7*7 }} O'Brien"})

    page = own.get(path)
    assert "&lt;b&gt;Bo&lt;/b&gt; {{ 7*7 }} O&#39;Brien" in page.text


def test_changing_a_member_starts_from_what_is_stored(own: Browser, team: Team, path: str) -> None:
    seat = name(team, "ada superintendent principal")
    form = own.get(f"{path}/members/{seat.id}")
    assert (value(form, "name"), value(form, "role")) == ("Ada", "superintendent")
    base = value(form, "base")

    own.post(
        f"{path}/members/{seat.id}",
        data={"name": "Ada L.", "email": seat.person.email, "role": "principal", "base": base},
    )

    db.session.refresh(seat)
    assert (seat.name, seat.role_codes) == ("Ada L.", ("principal",))


def test_two_who_change_the_same_field_see_both_and_lose_nothing(
    own: Browser, team: Team, path: str
) -> None:
    seat = name(team, "ada superintendent")
    target = f"{path}/members/{seat.id}"
    data = {
        "email": seat.person.email,
        "role": "superintendent",
        "base": value(own.get(target), "base"),
    }
    own.post(target, data={**data, "name": "Ada Lovelace", "shared": "y"})

    page = own.post(target, data={**data, "name": "Ada L.", "role": "principal"})

    assert page.status_code == 409
    assert "Name Ada Lovelace Ada L." in words(page)
    assert (members(), seat.role_code) == (["Ada Lovelace"], "superintendent")
    # The form holds what was typed, and what the other person changed elsewhere.
    assert (value(page, "name"), value(page, "role")) == ("Ada L.", "principal")
    assert BeautifulSoup(page.text, "html.parser").select("input[name=shared][checked]")
    again = {**data, "name": "Ada L.", "role": "principal", "shared": "y"}
    own.post(target, data={**again, "base": value(page, "base")})
    db.session.refresh(seat)
    assert (members(), seat.role_code, seat.shared) == (["Ada L."], "principal", True)


def test_two_who_change_different_fields_both_get_what_they_want(
    own: Browser, team: Team, path: str
) -> None:
    seat = name(team, "ada superintendent")
    target = f"{path}/members/{seat.id}"
    data = {"name": "Ada", "email": seat.person.email, "role": "superintendent"}
    data["base"] = value(own.get(target), "base")
    own.post(target, data={**data, "name": "Ada Lovelace"})

    assert own.post(target, data={**data, "role": "principal"}).status_code == 302

    db.session.refresh(seat)
    assert (seat.name, seat.role_codes) == ("Ada Lovelace", ("principal",))


@pytest.mark.parametrize("base", ["", "[", "[]", '{"name": 1}', '{"name": "Ada"}', "{" * 9999])
def test_a_page_whose_base_cannot_be_read_overwrites_nothing(
    own: Browser, team: Team, path: str, base: str
) -> None:
    seat = name(team, "ada superintendent")
    data = {"name": "Eve", "email": seat.person.email, "role": "superintendent", "base": base}

    assert own.post(f"{path}/members/{seat.id}", data=data).status_code == 409

    assert members() == ["Ada"]


def test_a_member_who_is_gone_is_a_404(own: Browser, team: Team, path: str) -> None:
    seat = name(team, "ada superintendent")
    assert "The place is free for others at once." in words(
        own.get(f"{path}/members/{seat.id}/remove")
    )
    own.post(f"{path}/members/{seat.id}/remove")

    assert "Ada was removed." in words(own.get(path))
    assert own.get(f"{path}/members/{seat.id}").status_code == 404
    assert own.post(f"{path}/members/{seat.id}/remove").status_code == 404


def test_the_last_person_of_a_registered_team_stays_and_nothing_else_is_said(
    own: Browser, team: Team, path: str
) -> None:
    name(team, "ada superintendent")
    seat = seat_of(submit(team), "Ada")

    page = own.post(f"{path}/members/{seat.id}/remove")

    assert errors(page) == ["Nobody would be left. Withdraw the whole registration instead."]
    assert "Ada was removed." not in page.text
    assert members() == ["Ada"]


def test_pasted_lines_are_shown_before_they_are_saved(own: Browser, path: str) -> None:
    lines = "Ada, ada@x.org, Superintendent\r\nBo, bo@x.org, Mascot"

    page = own.post(f"{path}/members/paste", data={"lines": lines, "check": "1"})
    assert page.status_code == 200
    assert "Lines to correct: 1" in words(page)
    assert "2 Bo bo@x.org correct this “Mascot” is not a role of this institute." in words(page)
    assert "Save these people" not in words(page)
    assert value(page, "lines").splitlines() == lines.splitlines()

    refused = own.post(f"{path}/members/paste", data={"lines": lines, "save": "1"})
    assert errors(refused) == ["Nothing was saved. Mend these lines first: 2."]
    assert members() == []

    mended = lines.replace("Mascot", "principal")
    page = own.post(f"{path}/members/paste", data={"lines": mended, "check": "1"})
    assert "Everything was understood" in words(page)
    assert "Save these people" in words(page)
    assert members() == []

    response = own.post(f"{path}/members/paste", data={"lines": mended, "save": "1"})
    assert "People added to the team: 2." in words(own.get(response.location))
    assert members() == ["Ada", "Bo"]


def test_control_characters_in_a_paste_are_told_with_their_lines(own: Browser, path: str) -> None:
    page = own.post(
        f"{path}/members/paste", data={"lines": "Ada\x00, a@x.org\nBo\nC\x1by", "check": "1"}
    )

    assert page.status_code == 422
    assert errors(page) == [
        "Hidden control characters stand in these lines: 1, 3. Type them again."
    ]


def test_too_much_at_once_is_refused_with_what_fits(own: Browser, path: str) -> None:
    page = own.post(f"{path}/members/paste", data={"lines": "x" * 100_001, "check": "1"})

    assert page.status_code == 422
    assert errors(page) == ["Use at most 100,000 characters."]
    assert members() == []


def test_inviting_again_says_who_gets_the_mail(
    own: Browser, team: Team, path: str, frozen: Any
) -> None:
    name(team, "ada superintendent")
    seat = seat_of(submit(team), "Ada")
    target = f"{path}/members/{seat.id}/invite"
    frozen(soon(1))

    page = own.get(own.post(target).location)
    assert "Ada gets the invitation again." in words(page)
    assert [mail.subject for mail in letters(seat.person.email)] == [
        "Still open: your seat at Summer Institute"
    ]

    seat.status = SeatStatus.CONFIRMED
    db.session.commit()
    page = own.get(own.post(target).location)
    assert "Only members of a registered team who have not answered yet" in words(page)
