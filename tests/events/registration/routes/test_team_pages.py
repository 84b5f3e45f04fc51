from typing import Any

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import Strength
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.registration.models import Team, TeamStatus
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, name, submit
from tests.events.registration.routes.pages import errors, headings, value, words
from tests.factories import make_institute, make_lea, soon
from tests.queries import counting_queries


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park", search_text="oak park|somewhere")


@pytest.fixture
def institute(lea: Lea) -> Institute:
    return make_institute()


@pytest.fixture
def own(client: Browser, lead: Person) -> Browser:
    client.sign_in(LEAD)
    return client


def newest() -> Team:
    db.session.expire_all()
    return db.session.scalars(select(Team).order_by(Team.created_at.desc())).all()[0]


def test_a_team_is_shown_to_its_leads_and_to_coordinators_alone(
    client: Browser, institute: Institute, lea: Lea, coordinator: Person
) -> None:
    path = f"/lakeshore/teams/{draft(institute, lea).id}"
    for email, status in (("stranger@example.org", 404), (LEAD, 200), (coordinator.email, 200)):
        client.sign_in(email)
        assert client.get(path).status_code == status
        assert client.get(f"{path}/members/new").status_code == status
        assert client.get(f"{path}/members/paste").status_code == status
        assert client.get(f"{path}/withdraw").status_code == status
    client.sign_in("stranger@example.org")
    assert client.post(f"{path}/submit").status_code == 404
    assert client.post(f"{path}/admit").status_code == 403


def test_an_empty_team_says_what_comes_next(own: Browser, institute: Institute, lea: Lea) -> None:
    page = own.get(f"/lakeshore/teams/{draft(institute, lea).id}")

    assert headings(page) == [
        "Oak Park",
        "Next: name the people",
        "Who is asked for",
        "Who comes",
        "Who leads it",
    ]
    assert "Submit the team" not in words(page)


def test_submitting_says_so_and_shows_who_has_not_answered(
    own: Browser, institute: Institute, lea: Lea
) -> None:
    team = draft(institute, lea, "ada superintendent", "bo union_leader")
    path = f"/lakeshore/teams/{team.id}"
    assert "You can submit, and complete the team later" in words(own.get(path))

    response = own.post(f"{path}/submit")
    page = words(own.get(response.location))

    assert "Your team is registered. Each member has got a mail." in page
    assert "registered, not complete" in page
    assert "Not answered yet: 2 of 2." in page
    assert "missing Board member (1 to 2) Nobody is named yet; at least 1 should come." in page
    assert newest().status is TeamStatus.REGISTERED


def test_a_strict_gate_shows_the_list_and_no_button(own: Browser, lea: Lea) -> None:
    team = draft(make_institute(gate="strict"), lea, "ada superintendent")
    path = f"/lakeshore/teams/{team.id}"

    page = own.get(path)
    assert "Before you can submit" in headings(page)
    assert "Submit the team" not in words(page)

    refused = own.post(f"{path}/submit")
    assert refused.status_code == 422
    assert errors(refused)[0].startswith("The team cannot be submitted yet. Association president")


def test_a_full_institute_offers_the_waitlist(own: Browser, lea: Lea) -> None:
    team = draft(
        make_institute(pools={PEOPLE: 1, TEAMS: 4}), lea, "ada superintendent", "bo principal"
    )
    path = f"/lakeshore/teams/{team.id}"

    page = words(own.get(path))
    assert "There is no place for your whole team Places left: 1. You need 2." in page
    assert errors(own.post(f"{path}/submit")) == [
        "Places left: 1. You need 2. You can join the waitlist."
    ]
    waiting = own.get(own.post(f"{path}/waitlist").location)
    assert "On the waitlist, number 1" in headings(waiting)


def test_a_coordinator_gives_a_waiting_team_its_places(
    client: Browser, lea: Lea, coordinator: Person
) -> None:
    institute = make_institute(pools={PEOPLE: 0})
    team = draft(institute, lea, "ada superintendent")
    path = f"/lakeshore/teams/{team.id}"
    client.sign_in(LEAD)
    client.post(f"{path}/waitlist")
    client.sign_in(coordinator.email)
    assert errors(client.post(f"{path}/admit")) == [
        "There are not enough free places. Raise the institute's limits first."
    ]
    pool = db.session.get_one(Institute, institute.id).pool(PEOPLE)
    assert pool is not None
    pool.capacity = 1
    db.session.commit()

    page = client.get(client.post(f"{path}/admit").location)

    assert "The team has its places now." in words(page)
    assert newest().status is TeamStatus.REGISTERED


