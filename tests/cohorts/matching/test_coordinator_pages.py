from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from cohorts.matching import service as matching
from cohorts.matching.models import MatchRun
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    bring,
    seat_of,
    three_superintendents,
    work,
)
from tests.factories import make_institute, make_person, make_tenant
from tests.queries import counting_queries

PAGE = "/lakeshore/manage/institutes/summer/peers"


def figures(html: str) -> dict[str, str]:
    page = BeautifulSoup(html, "html.parser")
    return {
        " ".join(one.dt.get_text().split()): one.dd.get_text().split()[0]
        for one in page.select(".figure")
    }


def rows(html: str, caption: str) -> list[list[str]]:
    page = BeautifulSoup(html, "html.parser")
    table = next(t for t in page.find_all("table") if t.caption.get_text() == caption)
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in table.tbody.find_all("tr")
    ]


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


def test_the_page_says_who_agreed_and_what_to_do(staff: Browser, institute: Institute) -> None:
    bring(institute, 1, {"ana@example.org": "superintendent", "al@example.org": "principal"})
    seat_of("al@example.org").wants_peers = False
    db.session.commit()

    page = staff.get(PAGE)

    assert figures(page.text) == {"People with a confirmed seat": "2", "Agreed to be matched": "1"}
    assert "At least two people must agree to be matched." in page.text
    assert "Find peers" not in page.text


def test_a_coordinator_runs_looks_and_publishes(staff: Browser, institute: Institute) -> None:
    three_superintendents(institute)
    bring(institute, 4, {"pa@example.org": "parent"})

    ran = staff.post(PAGE, data={"each": "2", "action_key": "a"})
    work()
    draft = staff.get(PAGE)

    assert ran.location == PAGE
    assert figures(draft.text) | {} == {
        "People with a confirmed seat": "4",
        "Agreed to be matched": "4",
        "People who agreed": "4",
        "With at least one peer": "3",
        "Left out": "1",
        "Pairs": "3",
        "Of the most there can be": "100.00",
    }
    assert rows(draft.text, "Who is left out, and why") == [
        [
            "Pa parent · District 4",
            (
                "Nobody from another LEA with the same role, a role close to it, or a shared goal "
                "agreed to be matched."
            ),
        ]
    ]
    assert rows(draft.text, "Pairs")[0] == [
        "Ana Superintendent · District 1",
        "Ben Superintendent · District 2",
        (
            "You both serve as superintendent in a rural district of about 2,000 students. "
            "1215 = role 1050 + size 100 + kind of place 60"
        ),
        "Keep : Ana – Ben Never : Ana – Ben",
    ]
    run = db.session.scalars(select(MatchRun)).one()
    publish = f"{PAGE}/{run.id}/publish"

    published = staff.post(publish, data={"action_key": "b"})
    again = staff.post(publish, data={"action_key": "b"})
    page = staff.get(PAGE)

    assert (published.location, again.location) == (PAGE, PAGE)
    assert "Published. Everyone with a peer gets a mail." in page.text
    assert rows(page.text, "Published runs, newest first") == [
        [
            "Monday, March 2, 2026 at 7:00 AM Eastern Time",
            COORDINATOR,
            "4",
            "3",
            "0",
            "1",
        ]
    ]
    assert db.session.scalar(select(func.count(OutboxEmail.id))) == 3
    past = staff.get(f"{PAGE}/{run.id}")
    assert len(rows(past.text, "Pairs")) == 3


def test_running_twice_by_a_double_click_is_one_run(staff: Browser, institute: Institute) -> None:
    three_superintendents(institute)

    first = staff.post(PAGE, data={"each": "3", "action_key": "same"})
    work()
    run_id = db.session.scalars(select(MatchRun.id)).one()
    second = staff.post(PAGE, data={"each": "3", "action_key": "same"})
    work()

    assert (first.location, second.location) == (PAGE, PAGE)
    assert db.session.scalars(select(MatchRun.id)).all() == [run_id]


