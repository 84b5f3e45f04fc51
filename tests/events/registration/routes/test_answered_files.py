"""Files as answers: handed in, given back, and there for few."""

from io import BytesIO

import pytest
from flask import Flask

from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration.models import Seat, Team
from tests.browser import Browser
from tests.consortium.files.samples import PDF
from tests.events.questions.builders import ask
from tests.events.registration.builders import LEAD, draft, seat_of, submit
from tests.events.registration.routes.answered import confirm, last_act, sent
from tests.events.registration.routes.pages import errors, words
from tests.factories import make_institute, make_lea, make_person
from tests.storage import MemoryStorage

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


@pytest.fixture
def storage(app: Flask) -> MemoryStorage:
    kept: MemoryStorage = app.extensions["ports"].storage
    return kept


def test_a_file_goes_to_and_fro(
    client: Browser, institute: Institute, ada: Seat, own_page: str, storage: MemoryStorage
) -> None:
    ask(institute, "cv", "file", required=True)
    client.sign_in(ADA)
    page = client.get(own_page)
    assert 'enctype="multipart/form-data"' in page.text

    for name, content, sentence in (
        ("cv.html", b"<script>", "We cannot take this kind of file. Choose one of these: PDF"),
        ("cv.pdf", b"", "This file is empty. Choose another one."),
        ("cv.pdf", PDF[:-8], "This file is damaged or not what its name says."),
    ):
        refused = client.post(own_page, data=sent(page, q_cv=(BytesIO(content), name)))
        assert errors(refused)[0].startswith(sentence)

    saved = client.post(own_page, data=sent(page, q_cv=(BytesIO(PDF), "../My CV.pdf")))
    assert saved.location == own_page
    page = client.get(own_page)
    assert "Cv?: My CV.pdf" in words(page)
    file = client.get(f"/lakeshore/seats/{ada.id}/answers/cv")
    assert (file.data, file.mimetype) == (PDF, "application/pdf")
    assert file.headers["Content-Disposition"] == 'attachment; filename="My CV.pdf"'
    assert file.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")

    assert client.post(own_page, data=sent(page)).location == own_page  # the file stays
    page = client.get(own_page)
    refused = client.post(own_page, data=sent(page, drop_cv="y"))
    assert errors(refused) == ["Choose a file."]


def test_a_file_of_someone_else_is_not_there(
    client: Browser, institute: Institute, team: Team, ada: Seat, storage: MemoryStorage
) -> None:
    ask(institute, "cv", "file")
    ask(institute, "note", "file", sensitive=True)
    confirm(ada)
    client.sign_in(ADA)
    page = client.get(f"/lakeshore/seats/{ada.id}")
    files = {"q_cv": (BytesIO(PDF), "cv.pdf"), "q_note": (BytesIO(PDF), "note.pdf")}
    client.post(f"/lakeshore/seats/{ada.id}", data=sent(page, **files))
    make_person("facilitator@example.org", staff="facilitator")

    def answers(code: str) -> list[int]:
        paths = (
            f"/lakeshore/seats/{ada.id}/answers/{code}",
            f"/lakeshore/teams/{team.id}/answers/{code}",
            f"{MANAGE}/questions/{code}/answers/{ada.id}",
        )
        return [client.get(path).status_code for path in paths]

    seen = {}
    for who in (
        ADA,
        LEAD,
        "bo@3400001.example.org",
        "facilitator@example.org",
        "coordinator@example.org",
    ):
        client.sign_in(who)
        seen[who.split("@")[0]] = (answers("cv"), answers("note"))

    assert seen == {
        "ada": ([200, 404, 403], [200, 404, 403]),
        "lead": ([404, 404, 403], [404, 404, 403]),
        "bo": ([404, 404, 403], [404, 404, 403]),
        "facilitator": ([404, 404, 200], [404, 404, 404]),
        "coordinator": ([404, 404, 200], [404, 404, 200]),
    }
    assert (last_act().act, last_act().after) == (
        "view_answers",
        {"question": "note", "answers": 1},
    )
