import io
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from consortium.database import db
from consortium.files.models import StoredFile
from consortium.people.models import Person
from events.institutes.models import Institute
from events.materials.models import Material
from events.schedule.models import Presenter, Session
from tests.browser import Browser
from tests.consortium.files.samples import PDF, office
from tests.events.materials.stage import Broken, hand_out
from tests.reading import main, words

PATH = "/lakeshore/institutes/summer/materials"
ADD = f"{PATH}/add"
USUAL = {"title": "Slides", "kind": "slides", "subject": "", "audience": "place"}
SLIDES = office("ppt/presentation.xml")


@pytest.fixture
def host(client: Browser, coordinator: Person) -> Browser:
    client.sign_in("coordinator@example.org")
    return client


def send(host: Browser, name: str = "", content: bytes = PDF, **values: Any) -> Any:
    data = {**USUAL, **values}
    if name:
        data["file"] = (io.BytesIO(content), name)
    return host.post(values.pop("to", ADD), data=data)


def fault(answer: Any) -> str:
    assert answer.status_code == 422
    assert db.session.query(StoredFile).count() == 0
    return words(main(answer.text).select_one(".error-summary li"))


def test_a_host_hands_out_slides(host: Browser, institute: Institute, session: Session) -> None:
    answer = send(host, "talk.pptx", SLIDES, subject="session:opening", after_session="y")

    assert answer.status_code == 302
    material = db.session.query(Material).one()
    assert (material.session_id, material.after_session) == (session.id, True)
    assert "Slides, PPTX, 1 KB" in words(main(host.get(answer.location).text))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("run.exe", b"MZ\x90\0" + b"\0" * 100, "We cannot take this kind of file"),
        ("page.html", b"<script>alert(1)</script>", "We cannot take this kind of file"),
        ("slides.pdf", b"<script>alert(1)</script>", "We cannot take this kind of file"),
        ("picture.svg", b"<svg onload='alert(1)'/>", "We cannot take this kind of file"),
        ("run.sh", b"#!/bin/sh\nrm -rf /", "We cannot take this kind of file"),
        ("a.pdf", b"", "This file is empty"),
        ("macro.pptm", office("ppt/presentation.xml", **{"ppt/vbaProject.bin": "x"}), "macros"),
        ("bomb.pptx", office("ppt/presentation.xml", **{"ppt/a.xml": "0" * 70_000_000}), "damaged"),
        ("slip.docx", office(**{"../../etc/passwd": "x"}), "damaged"),
        ("two.docx", office(**{"xl/workbook.xml": "x"}), "This archive is no Word"),
        ("half.pdf", PDF[:-8], "damaged"),
        ("act.pdf", PDF.replace(b"/Catalog", b"/Catalog/JavaScript 2 0 R"), "runs programs"),
    ],
)
def test_what_can_run_or_is_not_whole_is_refused_and_nothing_is_kept(
    host: Browser, institute: Institute, name: str, content: bytes, says: str
) -> None:
    assert says in fault(send(host, name, content))
    assert db.session.query(Material).count() == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("plan.exe", "plan.exe.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_a_name_is_only_shown_and_ends_as_its_bytes_do(
    host: Browser, institute: Institute, name: str, shown: str
) -> None:
    assert send(host, name).status_code == 302
    assert db.session.query(StoredFile).one().filename == shown


def test_a_file_has_a_size_that_the_installation_sets(
    app: Flask, host: Browser, institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(app.extensions["settings"], largest_file=1024)
    monkeypatch.setitem(app.extensions, "settings", small)

    assert "This file is larger than" in fault(send(host, "large.pdf", b"%PDF-1.7" * 200))


@pytest.mark.parametrize(("megabytes", "status"), [(25, 400), (27, 413)])
def test_a_body_larger_than_any_file_is_stopped_at_the_door(
    host: Browser, institute: Institute, megabytes: int, status: int
) -> None:
    answer = host.post(
        ADD,
        input_stream=io.BytesIO(b"--x--"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(megabytes * 1024 * 1024)},
    )

    assert answer.status_code == status
    assert ("a file of 26 MB" in answer.text) is (status == 413)


def test_what_cannot_be_is_said_beside_its_field(host: Browser, institute: Institute) -> None:
    for values, says in (
        ({"link": "http://example.org"}, "beginning with https://"),
        ({"link": "javascript:alert(1)"}, "beginning with https://"),
        ({}, "Choose a file, or write a link."),
        ({"title": "", "link": "https://example.org/a"}, "Give it a title."),
        ({"audience": "agenda", "link": "https://example.org/a"}, "Choose the session"),
        ({"audience": "everyone", "link": "https://example.org/a"}, "Not a valid choice"),
        ({"until_time": "10:00", "link": "https://example.org/a"}, "Choose the day, too."),
        ({"title": "a\x00b", "link": "https://example.org/a"}, "hidden control characters"),
    ):
        assert says in fault(send(host, **values)), values


def test_a_full_disk_says_so_and_keeps_nothing(
    app: Flask, host: Browser, institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = app.extensions["ports"]
    monkeypatch.setitem(app.extensions, "ports", replace(ports, storage=Broken()))

    answer = send(host, "slides.pdf")

    assert answer.status_code == 503
    assert "what you typed is still there" in answer.text
    assert db.session.query(Material).count() == 0


def test_presenters_keep_what_is_at_their_session(
    client: Browser, institute: Institute, session: Session
) -> None:
    """Whoever holds a session needs to be no staff, and no person whom the consortium knows."""
    hand_out(institute, "Of the host")
    client.sign_in("presenter@x.org")
    assert client.get(ADD).status_code == 404
    who = Presenter(
        institute_id=institute.id, name="Pia", name_key="pia", email="Presenter@X.org", position=0
    )
    session.facilitators = ["Pia"]
    db.session.add(who)
    db.session.commit()

    offered = main(client.get(ADD).text).select("select[name=subject] option")
    assert [one["value"] for one in offered] == ["session:opening"]
    assert send(client, "mine.pdf", subject="session:opening").status_code == 302
    assert send(client, "mine.pdf", subject="").status_code == 422
    listed = main(client.get(f"{PATH}/manage").text).select("tbody th")
    assert [words(one) for one in listed] == [
        "Slides Slides, PDF, 1 KB added by presenter@x.org on Mon, Mar 2"
    ]


def test_the_form_shows_what_is_there_and_saving_it_changes_nothing_else(
    host: Browser, institute: Institute, session: Session
) -> None:
    send(
        host, "one.pdf", subject="session:opening", from_on="2026-05-01", from_time="08:00",
        until_on="2026-06-01", audience="public", description="Two\nlines",
    )  # fmt: skip
    material = db.session.query(Material).one()
    before = (material.available_from, material.available_until, material.description)
    page = main(host.get(f"{PATH}/{material.id}/change").text)
    form = page.select_one("form.form")
    sent = {
        one["name"]: one.get("value", "")
        for one in form.select("input:not([type=radio]):not([type=checkbox]):not([type=file])")
    }
    sent |= {one["name"]: one.select_one("[selected]")["value"] for one in form.select("select")}
    sent["audience"] = form.select_one("input[checked]")["value"]
    sent["description"] = form.select_one("textarea").get_text().lstrip("\n")

    answer = host.post(f"{PATH}/{material.id}/change", data=sent)

    assert answer.status_code == 302
    assert material.version == 2
    assert (material.available_from, material.available_until, material.description) == before
    assert (material.session_id, material.shown_number) == (session.id, 1)
