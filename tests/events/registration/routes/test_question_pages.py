"""The host's own questions on the own page, the team's page and the staff's pages."""

import pytest

from consortium.database import db
from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team
from tests.browser import Browser
from tests.events.questions.builders import answer, ask, ask_team, seat_holder, team_holder
from tests.events.registration.builders import LEAD, draft, seat_of, submit
from tests.events.registration.routes.answered import confirm, last_act, said, sent
from tests.events.registration.routes.pages import errors, value, words
from tests.factories import make_institute, make_lea, make_person
from tests.queries import counting_queries

ADA = "ada@3400001.example.org"
MANAGE = "/lakeshore/manage/institutes/summer"


@pytest.fixture
def institute(coordinator: Person) -> Institute:
    return make_institute()


@pytest.fixture
def team(lead: Person, institute: Institute) -> Team:
    lea = make_lea("3400001", "Oak Park")
    return submit(draft(institute, lea, "ada superintendent", "bo union_leader"))


@pytest.fixture
def ada(team: Team) -> Seat:
    return seat_of(team, "Ada")


@pytest.fixture
def own_page(ada: Seat) -> str:
    return f"/lakeshore/seats/{ada.id}"


def test_a_seat_is_confirmed_with_what_must_be_answered_and_not_without(
    client: Browser, institute: Institute, ada: Seat, own_page: str
) -> None:
    ask(institute, "hotel", "choice", required=True)
    ask(
        institute,
        "nights",
        "number",
        required=True,
        shown_if_code="hotel",
        shown_if_values=("Yes",),
    )
    ask(institute, "caucus", required=True, role_codes=("union_leader",))
    client.sign_in(ADA)
    page = client.get(own_page)
    assert "Only if you answered “Yes” to “Hotel?”." in words(page)
    assert "Caucus?" not in words(page)

    refused = client.post(own_page, data=sent(page, q_nights="two"))
    assert (refused.status_code, errors(refused)) == (422, ["Choose one answer."])
    refused = client.post(own_page, data=sent(page, q_hotel="Yes", q_nights="two"))
    assert errors(refused) == ["Write a number with digits only, such as 40 or 2.5."]
    assert value(refused, "q_nights") == "two"
    db.session.refresh(ada)
    assert (ada.status, said()) == (SeatStatus.INVITED, {})

    done = client.post(own_page, data=sent(page, q_hotel="No", q_nights="two"))
    assert done.location == own_page
    db.session.refresh(ada)
    assert (ada.status, list(said().values())) == (SeatStatus.CONFIRMED, ["No"])
    act = last_act()
    assert (act.act, act.after["questions"]) == ("confirm_seat", ["hotel"])


def test_a_question_that_came_later_shows_as_missing(
    client: Browser, institute: Institute, team: Team, ada: Seat, own_page: str
) -> None:
    confirm(ada)
    ask(institute, "hotel", required=True)
    ask(institute, "health", required=True, sensitive=True)

    client.sign_in(LEAD)
    page = client.get(f"/lakeshore/teams/{team.id}")
    assert "Ada: 2 answers missing" in words(page)
    assert "Health?" not in words(page)
    assert "Hotel?" not in words(page)

    client.sign_in(ADA)
    page = client.get(own_page)
    assert "The hosts ask you 2 questions that you have not answered yet." in words(page)
    client.post(own_page, data=sent(page, q_hotel="Yes", q_health="Well"))
    assert "not answered yet" not in words(client.get(own_page))


def test_a_lead_answers_for_the_team_as_far_as_it_is_known(
    client: Browser, institute: Institute, team: Team
) -> None:
    ask_team(institute, "topic", required=True)
    ask_team(institute, "vote", "date", required=True)
    client.sign_in(LEAD)
    page = client.get(f"/lakeshore/teams/{team.id}")
    assert "Your team has not answered 2 questions yet." in words(page)
    path = f"/lakeshore/teams/{team.id}/questions"

    refused = client.post(path, data={"q_vote": "tomorrow"})
    assert errors(refused) == ["Write the day like 2027-06-21."]
    done = client.post(path, data={"q_topic": "Attendance", "q_vote": ""})

    assert done.location == f"/lakeshore/teams/{team.id}"
    page = words(client.get(done.location))
    assert "The answers are saved." in page
    assert "Your team has not answered 1 question yet." in page
    assert (last_act().act, last_act().after) == ("answer_team_questions", {"questions": ["topic"]})
    client.sign_in(ADA)
    assert client.get(path).status_code == 404


