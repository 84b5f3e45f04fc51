import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.people.models import Person
from events.deliverables import service as deliverables
from events.deliverables.models import Deliverable, HandIn
from events.institutes.models import Institute
from events.registration.models import Team
from tests.browser import Browser
from tests.consortium.files.samples import PDF, office
from tests.events.deliverables.stage import DUE, ask, hand_in, lead, team_of_two
from tests.events.materials.stage import Broken, hand_out
from tests.factories import make_person
from tests.reading import main, words

MANAGE = "/lakeshore/manage/institutes/summer"
GALLERY = "/lakeshore/institutes/summer/gallery"


@pytest.fixture
def host(client: Browser, coordinator: Person) -> Browser:
    client.sign_in("coordinator@example.org")
    return client


def page_of(team: Team, plan: Deliverable) -> str:
    return f"/lakeshore/teams/{team.id}/deliverables/{plan.id}"


def upload(client: Browser, team: Team, plan: Deliverable, name: str, content: bytes = PDF) -> Any:
    data = {"file": (io.BytesIO(content), name), "note": "Both of us wrote it."}
    return client.post(page_of(team, plan), data=data)


def tags(client: Browser, address: str) -> list[str]:
    return [words(tag) for tag in main(client.get(address).text).select(".page__head .tag")]


def test_two_leads_hand_in_a_plan_together(
    client: Browser, team: Team, institute: Institute
) -> None:
    empty_plan = office()  # two of them can differ by the second in which they were made
    template = hand_out(institute, "Plan to fill in", file="plan.docx", content=empty_plan)
    plan = ask(institute, both_sides=True, template_id=template.id, instructions="One\n\npage.")
    address = page_of(team, plan)
    client.sign_in("sue1@x.org")
    assert "Due: Monday, April 20, 2026 at 5:00 PM Eastern Time" in words(
        main(client.get(address).text)
    )
    assert client.get(f"{address}/template").data == empty_plan
    assert upload(client, team, plan, "plan.pdf").status_code == 302
    assert tags(client, address) == ["waits for agreement"]

    client.sign_in("tess1@x.org")
    assert client.get(f"{address}/versions/1").data == PDF
    assert "District action plan" in client.get(f"/lakeshore/teams/{team.id}").text
    assert client.post(f"{address}/agree", data={"number": "1"}).status_code == 302

    assert tags(client, address) == ["handed in"]
    client.sign_in("bo1@x.org")
    page = main(client.get(address).text)
    assert page.select_one("input[type=file]") is None
    assert "The team's leads hand it in." in words(page)
    assert upload(client, team, plan, "mine.pdf").status_code == 404
    assert words(main(client.get(f"/lakeshore/teams/{team.id}/deliverables").text).tbody) == (
        "District action plan Monday, April 20, 2026 at 5:00 PM Eastern Time handed in"
    )


def test_after_the_due_moment_the_page_says_so_plainly(
    client: Browser, team: Team, institute: Institute, frozen: Any
) -> None:
    plan = ask(institute, late_allowed=False)
    frozen("2026-04-21T12:00:00+00:00")
    client.sign_in("sue1@x.org")

    page = main(client.get(page_of(team, plan)).text)
    assert "It was due already, and nothing is taken any more." in words(page)
    assert page.select_one("input[type=file]") is None
    answer = upload(client, team, plan, "plan.pdf")
    assert answer.status_code == 422
    assert db.session.query(HandIn).count() == 0


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.exe", b"MZ\x90", "We cannot take this kind of file"),
        ("plan.png", b"\x89PNG\r\n\x1a\n", "We cannot take this kind of file"),
        ("plan.pdf", b"", "This file is empty"),
        ("", b"", "Choose the file to hand in."),
        ("bomb.docx", office(**{"word/a.xml": "0" * 70_000_000}), "damaged"),
    ],
)
def test_a_file_that_nobody_asked_for_is_refused(
    client: Browser, team: Team, plan: Deliverable, name: str, content: bytes, says: str
) -> None:
    client.sign_in("sue1@x.org")

    answer = upload(client, team, plan, name, content)

    assert answer.status_code == 422
    assert says in words(main(answer.text).select_one(".error-summary"))


