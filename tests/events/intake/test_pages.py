"""Applying, signing, choosing and inviting at the browser."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.people.models import Person
from events.institutes.models import Institute
from events.intake.domain import WORDING
from events.intake.models import Application, ApplicationStatus
from tests.browser import Browser
from tests.events.intake.season import (
    AFTER_CLOSING,
    HOST,
    address,
    apply_whole,
    link_of,
    make_season,
    read,
    some_leas,
)
from tests.events.registration.routes.pages import errors, words
from tests.factories import make_lea
from tests.queries import counting_queries

SEASON = "/lakeshore/institutes/summer"
MANAGE = "/lakeshore/manage/institutes/summer"
XLSX = b"PK\x03\x04"


@pytest.fixture
def institute(lead: Person, coordinator: Person) -> Institute:
    return make_season()


def newest() -> Application:
    db.session.expire_all()
    statement = select(Application).order_by(Application.created_at.desc(), Application.id.desc())
    return db.session.scalars(statement.limit(1)).one()


def test_the_public_page_leads_to_applying_and_registering_is_refused(
    institute: Institute, client: Browser
) -> None:
    lea = make_lea("3400001", "Oak Park")
    page = BeautifulSoup(client.get(SEASON).text, "html.parser")
    assert page.find("a", string="Apply")["href"] == f"{SEASON}/apply"
    assert page.find("a", string="Register") is None

    client.sign_in("lead@example.org")
    response = client.post(
        f"{SEASON}/register", data={"lea_id": lea.id, "name": "Lee", "side": "labor"}
    )

    assert response.status_code == 422
    assert errors(response) == [
        "Teams apply for this institute, and the host selects. Use “Apply” on its page."
    ]


def test_someone_applies_step_by_step(institute: Institute, client: Browser) -> None:
    lea = make_lea("3400001", "Oak Park")
    client.sign_in("ana@example.org")
    started = client.post(
        f"{SEASON}/apply", data={"lea_id": lea.id, "name": "Ana", "role": "union_leader"}
    )
    path = f"/lakeshore/applications/{newest().id}"
    assert started.location == path

    early = client.post(f"{path}/submit")
    assert errors(early) == ["Write your statement of interest first."]
    client.post(
        f"{path}/statement",
        data={
            "statement": "To learn.",
            "seats_wanted": "5",
            "goals": ["Literacy", "Nonsense"],
            "version": "1",
        },
    )
    client.post(
        f"{path}/leaders/superintendent", data={"name": "Chief", "email": "Chief@example.org"}
    )
    client.post(f"{path}/submit")

    application = newest()
    assert (application.status, application.seats_wanted, application.goals) == (
        ApplicationStatus.SUBMITTED,
        5,
        ["Literacy"],
    )
    page = words(client.get(path))
    assert "Superintendent: has not signed yet." in page
    assert "Oak Park" in words(client.get("/lakeshore/mine"))
    assert "To learn." in words(client.get(f"{path}/statement"))


def test_only_the_person_asked_signs(institute: Institute, client: Browser) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(institute, lea, signed=False)
    path = f"/lakeshore/pledges/{link_of(lea, 'superintendent')}"

    assert "Sign in to answer" in words(client.get(path))
    client.sign_in("other@example.org")
    other = client.post(path, data={"signed_as": "Other"})
    assert other.status_code == 403
    assert "The link went to s…@3400001.example.org" in words(other)

    client.sign_in(address(lea, "superintendent"))
    assert "I support this application." in words(client.get(path))
    assert errors(client.post(path, data={"signed_as": ""})) == [
        "Type your full name, or say that you do not sign."
    ]
    client.post(path, data={"signed_as": "Dr. Sue Perry"})

    assert [pledge.signed_as for pledge in read(application).signed] == ["Dr. Sue Perry"]
    assert "You have signed" in words(client.get(path))


def test_leaders_sign_what_stood_there_when_they_were_asked(
    institute: Institute, client: Browser
) -> None:
    lea = make_lea("3400001", "Oak Park")
    application = apply_whole(institute, lea, signed=False)
    path = f"/lakeshore/pledges/{link_of(lea, 'superintendent')}"
    client.sign_in(HOST)
    client.post(
        f"{MANAGE}/pledges",
        data={"wording": "I pay for everything.", "version": str(institute.version)},
    )

    client.sign_in(address(lea, "superintendent"))
    assert "I pay for everything." not in words(client.get(path))
    client.post(path, data={"signed_as": "Dr. Sue Perry"})

    assert [pledge.wording for pledge in read(application).signed] == [WORDING]


def test_a_withdrawn_application_says_so(institute: Institute, client: Browser) -> None:
    lea = make_lea("3400001", "Oak Park")
    path = f"/lakeshore/applications/{apply_whole(institute, lea).id}"
    client.sign_in(address(lea))
    client.post(f"{path}/withdraw")

    page = words(client.get(path))

    assert "This application was withdrawn and takes no part in the selection." in page
    assert "Withdraw this application" not in page


def test_another_applicant_finds_nothing_and_a_coordinator_everything(
    institute: Institute, client: Browser
) -> None:
    lea = make_lea("3400001", "Oak Park")
    path = f"/lakeshore/applications/{apply_whole(institute, lea).id}"

    client.sign_in("other@example.org")
    assert client.get(path).status_code == 404
    client.sign_in(HOST)
    page = words(client.get(path))
    assert "The host's choice" in page
    assert "We want to learn." in page


def test_the_host_chooses_and_the_applicant_reads_why(
    institute: Institute, client: Browser, frozen: Any
) -> None:
    leas = some_leas(urban=2, rural=1)
    applications = [apply_whole(institute, lea) for lea in leas]
    frozen(AFTER_CLOSING)
    client.sign_in(HOST)

    client.post(f"{MANAGE}/selection/propose")
    page = words(client.get(f"{MANAGE}/selection"))
    assert "Urban (cities) 50% 2 1 50%" in page
    by_hand = client.post(
        f"/lakeshore/applications/{applications[2].id}/by-hand",
        data={"outcome": "not_selected", "reason": ""},
    )
    assert errors(by_hand) == ["Write the reason."]
    client.post(
        f"/lakeshore/applications/{applications[2].id}/by-hand",
        data={"outcome": "not_selected", "reason": "They asked for next year."},
    )
    client.post(f"{MANAGE}/selection/propose")
    assert "Letters 3" in words(client.get(f"{MANAGE}/selection/decide"))
    client.post(f"{MANAGE}/selection/decide")

    assert [read(one).status.value for one in applications] == [
        "selected",
        "selected",
        "not_selected",
    ]
    client.sign_in(address(leas[2]))
    page = words(client.get(f"/lakeshore/applications/{applications[2].id}"))
    assert "The host has decided: Not selected" in page
    assert "The host decided: They asked for next year." in page
    client.sign_in(address(leas[0]))
    page = words(client.get(f"/lakeshore/applications/{applications[0].id}"))
    assert "Counted under “Urban (cities)”: number" in page
    assert "Inside a part, applications that both sides have signed come first" in page
    assert "Places are kept for your team until" in page
    client.post(f"/lakeshore/teams/{read(applications[0]).team_id}/withdraw")
    page = words(client.get(f"/lakeshore/applications/{applications[0].id}"))
    assert "No places are kept for your team any more." in page


def test_the_table_filters_sorts_and_exports(institute: Institute, client: Browser) -> None:
    leas = some_leas(urban=1, rural=1)
    leas[1].enrollment, leas[1].name = 9, "=Small, Town"
    db.session.commit()
    for lea in leas:
        apply_whole(institute, lea, signed=lea is leas[0])
    client.sign_in(HOST)

    def listed(query: str) -> list[str]:
        page = BeautifulSoup(client.get(f"{MANAGE}/applications?{query}").text, "html.parser")
        return [cell.get_text() for cell in page.select("tbody th")]

    assert listed("order=size") == ["=Small, Town (NJ)", "District 1 (NJ)"]
    assert listed("eligible=yes") == ["District 1 (NJ)"]
    assert listed("locale=rural") == ["=Small, Town (NJ)"]
    assert listed("size=medium&state=NJ") == []
    assert "Choose one of the list." in client.get(f"{MANAGE}/applications?state=XX").text
    csv = client.get(f"{MANAGE}/applications.csv?locale=rural").get_data().decode("utf-8-sig")
    assert csv.count("\r\n") == 2
    assert '"\'=Small, Town"' in csv
    assert client.get(f"{MANAGE}/applications.xlsx").get_data()[:4] == XLSX
    acts = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "export_applications"))
    assert sorted(one.after["rows"] for one in acts) == [1, 2]


@pytest.mark.parametrize("page", ["applications", "selection"])
def test_the_table_asks_the_database_as_often_for_three_as_for_one(
    institute: Institute, client: Browser, page: str
) -> None:
    leas = some_leas(urban=2, rural=1)
    client.sign_in(HOST)
    counts = []
    for lea in leas:
        apply_whole(institute, lea)
        db.session.expire_all()
        with counting_queries() as count:
            client.get(f"{MANAGE}/{page}")
        counts.append(len(count))
    assert counts[0] == counts[2]


def test_what_leaders_sign_the_mix_and_the_letters_are_the_hosts(
    institute: Institute, client: Browser
) -> None:
    client.sign_in(HOST)
    version = str(institute.version)
    client.post(
        f"{MANAGE}/pledges",
        data={"roles": ["board_member"], "wording": "I promise.", "version": version},
    )
    stale = client.post(f"{MANAGE}/mix?by=size", data={"places": "3", "version": version})
    assert stale.status_code == 409
    none = client.post(f"{MANAGE}/mix?by=size", data={"places": "3", "version": "2"})
    assert errors(none) == ["Give at least one part a share above 0."]
    client.post(
        f"{MANAGE}/mix?by=size",
        data={
            "places": "3",
            "share-small": "2",
            "share-large": "1",
            "explanation": "By size.",
            "version": "2",
        },
    )
    wrong = client.post(
        f"{MANAGE}/letters/selected",
        data={"subject": "Hi {lea}", "text": "Dear {nmae}", "version": "3"},
    )
    assert errors(wrong)[0].startswith("Nothing fills {nmae}.")
    shown = client.post(
        f"{MANAGE}/letters/selected",
        data={"subject": "Hi {lea}", "text": "Dear {name}", "version": "3", "preview": "1"},
    )
    assert "Dear Alex Applicant" in words(shown)
    client.post(
        f"{MANAGE}/letters/selected",
        data={"subject": "Hi {lea}", "text": "Dear {name}", "version": "3"},
    )

    db.session.refresh(institute)
    assert institute.selection["pledges"] == {"roles": ["board_member"], "wording": "I promise."}
    assert (institute.selection["by"], institute.selection["shares"]) == (
        "size",
        {"small": 2, "large": 1},
    )
    assert institute.letters == {"selected": {"subject": "Hi {lea}", "text": "Dear {name}"}}
    client.post(f"{MANAGE}/letters/selected/usual")
    db.session.refresh(institute)
    assert institute.letters == {}
