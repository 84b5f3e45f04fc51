from http import HTTPStatus

import pytest

from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.board.pages import HOME, PAGES, figures, page_of, rows, text_of
from tests.events.board.rows import store_team
from tests.factories import make_institute
from tests.queries import counting_queries


def test_board_shows_what_a_coordinator_asks(staff: Browser, institute: Institute) -> None:
    page = page_of(staff, "board")

    assert figures(page) == {
        "Teams registered": "1",
        "Complete": "0",
        "Incomplete": "1",
        "Drafts": "1",
        "On the waitlist": "0",
        "Withdrawn": "1",
        "Seats confirmed": "1 of 2",
        "Seats not confirmed": "1",
    }
    assert rows(page, "Places left") == [
        ["People", "60", "60"],
        ["Teams", "10", "10"],
    ]
    assert rows(page, "How many teams lack which role") == [
        ["Board member", "1", "1"],
        ["Association president", "0", "1"],
    ]
    assert rows(page, "Seats of registered teams by side") == [
        ["Labor", "1", "50%", "0"],
        ["Management", "1", "50%", "0"],
        ["Governance (board)", "0", "0%", "1"],
    ]
    assert rows(page, "Teams, what they lack") == [
        [
            "Bay",
            "Delaware",
            "Draft",
            "Incomplete",
            "Association president, Board member",
            "0 of 1",
            "Dee",
            "Dee",
        ],
        [
            "Ridge",
            "New Jersey",
            "Registered",
            "Incomplete",
            "Board member",
            "1 of 2",
            "=Ivy",
            "Jose.Munoz",
        ],
    ]
    assert "Register by. Wednesday, April 1, 2026, 5:00 PM Eastern Time." in text_of(
        page.find(class_="page__head")
    ).replace("\u202f", " ").replace("register_by", "Register by")


@pytest.mark.parametrize(
    ("query", "teams"),
    [
        ("standing=withdrawn", ["Gone"]),
        ("role=union_leader", ["Bay"]),
        ("state=NJ&completeness=incomplete", ["Ridge"]),
        ("side=governance&state=&role=", ["Bay", "Ridge"]),
        ("unknown=1", ["Bay", "Ridge"]),
    ],
)
def test_board_filters_its_teams_by_the_address(
    staff: Browser, institute: Institute, query: str, teams: list[str]
) -> None:
    page = page_of(staff, f"board?{query}")

    assert [row[0] for row in rows(page, "Teams, what they lack")] == teams


def test_a_filter_that_fits_nothing_says_so(staff: Browser, institute: Institute) -> None:
    page = page_of(staff, "board?standing=waitlisted")

    assert "No team fits this choice." in text_of(page.main)


@pytest.mark.parametrize("path", ["board", "roster"])
def test_a_filter_nobody_offered_is_refused_and_everything_shown(
    staff: Browser, institute: Institute, path: str
) -> None:
    page = page_of(staff, f"{path}?state=XX", HTTPStatus.UNPROCESSABLE_ENTITY)

    assert text_of(page.find(class_="error-summary")) == (
        "Please correct this first Choose one of the list."
    )
    assert "Ridge" in text_of(page.main)


def test_an_empty_institute_says_so_on_every_page(staff: Browser, tenant: Tenant) -> None:
    make_institute()

    words = {path: text_of(page_of(staff, path).main) for path in ("board", "roster", "reminders")}

    assert "No team has begun to register yet." in words["board"]
    assert "Nobody has a seat yet." in words["roster"]
    assert "Nobody needs a reminder now." in words["reminders"]


def test_counts_show_roles_under_their_side(staff: Browser, tenant: Tenant) -> None:
    institute = make_institute()
    management = [(f"Sup {n}", "superintendent", "confirmed") for n in range(6)]
    labor = [(f"Lab {n}", "union_leader", "confirmed") for n in range(5)]
    store_team(institute, 1, *management, *labor, ("Boa", "board_member", "confirmed"))

    page = page_of(staff, "counts")

    assert figures(page)["People"] == "12"
    assert rows(page, "People by side") == [
        ["Labor and Governance (board)", "6"],
        ["Management", "6"],
    ]
    assert rows(page, "People by role: Management") == [
        ["Superintendent", "6"],
        ["Principal", "0"],
    ]
    assert "People by role: Labor" not in text_of(page.main)
    assert rows(page, "People by state") == [["New Jersey", "12"]]
    assert rows(page, "New and returning people") == [
        ["Here for the first time", "0"],
        ["Came before", "12"],
    ]


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_the_database_as_often_for_three_teams_as_for_one(
    staff: Browser, tenant: Tenant, path: str
) -> None:
    def queries(slug: str, teams: int) -> int:
        institute = make_institute(slug)
        for n in range(teams):
            store_team(
                institute,
                teams * 100 + n,
                (f"Ada {slug} {n}", "superintendent", "confirmed"),
                (f"Bo {slug} {n}", "union_leader", "invited"),
                complete=False,
                missing=["board_member"],
            )
        with counting_queries() as count:
            assert staff.get(f"/lakeshore/manage/institutes/{slug}/{path}").status_code == (
                HTTPStatus.OK
            )
        return len(count)

    queries("warm", 0)
    assert queries("one", 1) == queries("three", 3)


def test_board_shows_fifty_teams_a_page_and_counts_them_all(staff: Browser, tenant: Tenant) -> None:
    institute = make_institute()
    for number in range(60):
        store_team(institute, number, name=f"Town {number:02}", complete=number % 2 == 0)

    page = page_of(staff, "board?page=2&standing=registered")

    assert [row[0] for row in rows(page, "Teams, what they lack")] == [
        f"Town {number}" for number in range(50, 60)
    ]
    assert figures(page)["Teams registered"] == "60"
    assert "60 of 60 teams and groups. This page: 51 to 60" in text_of(page.main)
    previous = page.find("a", rel="prev")
    assert previous["href"] == f"{HOME}/board?standing=registered&page=1#teams"
    assert len(rows(page_of(staff, "board?completeness=complete"), "Teams, what they lack")) == 30
