import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.booklets.domain import from_a_to_z, speakers_of
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule.domain import programme_of
from events.schedule.models import Presenter, Room, Venue
from tests.browser import Browser
from tests.events.invoices.papers.reading_aloud import read_aloud
from tests.events.signage.test_domain import session
from tests.factories import NOON, make_institute, make_lea, make_person, make_session, make_team

PROGRAMME = "/lakeshore/institutes/summer/programme.pdf"
AGENDA = "/lakeshore/institutes/summer/agenda.pdf"


class Noting:
    """Gives what a paper says."""

    edition = "1"

    def print(self, template: str, data: Mapping[str, Any]) -> bytes:
        return json.dumps({"template": template, **data}).encode()

    def unprintable(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(word for word in words if not word.isascii())


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    institute = make_institute()
    venue = Venue(
        institute_id=institute.id, name="Hotel Two", name_key="hotel two", position=0,
        address="1 Main St", notes="Step-free by the side door",
    )  # fmt: skip
    db.session.add(venue)
    db.session.flush()
    hall = Room(
        institute_id=institute.id, name="Hall", name_key="hall", venue="Hotel Two", capacity=40,
        features=["hearing_loop"], position=0,
    )  # fmt: skip
    pia = Presenter(
        institute_id=institute.id, name="Pia", name_key="pia", affiliation="Rutgers",
        email="secret@x.org", position=0,
    )  # fmt: skip
    db.session.add_all([hall, pia])
    db.session.commit()
    for code in ("beta", "alpha"):
        make_session(
            institute, code, "2026-05-01T09:00", "2026-05-01T10:00", kind="breakout",
            choice_group="A", room="Hall", venue="Hotel Two", presenters=["Pia"],
            online_link="https://video.example.org/secret",
        )  # fmt: skip
    make_session(institute, "later", "2026-05-02T09:00", "2026-05-02T10:00", cancelled_at=NOON)
    make_session(institute, "hidden", "2026-05-02T09:00", "2026-05-02T10:00", published=False)
    return institute


@pytest.fixture
def said(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let papers be what they say."""
    ports = app.extensions["ports"]
    monkeypatch.setitem(app.extensions, "ports", replace(ports, printer=Noting()))


def test_the_programme_is_a_tagged_paper(client: Browser, institute: Institute) -> None:
    answer = client.get(PROGRAMME)

    assert answer.data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.data
    assert answer.headers["Content-Disposition"] == "attachment; filename=summer-programme.pdf"


def test_read_aloud_a_time_comes_before_what_is_on_then(
    client: Browser, institute: Institute
) -> None:
    heard = read_aloud(client.get(PROGRAMME).data)
    texts = [one.text.replace("\u202f", " ") for one in heard]

    assert [one.text for one in heard if one.tag == "H1"] == ["Summer Institute"]
    assert [one.text for one in heard if one.tag == "H3"][:2] == ["Alpha", "Beta"]
    assert texts.index("9:00 AM to 10:00 AM") < texts.index("Alpha") < texts.index("Beta")
    assert [one.text for one in heard if one.tag == "H2"][-3:] == [
        "Places, and how to get in", "Sessions from A to Z", "Who holds what",
    ]  # fmt: skip


def test_it_says_days_places_access_and_everything_from_a_to_z(
    client: Browser, institute: Institute, said: None
) -> None:
    paper = json.loads(client.get(PROGRAMME).data.decode().replace("\\u202f", " "))

    first, second = paper["days"]
    assert first["title"] == "Friday, May 1, 2026: Day 1"
    (slot,) = first["slots"]
    assert (slot["time"], slot["choose"]) == ("9:00 AM to 10:00 AM", "Choose one of these:")
    assert [(one["title"], one["facts"], one["people"]) for one in slot["sessions"]] == [
        ("Alpha", "Breakout · Hall, Hotel Two", "Pia"),
        ("Beta", "Breakout · Hall, Hotel Two", "Pia"),
    ]
    assert second["slots"][0]["sessions"][0]["cancelled"]
    assert [row[0] for row in paper["index"]] == ["Alpha", "Beta", "Later"]
    assert paper["speakers"] == [{"name": "Pia, Rutgers", "titles": ["Alpha", "Beta"]}]
    assert [(one["name"], one["lines"]) for one in paper["places"]] == [
        ("Rutgers University, New Brunswick", []),
        ("Hotel Two", ["1 Main St", "Step-free by the side door"]),
        ("Hall", ["Hotel Two", "40 seats", "Hearing loop"]),
    ]
    assert paper["access"].endswith("write to hello@lakeshore.example.org.")
    for secret in ("secret", "Hidden"):
        assert secret not in json.dumps(paper)


def test_everyone_prints_the_own_agenda_alone(
    client: Browser, institute: Institute, said: None
) -> None:
    make_team(institute, make_lea("3400001", "Great Meadow"), {"ana@x.org": "principal"})
    assert client.get(AGENDA).status_code == 302
    make_person("stranger@x.org")
    client.sign_in("stranger@x.org")
    assert client.get(AGENDA).status_code == 404
    client.sign_in("ana@x.org")

    answer = client.get(AGENDA)
    paper = json.loads(answer.data)
    person = db.session.scalars(select(Person).where(Person.name == "Ana")).one()
    person.name = "\u674e\u5c0f\u9f8d"
    db.session.commit()

    assert paper["title"] == "Agenda of Ana"
    assert json.loads(client.get(AGENDA).data)["title"] == "My agenda"
    assert paper["standing"].startswith("There is still a round to choose in")
    ((slot,),) = [day["slots"] for day in paper["days"]]
    assert [one["title"] for one in slot["sessions"]] == ["Later"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_letters_of_any_script_and_marks_of_the_printer_are_only_text(
    client: Browser, institute: Institute
) -> None:
    make_session(
        institute, "odd", "2026-05-01T11:00", "2026-05-01T12:00",
        title="#panic() $x$ *b* 李小龍 עברית " + "long " * 60, description="a\nb @ref <l> `c`",
    )  # fmt: skip

    assert client.get(PROGRAMME).data.startswith(b"%PDF-")


def test_a_draft_has_no_programme_for_others(client: Browser, institute: Institute) -> None:
    institute.status = Status.DRAFT
    db.session.commit()

    assert client.get(PROGRAMME).status_code == 404


def test_the_index_is_by_title_and_speakers_leave_out_what_is_cancelled() -> None:
    sessions = [
        session("beta", "2026-05-01T09:00", "2026-05-01T10:00", presenters=("Bo", "al")),
        session("Alpha", "2026-05-01T11:00", "2026-05-01T12:00", facilitators=("Bo",)),
        session("Gone", "2026-05-01T13:00", "2026-05-01T14:00", presenters=("No",), cancelled=True),
    ]
    programme = programme_of(sessions, zone="America/Denver")

    assert [one.title for one in from_a_to_z(programme)] == ["Alpha", "beta", "Gone"]
    found = [(one.name, one.affiliation, one.titles) for one in speakers_of(sessions, {"Bo": "X"})]
    assert found == [("al", "", ("beta",)), ("Bo", "X", ("beta", "Alpha"))]