def test_offices_and_waivers_are_answered_on_the_page(own: Browser, lea: Lea) -> None:
    roles = (
        {"code": "class_union_leader", "label": "Classified leader", "side": Side.LABOR,
         "waiver": "LEA has no classified unit"},
        {"code": "admin_assoc_president", "label": "Administrators' president",
         "side": Side.LABOR, "min": 0, "strength": Strength.IF_APPLICABLE},
    )  # fmt: skip
    path = f"/lakeshore/teams/{draft(make_institute(roles=roles), lea).id}"
    assert "please answer Administrators' president" in words(own.get(path))

    own.post(f"{path}/offices/admin_assoc_president", data={"exists": "no"})
    form = own.get(f"{path}/waivers/class_union_leader")
    assert value(form, "reason") == "LEA has no classified unit"
    assert errors(own.post(f"{path}/waivers/class_union_leader", data={"reason": " "})) == [
        "Write the reason."
    ]
    own.post(f"{path}/waivers/class_union_leader", data={"reason": "No such unit"})

    page = words(own.get(path))
    assert "excused Classified leader (1) Excused: No such unit. Take the excuse back" in page
    assert "excused Administrators' president (up to 1) Your LEA has no such office." in page
    own.post(f"{path}/waivers/class_union_leader/end")
    assert newest().waivers == []
    assert own.get(f"{path}/waivers/mascot").status_code == 404


def test_renaming_what_someone_renamed_meanwhile_shows_both(
    own: Browser, institute: Institute, lea: Lea
) -> None:
    path = f"/lakeshore/teams/{draft(institute, lea).id}/details"
    base = value(own.get(path), "base")
    own.post(path, data={"name": "Oaks", "base": base})

    page = own.post(path, data={"name": "Oak Park West", "base": base})

    assert page.status_code == 409
    assert "Name Oaks Oak Park West" in words(page)
    assert newest().name == "Oaks"

    # Nothing typed is lost, and whoever has seen both may decide.
    assert value(page, "name") == "Oak Park West"
    own.post(path, data={"name": value(page, "name"), "base": value(page, "base")})
    assert newest().name == "Oak Park West"


def test_withdrawing_asks_once_more(own: Browser, institute: Institute, lea: Lea) -> None:
    path = f"/lakeshore/teams/{draft(institute, lea, 'ada superintendent').id}"
    assert "This cannot be undone" in words(own.get(f"{path}/withdraw"))
    assert newest().status is TeamStatus.DRAFT

    response = own.post(f"{path}/withdraw")

    assert response.location == "/lakeshore/mine"
    assert newest().status is TeamStatus.WITHDRAWN
    assert "This registration was withdrawn." in words(own.get(path))


def test_everything_about_a_seat_is_one_link_away(
    own: Browser, institute: Institute, lea: Lea
) -> None:
    team = submit(draft(institute, lea, "ada superintendent"))
    path, seat = f"/lakeshore/teams/{team.id}", team.seats[0]
    assert own.get(path).text.count(str(seat.id)) == 1

    page = own.get(f"{path}/seats/{seat.id}")

    assert headings(page) == ["Ada", "What you can do"]
    assert "Role Superintendent E-mail address ada@3400001.example.org" in words(page)
    members = f"{path}/members/{seat.id}"
    for target in (members, f"{members}/substitute", f"{members}/remove", f"{members}/invite"):
        assert f'"{target}"' in page.text
    assert own.get(f"{path}/seats/{team.id}").status_code == 404


def test_after_the_date_for_changes_the_page_offers_only_what_can_still_be_asked(
    own: Browser, lea: Lea, frozen: Any
) -> None:
    institute = make_institute(deadlines=[("substitute_until", soon(40).date(), None)])
    team = submit(draft(institute, lea, "ada superintendent"))
    path = f"/lakeshore/teams/{team.id}"
    assert "Add a person" in words(own.get(path))
    frozen(soon(60))
    own.sign_in(LEAD)

    page, seat = words(own.get(path)), words(own.get(f"{path}/seats/{team.seats[0].id}"))

    closed = "Changes of people closed on Saturday, April 11, 2026 (the whole day counted)."
    assert closed in page
    assert "Add a person" not in page
    assert closed in seat
    assert "Give the seat to someone else" in seat
    assert "Remove from the team" not in seat


def test_the_page_of_a_team_asks_as_often_for_three_people_as_for_one(
    own: Browser, institute: Institute, lea: Lea
) -> None:
    team = submit(draft(institute, lea, "ada superintendent"))
    counts = []
    for more in ((), ("bo union_leader", "cy board_member")):
        for member in more:
            name(team, member)
        db.session.expire_all()
        with counting_queries() as count:
            assert own.get(f"/lakeshore/teams/{team.id}").status_code == 200
        counts.append(len(count))

    assert counts[0] == counts[1]