def test_a_number_of_peers_out_of_range_is_refused(staff: Browser, institute: Institute) -> None:
    three_superintendents(institute)

    answer = staff.post(PAGE, data={"each": "99"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Error: Peers" in BeautifulSoup(answer.text, "html.parser").title.get_text()
    assert db.session.scalar(select(func.count(MatchRun.id))) == 0


def test_a_draft_can_be_discarded(staff: Browser, institute: Institute) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    db.session.commit()

    answer = staff.post(f"{PAGE}/{run.id}/discard", data={"action_key": "a"})

    assert answer.location == PAGE
    assert "The draft is gone. Nobody has seen it." in staff.get(PAGE).text
    assert db.session.scalar(select(func.count(MatchRun.id))) == 0


def test_publishing_a_run_that_a_newer_one_replaced_says_so(
    staff: Browser, institute: Institute
) -> None:
    three_superintendents(institute)
    old = matching.run_matching(institute.id, by=COORDINATOR).id
    matching.run_matching(institute.id, by=COORDINATOR)
    db.session.commit()

    answer = staff.post(f"{PAGE}/{old}/publish", data={"action_key": "a"})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "There is no such run. A newer one may have replaced it." in answer.text


def test_only_those_who_run_matchings_may_open_the_page(
    client: Browser, institute: Institute
) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    make_person("viewer@example.org", staff="viewer")

    for email in ("ana@example.org", "viewer@example.org"):
        client.sign_in(email)
        assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
        assert client.get(f"{PAGE}/{run.id}").status_code == HTTPStatus.FORBIDDEN
        assert client.post(PAGE, data={"each": "3"}).status_code == HTTPStatus.FORBIDDEN
        answer = client.post(f"{PAGE}/{run.id}/publish", data={"action_key": "a"})
        assert answer.status_code == HTTPStatus.FORBIDDEN


def test_another_consortiums_coordinator_finds_nothing(
    client: Browser, institute: Institute
) -> None:
    three_superintendents(institute)
    run = matching.run_matching(institute.id, by=COORDINATOR)
    run_id = run.id
    with as_tenant(make_tenant("hillside").id):
        make_institute("summer")
        make_person("hill@example.org", staff="coordinator")
    client.sign_in("hill@example.org")

    page = client.get(f"/hillside/manage/institutes/summer/peers/{run_id}")
    answer = client.post(
        f"/hillside/manage/institutes/summer/peers/{run_id}/publish", data={"action_key": "a"}
    )

    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "There is no such run." in answer.text
    assert client.get(PAGE).status_code == HTTPStatus.FORBIDDEN
    db.session.expire_all()
    assert db.session.scalars(select(MatchRun)).one().published_at is None


def test_the_page_asks_the_database_as_often_for_many_pairs_as_for_one(
    staff: Browser, institute: Institute
) -> None:
    counts = []
    for number in range(1, 8):
        bring(institute, number, {f"p{number}@example.org": "superintendent"})
        if number in {2, 7}:
            matching.run_matching(institute.id, by=COORDINATOR)
            db.session.commit()
            db.session.expire_all()
            with counting_queries() as count:
                assert staff.get(PAGE).status_code == HTTPStatus.OK
            counts.append(len(count))

    assert counts[0] == counts[1]


def test_a_long_run_is_shown_in_pages(staff: Browser, institute: Institute) -> None:
    for number in range(1, 103, 2):
        here = {f"one{number}@example.org": "superintendent"}
        bring(institute, number, here, name=f"Town {number}")
        bring(institute, number + 1, {f"two{number}@example.org": "superintendent"})
    staff.post(PAGE, data={"each": "1", "action_key": "a"})
    work()

    first, second = staff.get(PAGE).text, staff.get(f"{PAGE}?page=2").text

    assert figures(first)["Pairs"] == figures(second)["Pairs"] == "51"
    assert [len(rows(page, "Pairs")) for page in (first, second)] == [50, 1]
    assert BeautifulSoup(first, "html.parser").find("a", rel="next")["href"] == f"{PAGE}?page=2"
    everyone = {cell for page in (first, second) for row in rows(page, "Pairs") for cell in row[:2]}
    assert len(everyone) == 102
