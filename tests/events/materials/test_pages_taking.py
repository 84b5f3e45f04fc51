import io
import zipfile
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from consortium.database import db
from consortium.people.models import Person
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.materials import service as materials
from events.materials.domain import Audience
from events.schedule.models import Session
from tests.browser import Browser
from tests.consortium.files.samples import PDF
from tests.events.materials.stage import Broken, hand_out
from tests.factories import make_session
from tests.queries import counting_queries
from tests.reading import main, words

SHELF = "/lakeshore/institutes/summer/materials"
AGENDA = "/lakeshore/institutes/summer/agenda"
PROGRAMME = "/lakeshore/institutes/summer/programme"


def test_a_file_is_an_attachment_that_can_do_nothing(client: Browser, institute: Institute) -> None:
    material = hand_out(institute, file='a"\r\nSet-Cookie: x=1;.pdf')

    answer = client.get(f"{SHELF}/{material.id}")

    assert answer.data == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "Set-Cookie: x" not in str(answer.headers).split("Content-Disposition")[0]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")


def test_strangers_are_told_nothing_of_what_they_may_not_have(
    client: Browser, institute: Institute, ana: Person
) -> None:
    material = hand_out(institute, "Secret plan", audience=Audience.PLACE, file="secret.pdf")

    answer = client.get(f"{SHELF}/{material.id}")
    assert answer.status_code == 404
    assert client.get(f"{SHELF}.zip").status_code == 404
    for page in (answer, client.get(SHELF), client.get(PROGRAMME)):
        assert "ecret" not in page.text
    client.sign_in("ana@x.org")
    assert client.get(f"{SHELF}/{material.id}").data == PDF
    assert "Secret plan" in client.get(SHELF).text


def test_a_draft_shows_its_materials_to_nobody_else(client: Browser, institute: Institute) -> None:
    material = hand_out(institute)
    institute.status = Status.DRAFT
    db.session.commit()

    assert client.get(SHELF).status_code == 404
    assert client.get(f"{SHELF}/{material.id}").status_code == 404


def test_downloads_are_counted_and_those_of_staff_are_not(
    client: Browser, institute: Institute, coordinator: Person
) -> None:
    material = hand_out(institute)
    for _ in range(2):
        client.get(f"{SHELF}/{material.id}")
    client.head(f"{SHELF}/{material.id}")
    client.get(f"{SHELF}.zip").get_data()
    client.sign_in("coordinator@example.org")
    client.get(f"{SHELF}/{material.id}")

    (row,) = main(client.get(f"{SHELF}/manage").text).select("tbody tr")
    assert words(row.select_one("td.number")) == "3"


def test_a_full_disk_keeps_nobody_from_reading(
    client: Browser, institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = hand_out(institute)

    def full(_ids: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("disk I/O error"))

    monkeypatch.setattr(materials, "count_downloads", full)
    assert client.get(f"{SHELF}/{material.id}").data == PDF


def test_everything_comes_as_one_file_in_folders(
    client: Browser, institute: Institute, session: Session
) -> None:
    hand_out(institute, "All", file="all.pdf")
    hand_out(institute, "Same name", file="all.pdf")
    hand_out(institute, "Of the day", file="day.pdf", on=institute.days[0].on)
    hand_out(institute, "Slides", file="../../evil/slides.pdf", session="opening")
    hand_out(institute, "Recording", link="https://video.example.org/1", session="opening")

    answer = client.get(f"{SHELF}.zip")

    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert answer.mimetype == "application/zip"
    assert archive.namelist() == [
        "Links.txt",
        "all.pdf",
        "all (2).pdf",
        "2026-05-01/day.pdf",
        "2026-05-01 09.00 Opening/slides.pdf",
    ]
    assert archive.read("Links.txt").decode() == "Recording\r\nhttps://video.example.org/1\r\n\r\n"


def test_where_files_cannot_be_read_a_page_says_so(
    app: Flask, client: Browser, institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = hand_out(institute)
    ports = app.extensions["ports"]
    monkeypatch.setitem(app.extensions, "ports", replace(ports, storage=Broken()))

    for address in (f"{SHELF}/{material.id}", f"{SHELF}.zip"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert "Nothing was changed" in answer.text


def test_a_file_lost_in_the_middle_is_named_at_the_end(
    app: Flask, client: Browser, institute: Institute
) -> None:
    storage = app.extensions["ports"].storage
    hand_out(institute, "One", file="one.pdf")
    before = set(storage.files)
    hand_out(institute, "Two", file="two.pdf")
    for key in set(storage.files) - before:
        storage.delete(key)

    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{SHELF}.zip").data))

    assert archive.namelist() == ["one.pdf", "NOT INCLUDED.txt"]
    assert b"two.pdf" in archive.read("NOT INCLUDED.txt")


def test_links_lead_there_directly_and_say_where(client: Browser, institute: Institute) -> None:
    hand_out(institute, "<b>Talk</b>", link="https://video.example.org/1")

    (item,) = main(client.get(SHELF).text).select(".materials li")

    assert item.a["href"] == "https://video.example.org/1"
    assert words(item) == "<b>Talk</b> (Slides, link to video.example.org)"


@pytest.mark.parametrize("page", [PROGRAMME, AGENDA])
def test_materials_stand_on_their_session(
    client: Browser, institute: Institute, session: Session, ana: Person, page: str
) -> None:
    hand_out(institute, "Of the opening", session="opening", audience=Audience.AGENDA)
    client.sign_in("ana@x.org")

    card = main(client.get(page).text).select_one(".session")

    assert "Of the opening (Slides, PDF, 1 KB)" in words(card)


def test_a_long_programme_asks_for_its_materials_once(
    client: Browser, institute: Institute, session: Session
) -> None:
    def count() -> int:
        client.get(PROGRAMME)
        with counting_queries() as counted:
            client.get(PROGRAMME)
        return len(counted)

    hand_out(institute, session="opening")
    one = count()
    for n in range(3):
        make_session(institute, f"s{n}", "2026-05-01T11:00", "2026-05-01T12:00")
        hand_out(institute, session=f"s{n}")

    assert count() == one