def test_a_full_disk_says_so(
    app: Flask, client: Browser, team: Team, plan: Deliverable, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in("sue1@x.org")
    ports = app.extensions["ports"]
    monkeypatch.setitem(app.extensions, "ports", replace(ports, storage=Broken()))

    assert upload(client, team, plan, "plan.pdf").status_code == 503
    assert db.session.query(HandIn).count() == 0


def test_the_same_upload_sent_twice_is_one_version(
    client: Browser, team: Team, plan: Deliverable
) -> None:
    client.sign_in("sue1@x.org")
    for _ in range(2):
        data = {"file": (io.BytesIO(PDF), "plan.pdf"), "action_key": "k" * 22}
        assert client.post(page_of(team, plan), data=data).status_code == 302

    assert db.session.query(HandIn).count() == 1


def test_strangers_and_other_teams_find_nothing(
    client: Browser, institute: Institute, team: Team
) -> None:
    plan = ask(institute, gallery=True)
    hand_in(team, plan)
    team_of_two(institute, 2)
    make_person("stranger@x.org")
    for who, sees_gallery in (("stranger@x.org", 404), ("sue2@x.org", 200)):
        client.sign_in(who)
        for address in (page_of(team, plan), f"{page_of(team, plan)}/versions/1"):
            assert client.get(address).status_code == 404
        assert client.get(GALLERY).status_code == sees_gallery
        assert client.get(f"{GALLERY}/{plan.id}/{team.id}").status_code == 404
        assert client.post(f"{page_of(team, plan)}/agree", data={"number": "1"}).status_code == 404


def test_what_a_team_shows_hangs_in_the_gallery(
    client: Browser, institute: Institute, team: Team
) -> None:
    plan = ask(institute, gallery=True)
    hand_in(team, plan)
    client.sign_in("sue1@x.org")
    client.post(f"{page_of(team, plan)}/show")
    team_of_two(institute, 2)
    client.sign_in("sue2@x.org")

    assert words(main(client.get(GALLERY).text).select_one(".materials li")) == (
        "District 1 (plan.pdf, 1 KB)"
    )
    assert client.get(f"{GALLERY}/{plan.id}/{team.id}").data == PDF


def test_the_host_reads_who_is_missing_and_takes_everything_along(
    host: Browser, institute: Institute, team: Team, plan: Deliverable
) -> None:
    team.name = "Harbor / Point: ../Township"
    db.session.commit()
    team_of_two(institute, 2)
    hand_in(team, plan)
    address = f"{MANAGE}/deliverables/{plan.id}"

    page = main(host.get(address).text)
    assert "1 of 2 teams have handed in." in words(page)
    missing = page.select_one("table").select("tbody tr")
    (line,) = [words(row) for row in missing]
    assert line == "District 2 Sue2, sue2@x.org Tess2, tess2@x.org missing"
    assert page.select_one("a[href='mailto:sue2@x.org']") is not None
    archive = zipfile.ZipFile(io.BytesIO(host.get(f"{address}/files.zip").data))
    assert archive.namelist() == ["Harbor Point .. Township/plan.pdf"]
    assert host.post(f"{address}/remind").status_code == 302
    assert "Remind those missing" not in host.get(address).text


def test_the_host_asks_for_a_change_with_a_note(
    host: Browser, team: Team, plan: Deliverable
) -> None:
    hand_in(team, plan)
    address = f"{MANAGE}/deliverables/{plan.id}/teams/{team.id}"

    refused = host.post(address, data={"number": "1", "change": "1"})
    assert "Write what the team should change." in refused.text
    host.post(address, data={"number": "1", "change": "1", "note": "Say who."})
    host.sign_in("sue1@x.org")
    page = main(host.get(page_of(team, plan)).text)
    assert "The host writes: Say who." in words(page)
    assert page.select_one("input[type=file]") is not None


def test_asking_teams_goes_through_one_form(host: Browser, institute: Institute) -> None:
    usual = {
        "title": "Presentation",
        "due_on": "2026-04-20",
        "due_time": "17:00",
        "kinds": ["slides", "pdf"],
        "template": "",
        "remind_days": "2, 7",
        "both_sides": "y",
        "sign_roles": ["board_member"],
    }
    for change, says in (
        ({"due_on": ""}, "Choose the day"),
        ({"kinds": []}, "at least one kind"),
        ({"remind_days": "soon"}, "numbers with commas"),
        ({"remind_days": "99"}, "days from 0 to 60"),
        ({"sign_roles": ["king"]}, "Choose from the list."),
        ({"due_on": "2026-03-08", "due_time": "02:30"}, "does not exist"),
    ):
        answer = host.post(f"{MANAGE}/add-deliverable", data={**usual, **change})
        assert answer.status_code == 422
        assert says in words(main(answer.text).select_one(".error-summary")), change

    assert host.post(f"{MANAGE}/add-deliverable", data=usual).status_code == 302

    plan = db.session.query(Deliverable).one()
    assert (plan.due, plan.kinds, plan.remind_days) == (DUE, ["pdf", "slides"], [7, 2])
    assert (plan.both_sides, plan.sign_roles, plan.late_allowed) == (True, ["board_member"], False)
    page = main(host.get(f"{MANAGE}/deliverables/{plan.id}/change").text)
    assert [one["value"] for one in page.select("input[name=kinds][checked]")] == ["pdf", "slides"]
    assert page.select_one("input[name=remind_days]")["value"] == "7, 2"


def test_where_both_leads_act_together_both_sides_sign_unless_the_host_says_no(
    host: Browser, institute: Institute
) -> None:
    institute.joint_acts = ["submit"]
    db.session.commit()

    page = main(host.get(f"{MANAGE}/add-deliverable").text)

    assert page.select_one("input[name=both_sides]").has_attr("checked")


def test_a_member_without_a_team_page_finds_the_way(
    client: Browser, institute: Institute, team: Team, plan: Deliverable
) -> None:
    client.sign_in("bo1@x.org")

    link = main(client.get("/lakeshore/mine").text).find("a", string="What we hand in")

    assert (
        link is not None or f"/teams/{team.id}/deliverables" in client.get("/lakeshore/mine").text
    )


def test_nobody_agrees_by_what_is_not_there(client: Browser, team: Team) -> None:
    plan = ask(db.session.get_one(Institute, team.institute_id), both_sides=True)
    with transaction():
        deliverables.ask_teams(
            db.session.get_one(Institute, team.institute_id), plan.spec, by="host@example.org"
        )
    hand_in(team, plan, lead(team))
    client.sign_in("tess1@x.org")
    for number, status in (("7", 404), ("-1", 404), ("x", 404), ("1", 302)):
        answer = client.post(f"{page_of(team, plan)}/agree", data={"number": number})
        assert answer.status_code == status, number
