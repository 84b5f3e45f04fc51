"""A programme file in the browser: checked, shown, loaded; nothing is half loaded."""

import io
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service import get_by_slug
from events.programmes.domain import parse
from tests.browser import Browser
from tests.events.programmes.files import as_bytes, scenario, small
from tests.events.programmes.loads import loaded, session_of
from tests.factories import make_lea, make_team

PATH = "/lakeshore/manage/programme-file"


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it."""
    client.sign_in("coordinator@example.org")
    return client


def give(client: Browser, content: bytes) -> TestResponse:
    answer = client.post(PATH, data={"file": (io.BytesIO(content), "programme.json")})
    answer.request.environ["wsgi.input"].close()  # large bodies are files of the test client's
    return answer


def load(client: Browser, shown: TestResponse, **changes: Any) -> TestResponse:
    """Press the button of the page that shows what will be loaded."""
    form = BeautifulSoup(shown.text, "html.parser").select_one("main form")
    assert form is not None
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    return client.post(form["action"], data={**fields, **changes})


def words_of(answer: TestResponse, selector: str) -> list[str]:
    page = BeautifulSoup(answer.text, "html.parser")
    return [" ".join(tag.get_text(" ").split()) for tag in page.select(selector)]


def count() -> int:
    return db.session.scalars(select(func.count(Institute.id))).one()


def test_a_good_file_is_shown_first_and_loaded_by_a_button(desk: Browser) -> None:
    shown = give(desk, scenario("01").read_bytes())
    assert shown.status_code == 200
    assert words_of(shown, "h1") == [
        "Load “California Labor Management Initiative Summer Institute 2017”?"
    ]
    assert words_of(shown, "main dl.facts dd")[2:4] == [
        "Jun 19 – 21, 2017",
        "DoubleTree by Hilton San Diego - Mission Valley",
    ]
    assert count() == 0
    answer = load(desk, shown)
    assert answer.headers["Location"].endswith(
        "/institutes/california-labor-management-initiative-summer-institute-2017"
    )
    assert count() == 1


def test_the_button_pressed_twice_loads_once(desk: Browser) -> None:
    shown = give(desk, as_bytes(small()))
    first = load(desk, shown)
    second = load(desk, shown)
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert get_by_slug("summer-institute-2027").version == 1


def test_without_the_tick_it_stays_a_draft(desk: Browser) -> None:
    shown = give(desk, as_bytes(small()))
    page = BeautifulSoup(shown.text, "html.parser")
    fields = {
        tag["name"]: tag.get("value", "") for tag in page.select("main form input[type=hidden]")
    }
    desk.post(PATH, data=fields)
    assert get_by_slug("summer-institute-2027", drafts=True).status is Status.DRAFT


def test_a_faulty_file_is_answered_with_every_fault(desk: Browser) -> None:
    answer = give(desk, as_bytes(small(timezone="EST", sessions__1__end="2027-03-14T09:00")))
    assert answer.status_code == 422
    assert words_of(answer, "h1") == ["The programme file has faults"]
    assert words_of(answer, ".findings li") == [
        (
            "$.timezone “EST” is not the zone of a place. Write it like America/New_York or "
            "America/Chicago."
        ),
        (
            "$.sessions[1].end This session ends before it starts: end must be after "
            "2027-03-14T10:15."
        ),
    ]
    assert count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty. A programme file is one object in { }."),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00",
            "Line 1 is not written in UTF-8. Save the file again as UTF-8.",
        ),
        (b"<html>", "This is not JSON at line 1, column 1. A value is missing here."),
        (
            b'{"title": "a\\u0000b"}',
            (
                "This text holds an invisible character (U+0000) that calendars, mails or "
                "spreadsheets cannot carry. Type the text again."
            ),
        ),
        (
            b'{"a": "' + b"x" * 5_300_000 + b'"}',
            "The file is larger than 5 MB. A programme is far smaller: is this the right file?",
        ),
    ],
)
def test_a_wrong_file_is_answered_with_what_to_do(
    desk: Browser, content: bytes, sentence: str
) -> None:
    answer = give(desk, content)
    assert answer.status_code == 422
    assert [said.split(" ", 1)[1] for said in words_of(answer, ".findings li")] == [sentence]


def test_a_file_too_large_for_a_form_is_sent_to_the_command(desk: Browser) -> None:
    answer = give(desk, as_bytes(small(more=["x" * 19_000] * 100)))
    assert answer.status_code == 422
    assert words_of(answer, ".error-summary li") == [
        "This file is larger than 1.5 MB. Load it with the command “consortium programme load”."
    ]


def test_no_file_is_asked_for(desk: Browser) -> None:
    answer = desk.post(PATH, data={})
    assert answer.status_code == 422
    assert words_of(answer, ".error-summary li") == ["Choose a file first."]


def test_a_file_of_an_institute_that_is_there_shows_what_changes(desk: Browser) -> None:
    loaded()
    shown = give(desk, as_bytes(small(venue="Union hall", capacity__teams=12)))
    assert words_of(shown, "table tbody tr") == ["Venue — Union hall", "Places “teams” 10 12"]
    load(desk, shown)
    assert get_by_slug("summer-institute-2027").venue == "Union hall"


def test_what_someone_else_changed_after_the_look_is_shown_before_it_is_lost(
    desk: Browser,
) -> None:
    institute = loaded()
    shown = give(desk, as_bytes(small(venue="Union hall")))
    session_of(institute, "talk").title = "Blue talk"
    db.session.commit()
    answer = load(desk, shown)
    assert answer.status_code == 409
    assert words_of(answer, ".error-summary li") == [
        (
            "Someone changed this institute after you looked. See below what the file changes now, "
            "then load it."
        )
    ]
    assert words_of(answer, "table tbody tr") == [
        "Venue — Union hall",
        "Session “Talk”: Title Blue talk Talk",
    ]
    assert get_by_slug("summer-institute-2027").venue == ""
    assert load(desk, answer).status_code == 302
    assert get_by_slug("summer-institute-2027").venue == "Union hall"


def test_a_file_that_someone_else_loaded_meanwhile_makes_no_second_institute(
    desk: Browser,
) -> None:
    shown = give(desk, as_bytes(small()))
    loaded()
    assert load(desk, shown).status_code == 409
    assert count() == 1


def test_a_file_that_would_hurt_people_is_refused_with_the_file_kept(desk: Browser) -> None:
    make_team(loaded(), make_lea("3400001", "Elm"), {"a@elm.example.org": "union_leader"})
    roles = small()["roles"][:1]
    shown = give(desk, as_bytes(small(roles=roles, sessions__1__audience_roles=["*"])))
    answer = load(desk, shown)
    assert answer.status_code == 422
    assert words_of(answer, ".error-summary li") == [
        (
            "People registered as “Association president”: 1. The file has no role "
            "“union_leader”. Keep it, or give these people another role first."
        )
    ]
    kept = BeautifulSoup(answer.text, "html.parser").select_one("input[name=content]")
    assert kept is not None
    assert json.loads(kept["value"])["roles"] == roles


def test_a_file_changed_on_its_way_is_checked_again(desk: Browser) -> None:
    shown = give(desk, as_bytes(small()))
    answer = load(desk, shown, content='{"title": "x"}')
    assert answer.status_code == 422
    assert words_of(answer, ".findings code") == ["$.timezone", "$.days"]
    assert count() == 0


def test_a_warning_is_shown_and_stops_nothing(desk: Browser) -> None:
    shown = give(desk, as_bytes(small(sumary="x")))
    assert words_of(shown, ".findings li") == [
        "$.sumary “sumary” is kept, but nothing reads it. Did you mean “summary”?"
    ]
    assert load(desk, shown).status_code == 302


def test_the_programme_file_is_downloaded_as_it_would_be_loaded(desk: Browser) -> None:
    institute = loaded(title="Été 2027")
    answer = desk.get(f"/lakeshore/manage/institutes/{institute.slug}/programme.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=ete-2027.json"
    assert parse(answer.data).programme.title == "Été 2027"


def test_an_institute_nobody_registered_for_becomes_a_draft_again(desk: Browser) -> None:
    institute = loaded()
    answer = desk.post(f"/lakeshore/manage/institutes/{institute.slug}/unpublish")
    assert answer.status_code == 302
    again = get_by_slug(institute.slug, drafts=True)
    assert (again.status, again.published_at) == (Status.DRAFT, None)


def test_an_institute_with_a_team_stays_published(desk: Browser) -> None:
    institute = loaded()
    make_team(institute, make_lea("3400001", "Elm"))
    answer = desk.post(f"/lakeshore/manage/institutes/{institute.slug}/unpublish")
    assert answer.status_code == 422
    assert words_of(answer, "p.lead") == [
        (
            "Teams registered or on the waitlist: 1. So this cannot become a draft again. You can "
            "still edit it."
        )
    ]
    assert get_by_slug(institute.slug).status is Status.PUBLISHED


@pytest.mark.parametrize(
    "path", ["manage/programme-file", "manage/institutes/summer-institute-2027/programme.json"]
)
def test_programme_files_are_for_those_who_may_edit(
    client: Browser, tenant: Tenant, lead: Person, path: str
) -> None:
    loaded()
    assert client.get(f"/lakeshore/{path}").status_code == 302
    client.sign_in("lead@example.org")
    assert client.get(f"/lakeshore/{path}").status_code == 403
