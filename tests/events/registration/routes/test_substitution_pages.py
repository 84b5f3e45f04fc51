"""The pages of substitutions: what a lead asks, what a coordinator decides."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.directory.models import Lea
from consortium.outbox import jobs
from consortium.people.models import Person
from consortium.ports import GatewayRefused
from events.registration.models import Seat, SeatStatus, SubstitutionRequest, Team
from tests.browser import Browser
from tests.events.registration.builders import LEAD, draft, letters, seat_of, submit
from tests.events.registration.routes.pages import errors, value, words
from tests.factories import make_institute, make_lea, soon
from tests.queries import counting_queries

KIM = {"name": "Kim Day", "email": "kim@x.org", "role": "superintendent"}
TO_DO = "/lakeshore/manage/institutes/summer/to-do"
ROLES = ("superintendent", "union_leader", "principal")


@pytest.fixture
def own(client: Browser, lead: Person) -> Browser:
    client.sign_in(LEAD)
    return client


@pytest.fixture
def team(lead: Person) -> Team:
    lea: Lea = make_lea("3400001", "Oak Park")
    institute = make_institute(deadlines=[("substitute_until", soon(40).date(), time(17, 0))])
    return submit(draft(institute, lea, *(f"{role[:3]} {role}" for role in ROLES)))


@pytest.fixture
def path(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}"


def asked(own: Browser, path: str, seat: Seat, **said: str) -> None:
    answer = own.post(f"{path}/members/{seat.id}/substitute", data={**KIM, **said})
    assert answer.status_code == 302, errors(answer)


def wish() -> SubstitutionRequest:
    return db.session.scalars(
        select(SubstitutionRequest).order_by(SubstitutionRequest.asked_at.desc())
    ).first()  # type: ignore[return-value]


def test_a_lead_gives_a_seat_to_someone_else_on_one_page(
    own: Browser, team: Team, path: str
) -> None:
    old = seat_of(team, "Sup")
    page = own.get(f"{path}/members/{old.id}/substitute")
    assert value(page, "role") == "superintendent"
    assert "Oak Park keeps the place." in words(page)

    asked(own, path, old)

    page = words(own.get(path))
    assert "Kim Day is in the team." in page
    assert "Kim Day instead of Sup Superintendent kim@x.org not answered yet" in page


def test_a_mistake_is_shown_and_what_was_typed_stays(own: Browser, team: Team, path: str) -> None:
    old = seat_of(team, "Sup")

    page = own.post(f"{path}/members/{old.id}/substitute", data={**KIM, "email": old.person.email})

    assert errors(page) == ["Sup has this seat already."]
    assert (value(page, "name"), page.status_code) == ("Kim Day", 422)


def test_after_the_date_the_page_says_that_the_host_is_asked(
    own: Browser, team: Team, path: str, frozen: Any
) -> None:
    frozen(soon(45))
    own.sign_in(LEAD)
    old = seat_of(team, "Sup")
    page = own.get(f"{path}/members/{old.id}/substitute")
    assert "The date for substitutions has passed" in words(page)

    asked(own, path, old, reason="On leave")

    page = words(own.get(path))
    assert "Sup keeps the seat until your request is answered." in page
    assert (
        "waits for the host You asked on Thursday, April 16, 2026 to send Kim Day instead" in page
    )
    seat = own.get(f"{path}/seats/{old.id}")
    assert f'action="{path}/members/{old.id}/take-back"' in seat.text
    assert "You can still ask to give the seat to someone else." in words(seat)
    own.post(f"{path}/members/{old.id}/take-back")
    assert "You have taken your request back." in words(own.get(path))
    assert "waits for the host" not in words(own.get(path))


def test_a_coordinator_reads_what_is_asked_and_grants_it(
    own: Browser, team: Team, path: str, frozen: Any, coordinator: Person
) -> None:
    frozen(soon(45))
    own.sign_in(LEAD)
    asked(own, path, seat_of(team, "Sup"), reason="On leave")
    own.sign_in(coordinator.email)

    assert "Oak Park : decide about Kim Day Sup Kim Day Superintendent" in words(own.get(TO_DO))
    target = f"/lakeshore/manage/substitutions/{wish().id}"
    page = words(own.get(target))
    assert "Kim Day instead of Sup?" in page
    assert "Reason On leave" in page
    assert errors(own.post(target, data={})) == ["Choose an answer."]
    own.post(target, data={"decision": "grant", "note": "Fine"})

    assert seat_of(team, "Kim Day").status is SeatStatus.INVITED
    assert "This was granted. Fine" in words(own.get(target))
    assert "Nobody waits for your answer." in words(own.get(TO_DO))


def test_a_no_reaches_the_lead(
    own: Browser, team: Team, path: str, frozen: Any, coordinator: Person
) -> None:
    frozen(soon(45))
    own.sign_in(LEAD)
    asked(own, path, seat_of(team, "Sup"))
    own.sign_in(coordinator.email)
    target = f"/lakeshore/manage/substitutions/{wish().id}"

    own.post(target, data={"decision": "refuse", "note": "Badges are printed"})

    assert seat_of(team, "Sup").status is SeatStatus.INVITED
    assert "Badges are printed" in letters(LEAD)[-1].text
    assert "The answer was no. Badges are printed" in words(own.get(target))


def test_a_seat_is_kept_and_named_on_the_pages(own: Browser, path: str) -> None:
    own.post(f"{path}/seats/keep", data={"role": "board_member"})

    page = own.get(path)
    assert "To be named Board member – seat kept" in words(page)
    kept = db.session.scalars(select(Seat).where(Seat.status == SeatStatus.UNCLAIMED)).one()
    assert value(own.get(f"{path}/seats/{kept.id}/name"), "role") == "board_member"
    own.post(f"{path}/seats/{kept.id}/name", data={**KIM, "role": "board_member"})
    assert "Kim Day Board member kim@x.org not answered yet" in words(own.get(path))


def test_a_kept_seat_is_given_up(own: Browser, path: str) -> None:
    own.post(f"{path}/seats/keep", data={"role": "board_member"})
    kept = db.session.scalars(select(Seat).where(Seat.status == SeatStatus.UNCLAIMED)).one()

    assert "Give up the kept seat?" in words(own.get(f"{path}/members/{kept.id}/remove"))
    own.post(f"{path}/members/{kept.id}/remove")

    page = words(own.get(path))
    assert "The kept seat was removed." in page
    assert "To be named" not in page


def test_who_was_replaced_reads_so_on_the_own_page(own: Browser, team: Team, path: str) -> None:
    old = seat_of(team, "Sup")
    asked(own, path, old)
    own.get(path)

    own.sign_in(old.person.email)

    page = words(own.get(f"/lakeshore/seats/{old.id}"))
    assert "Someone else has this seat now." in page
    assert "Kim" not in page


@pytest.fixture
def refusing(app: Flask) -> Any:
    """Let the mail server refuse every mail."""

    class Refusing:
        def send(self, _email: object) -> None:
            raise GatewayRefused("550 5.1.1 no such mailbox")

    before = app.extensions["ports"]
    app.extensions["ports"] = replace(before, mailer=Refusing())
    yield
    app.extensions["ports"] = before


def test_an_invitation_that_came_back_is_seen_until_the_address_is_corrected(
    own: Browser, app: Flask, team: Team, path: str, coordinator: Person, refusing: None
) -> None:
    for _ in range(3):
        jobs.deliver_due(app)

    said = "mail came back The invitation did not arrive. Correct the address, or invite again"
    assert said in words(own.get(path))
    assert "550 5.1.1 no such mailbox" in words(own.get(path))
    own.sign_in(coordinator.email)
    assert "Sup : correct the address sup@3400001.example.org Oak Park 550 5.1.1" in words(
        own.get(TO_DO)
    )
    own.sign_in(LEAD)
    old = seat_of(team, "Sup")
    target = f"{path}/members/{old.id}"
    form = {"name": "Sup", "role": "superintendent", "base": value(own.get(target), "base")}
    own.post(target, data={**form, "email": "right@x.org"})

    db.session.refresh(old)
    db.session.expire(old)
    assert (old.person.email, old.status, old.undelivered_at) == (
        "right@x.org",
        SeatStatus.INVITED,
        None,
    )
    assert [mail.subject for mail in letters("right@x.org")] == [
        "Please confirm your seat at Summer Institute"
    ]
    assert letters("sup@3400001.example.org") == []


def test_the_list_of_what_to_do_asks_the_database_no_more_for_three_than_for_one(
    own: Browser, team: Team, path: str, frozen: Any, coordinator: Person
) -> None:
    frozen(soon(45))
    own.sign_in(LEAD)
    asked(own, path, seat_of(team, "Sup"))
    mark(team, "Pri")
    own.sign_in(coordinator.email)
    own.get(TO_DO)
    with counting_queries() as one:
        own.get(TO_DO)
    for number, who in enumerate(("Uni", "Pri")):
        own.sign_in(LEAD)
        role = {"Uni": "union_leader", "Pri": "principal"}[who]
        asked(own, path, seat_of(team, who), email=f"k{number}@x.org", role=role)
        mark(team, who)
    own.sign_in(coordinator.email)
    own.get(TO_DO)
    with counting_queries() as three:
        own.get(TO_DO)

    assert len(three) == len(one)


def mark(team: Team, who: str) -> None:
    seat = seat_of(team, who)
    seat.undelivered_at = soon(1)
    db.session.commit()
