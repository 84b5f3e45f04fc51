import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.people.domain import CONSENT_COVERS
from consortium.people.models import Consent, Person
from events.registration.models import Seat, SeatStatus, Team
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, letters, seat_of, submit, token_in
from tests.events.registration.routes.pages import errors, value, words
from tests.factories import make_institute, make_lea, make_team
from tests.queries import counting_queries

ADA = "ada@3400001.example.org"
BO = "bo@3400001.example.org"


@pytest.fixture
def team(lead: Person) -> Team:
    lea = make_lea("3400001", "Oak Park")
    return submit(draft(make_institute(), lea, "ada superintendent", "bo union_leader"))


@pytest.fixture
def link(team: Team) -> str:
    return f"/lakeshore/invitations/{token_in(letters(ADA)[0])}"


@pytest.fixture
def ada(team: Team) -> Seat:
    return seat_of(team, "Ada")


def again(seat: Seat) -> Seat:
    db.session.refresh(seat)
    return seat


def test_an_invitation_shows_what_it_is_for_and_asks_to_sign_in(
    client: Browser, link: str, ada: Seat
) -> None:
    page = client.get(link)

    assert "Team Oak Park Role Superintendent Invited a…@3400001.example.org" in words(page)
    assert f'href="/sign-in?next={link}"' in page.text
    assert ADA not in page.text
    assert again(ada).status is SeatStatus.INVITED


def test_an_answer_needs_the_sign_in(client: Browser, link: str, ada: Seat) -> None:
    response = client.post(link, data={"name": "Mallory"})

    assert response.status_code == 302
    assert "/sign-in" in response.location
    assert again(ada).status is SeatStatus.INVITED


def test_a_forwarded_invitation_is_not_for_whoever_opens_it(
    client: Browser, link: str, ada: Seat
) -> None:
    client.sign_in(BO)

    page = client.get(link)
    assert "This invitation is for someone else" in words(page)
    assert f"You are signed in as {BO}. The invitation went to a…@3400001.example.org" in words(
        page
    )

    for data in ({"name": "Bo"}, {"decline-reason": "x"}):
        refused = client.post(link, data=data)
        assert refused.status_code == 403
        assert "This invitation is for someone else" in words(refused)
    assert (again(ada).status, ada.name) == (SeatStatus.INVITED, "Ada")


def test_the_invited_person_confirms(client: Browser, link: str, ada: Seat) -> None:
    client.sign_in(ADA)
    page = client.get(link)
    assert "Confirm my seat" in words(page)
    assert value(page, "name") == "Ada"
    assert "checked" not in page.text

    response = client.post(
        link,
        data={
            "name": "Ada Lovelace",
            "phone": "609 555 0142",
            "dietary": "No nuts",
            "goals": ["Literacy", "Mentoring"],
            "offers": "Joint hiring\nPeer review",
            "wants_peers": "y",
            "shares_email": "y",
        },
    )

    assert response.location == f"/lakeshore/seats/{ada.id}"
    page = client.get(response.location)
    assert "Your seat is confirmed. A mail about it is on its way." in words(page)
    assert (again(ada).status, ada.name, ada.phone, ada.goals) == (
        SeatStatus.CONFIRMED,
        "Ada Lovelace",
        "+16095550142",
        ["Literacy", "Mentoring"],
    )
    consent = db.session.scalars(select(Consent)).one()
    assert consent.wording == (
        "Match me with peers from other LEAs. They see my name, my role and my LEA. "
        f"My matched peers may see my e-mail address. {CONSENT_COVERS}"
    )


def test_a_confirmed_member_changes_what_was_said(client: Browser, ada: Seat) -> None:
    client.sign_in(ADA)
    path = f"/lakeshore/seats/{ada.id}"
    client.post(path, data={"name": "Ada", "wants_peers": "y", "shares_email": "y"})
    page = client.get(path)
    assert page.text.count("checked") == 2

    response = client.post(path, data={"name": "Ada", "dietary": "Vegan"})

    assert "Saved." in words(client.get(response.location))
    assert (again(ada).dietary, ada.wants_peers) == ("Vegan", False)
    assert len(letters(ADA)) == 1


def test_a_wrong_telephone_number_keeps_everything_typed(client: Browser, ada: Seat) -> None:
    client.sign_in(ADA)

    page = client.post(
        f"/lakeshore/seats/{ada.id}", data={"name": "Ada", "phone": "call me", "offers": "Much"}
    )

    assert page.status_code == 422
    assert errors(page) == [
        (
            "“call me” is not a telephone number. Write it with its country code, like "
            "+1 609 555 0142 or +27 11 978 5313."
        )
    ]
    assert (value(page, "phone"), value(page, "offers")) == ("call me", "Much")
    assert again(ada).status is SeatStatus.INVITED


def test_giving_the_seat_back_tells_why(client: Browser, link: str, ada: Seat) -> None:
    client.sign_in(ADA)

    response = client.post(link, data={"decline-reason": "Away that week"})

    assert "You have given this seat back." in words(client.get(response.location))
    assert (again(ada).status, ada.decline_reason) == (SeatStatus.DECLINED, "Away that week")
    client.sign_in(LEAD)
    assert "Ada Superintendent " + ADA + " cannot come Away that week" in words(
        client.get(f"/lakeshore/teams/{ada.team_id}")
    )


def test_a_seat_belongs_to_one_person(client: Browser, ada: Seat) -> None:
    for email in (BO, LEAD, "stranger@example.org"):
        client.sign_in(email)
        assert client.get(f"/lakeshore/seats/{ada.id}").status_code == 404
        assert client.post(f"/lakeshore/seats/{ada.id}", data={"name": "X"}).status_code == 404


def test_a_dead_link_says_whom_to_ask(client: Browser, team: Team) -> None:
    page = client.get("/lakeshore/invitations/nonsense")

    assert page.status_code == 404
    assert "Ask your team's lead to send it again." in words(page)


def test_a_seat_of_a_draft_waits(client: Browser, lead: Person) -> None:
    seat = seat_of(draft(make_institute(), make_lea("3400001", "Oak Park"), "ada principal"), "Ada")
    client.sign_in(ADA)

    page = words(client.get(f"/lakeshore/seats/{seat.id}"))

    assert "Your team has no places yet, so there is nothing to confirm." in page
    assert "Confirm my seat" not in page


def test_my_page_lists_teams_and_seats(client: Browser, team: Team) -> None:
    client.sign_in(LEAD)
    assert "Oak Park Summer Institute" in words(client.get("/lakeshore/mine"))
    client.sign_in(ADA)
    page = words(client.get("/lakeshore/mine"))
    assert "You lead no team." in page
    assert "Oak Park Superintendent not answered yet" in page
    client.sign_in("stranger@example.org")
    assert "You have no seat." in words(client.get("/lakeshore/mine"))


def test_my_page_asks_as_often_for_three_teams_and_seats_as_for_one(
    client: Browser, lead: Person
) -> None:
    lea = make_lea("3400001", "Oak Park")
    counts = []
    for slugs in (("one",), ("two", "three")):
        for slug in slugs:
            make_team(make_institute(slug), lea, {LEAD: "superintendent"})
        client.sign_in(LEAD)
        db.session.expire_all()
        with counting_queries() as count:
            page = words(client.get("/lakeshore/mine"))
        counts.append((page.count("Superintendent confirmed"), len(count)))

    (one, few), (three, many) = counts
    assert (one, three) == (1, 3)
    assert few == many
