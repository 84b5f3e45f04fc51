"""A coordinator's pages about the questions of an institute."""

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.people.models import Person
from events.institutes.models import Institute
from events.questions.models import Question
from tests.browser import Browser
from tests.events.institutes.desk import send, words
from tests.events.questions.builders import answer, ask, ask_team, seat_holder
from tests.factories import make_institute, make_lea, make_team
from tests.queries import counting_queries

MANAGE = "/lakeshore/manage/institutes/summer"


@pytest.fixture
def institute(coordinator: Person) -> Institute:
    return make_institute()


@pytest.fixture
def desk(client: Browser, institute: Institute) -> Browser:
    client.sign_in("coordinator@example.org")
    return client


def asked() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(Question).order_by(Question.position)).all()
    return [(row.code, row.label) for row in rows]


def test_a_question_is_added_changed_moved_and_taken_out(desk: Browser) -> None:
    added = send(
        desk, f"{MANAGE}/add-question", label="Will you stay?", kind="choice", options="Yes\nNo\n"
    )
    assert added.location == f"{MANAGE}/questions"
    send(
        desk,
        f"{MANAGE}/add-question",
        label="Nights?",
        kind="number",
        shown_if_code="will_you_stay",
        shown_if_values="yes",
    )
    send(desk, f"{MANAGE}/add-question", label="Food?", required="y")
    send(desk, f"{MANAGE}/questions/food", label="What food?")
    desk.post(f"{MANAGE}/questions/food/move", data={"to": "earlier"})
    assert asked() == [
        ("will_you_stay", "Will you stay?"),
        ("food", "What food?"),
        ("nights", "Nights?"),
    ]
    refused = desk.post(f"{MANAGE}/questions/will_you_stay/stop")
    assert words(refused, "#error-summary li") == [
        "“Nights?” is asked only after this question. Change that one first."
    ]
    desk.post(f"{MANAGE}/questions/food/stop")
    page = desk.get(f"{MANAGE}/questions")
    assert words(page, "main tbody th") == ["Will you stay?", "Nights?"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"label": ""}, "Write the question."),
        ({"kind": "choice", "options": "Yes"}, "Write two to 60 options, one on each line."),
        ({"kind": "essay"}, "Choose one from the list."),
        ({"scope": "planet"}, "Choose one from the list."),
        ({"role_codes": ["king"]}, "Choose one from the list."),
        ({"shown_if_code": "nothing", "shown_if_values": "x"}, "Choose a question that stands"),
        ({"keep_until": "soon"}, "Write the day like 2027-06-21."),
        ({"code": "Hotel Room"}, "Begin with a small letter; use small letters"),
        ({"label": "x\x00y"}, "Remove the hidden control characters"),
    ],
    ids=str,
)
def test_what_makes_no_question_is_told_beside_the_field(
    desk: Browser, values: dict[str, object], sentence: str
) -> None:
    refused = send(desk, f"{MANAGE}/add-question", **{"label": "Hotel?", **values})

    assert refused.status_code == 422
    assert words(refused, "#error-summary li")[0].startswith(sentence)
    assert asked() == []


def test_what_was_answered_holds_a_question_in_its_shape(
    desk: Browser, institute: Institute
) -> None:
    ask(institute, "hotel", "choice")
    (seat,) = make_team(institute, make_lea("3400001", "Oak Park")).seats
    answer(seat_holder(institute, seat), hotel="Yes")

    page = desk.get(f"{MANAGE}/questions/hotel")
    assert "1 answer is there already" in page.text
    refused = send(desk, f"{MANAGE}/questions/hotel", options="No\nMaybe")
    assert words(refused, "#error-summary li") == [
        "“Yes” has been chosen, so it stays among the options."
    ]
    desk.post(f"{MANAGE}/questions/hotel/stop")
    assert words(desk.get(f"{MANAGE}/questions"), "main h2") == ["No longer asked"]
    desk.post(f"{MANAGE}/questions/hotel/again")
    assert words(desk.get(f"{MANAGE}/questions"), "main h2") == ["Each person, on their own page"]


def test_a_colleagues_change_is_not_overwritten_unseen(desk: Browser, institute: Institute) -> None:
    ask(institute, "hotel")
    opened = {"version": "1", "scope": "person", "kind": "text", "code": "hotel"}
    desk.post(f"{MANAGE}/questions/hotel", data={**opened, "label": "Mine?"})

    late = desk.post(f"{MANAGE}/questions/hotel", data={**opened, "label": "Yours?"})

    assert late.status_code == 409
    assert "Mine?" in late.text
    assert "Yours?" in late.text


def test_the_preview_shows_what_each_role_sees(desk: Browser, institute: Institute) -> None:
    ask(institute, "hotel", "choice")
    ask(institute, "caucus", role_codes=("union_leader",), sensitive=True)
    ask_team(institute, "topic", "file")
    path = f"{MANAGE}/questions-preview"

    seen = {
        role: words(desk.get(f"{path}?role={role}"), "main .panel .form-label")
        for role in ("", "superintendent", "union_leader", "nobody")
    }

    assert seen == {
        "": ["Topic? (optional)"],
        "superintendent": ["Hotel?"],
        "union_leader": ["Hotel?", "Caucus? (optional)"],
        "nobody": ["Topic? (optional)"],
    }


def test_the_list_asks_the_database_as_often_for_many_questions_as_for_one(
    desk: Browser, institute: Institute
) -> None:
    def queries() -> int:
        with counting_queries() as count:
            desk.get(f"{MANAGE}/questions")
        return len(count)

    ask(institute, "one")
    one = queries()
    ask(institute, "two")
    ask(institute, "three")

    assert queries() == one