def test_a_strict_gate_waits_for_the_teams_answers_and_an_ideal_one_does_not(
    client: Browser, institute: Institute, lead: Person
) -> None:
    ask_team(institute, "topic", required=True)
    institute.gate = "strict"
    db.session.commit()
    lea = make_lea("3400009", "Elm")
    members = ("ada superintendent", "bo union_leader", "cy board_member")
    waiting = draft(institute, lea, *members)
    client.sign_in(LEAD)

    refused = client.post(f"/lakeshore/teams/{waiting.id}/submit")
    assert errors(refused) == ["The team cannot be submitted yet. Answer “Topic?”."]

    client.post(f"/lakeshore/teams/{waiting.id}/questions", data={"q_topic": "Attendance"})
    client.post(f"/lakeshore/teams/{waiting.id}/submit")
    db.session.refresh(waiting)
    assert waiting.status == "registered"


def test_staff_read_answers_and_a_look_in_confidence_is_written_down(
    client: Browser, institute: Institute, team: Team, ada: Seat
) -> None:
    ask(institute, "hotel", "choices", required=True)
    ask(institute, "health", sensitive=True)
    confirm(ada)
    confirm(seat_of(team, "Bo"))
    answer(seat_holder(institute, ada), hotel=("Yes", "No"), health="Well")
    make_person("facilitator@example.org", staff="facilitator")
    client.sign_in("coordinator@example.org")

    page = words(client.get(f"{MANAGE}/answers"))
    assert "Hotel? People 1 1" in page
    page = words(client.get(f"{MANAGE}/questions/hotel/answers"))
    assert "Ada Oak Park Yes, No" in page
    assert "Bo Oak Park missing" in page
    page = words(client.get(f"{MANAGE}/questions/hotel/answers?show=missing"))
    assert "Bo Oak Park missing" in page
    assert "Ada" not in page
    before = last_act().id
    assert "Ada Oak Park Well" in words(client.get(f"{MANAGE}/questions/health/answers"))
    act = last_act()
    assert (act.id != before, act.act, act.after) == (
        True,
        "view_answers",
        {"question": "health", "answers": 1},
    )

    client.sign_in("facilitator@example.org")
    assert "Health?" not in words(client.get(f"{MANAGE}/answers"))
    assert client.get(f"{MANAGE}/questions/hotel/answers").status_code == 200
    assert client.get(f"{MANAGE}/questions/health/answers").status_code == 404


@pytest.mark.parametrize("path", ["answers", "questions/hotel/answers"])
def test_the_lists_ask_the_database_as_often_for_many_as_for_one(
    client: Browser, institute: Institute, team: Team, path: str
) -> None:
    ask(institute, "hotel", required=True)
    ask_team(institute, "topic", required=True)
    client.sign_in("coordinator@example.org")

    def queries() -> int:
        with counting_queries() as count:
            client.get(f"{MANAGE}/{path}")
        return len(count)

    confirm(seat_of(team, "Ada"))
    one = queries()
    for code in ("a", "b"):
        ask(institute, code, required=True)
    confirm(seat_of(team, "Bo"))
    other = submit(
        draft(institute, make_lea("3400002", "Elm"), "cy superintendent", by="x@example.org"),
        by="x@example.org",
    )
    confirm(seat_of(other, "Cy"))
    answer(team_holder(institute, other), topic="x")

    assert queries() == one


def test_the_teams_page_asks_as_often_for_many_members_as_for_one(
    client: Browser, institute: Institute, team: Team
) -> None:
    ask(institute, "hotel", required=True)
    client.sign_in(LEAD)

    def queries() -> int:
        with counting_queries() as count:
            client.get(f"/lakeshore/teams/{team.id}")
        return len(count)

    confirm(seat_of(team, "Ada"))
    one = queries()
    confirm(seat_of(team, "Bo"))
    ask(institute, "more", required=True)

    assert queries() == one
