import csv
import io
from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.models import Institute
from events.registration.models import TeamStatus
from tests.browser import Browser
from tests.events.board.rows import address_of, seat_of, store_team
from tests.factories import make_institute, make_person, make_tenant
from tests.queries import counting_queries

HOME = "/lakeshore/manage/institutes/summer"
PAGES = ("board", "roster", "roster.csv", "roster.xlsx", "reminders", "counts")
SECRETS = ("No peanuts, epileptic", "Wheelchair lift", "Literacy offer", "Attendance ask")


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Store an incomplete team with one open invitation, a draft and a withdrawn team."""
    institute = make_institute()
    ridge = store_team(
        institute,
        1,
        ("José Muñoz", "superintendent", "confirmed"),
        ("=Ivy", "union_leader", "invited"),
        name="Ridge",
        complete=False,
        missing=["board_member"],
    )
    member = seat_of(ridge, "José Muñoz")
    member.phone = "+16095550142"
    member.dietary, member.access_needs, member.offers, member.asks = SECRETS
    store_team(
        institute,
        2,
        ("Dee", "superintendent", "named"),
        name="Bay",
        state="DE",
        status=TeamStatus.DRAFT,
        complete=False,
        missing=["union_leader", "board_member"],
    )
    store_team(institute, 3, name="Gone", status=TeamStatus.WITHDRAWN)
    return institute


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    client.sign_in(coordinator.email)
    return client


def page_of(client: Browser, path: str, status: HTTPStatus = HTTPStatus.OK) -> BeautifulSoup:
    response = client.get(f"{HOME}/{path}")
    assert response.status_code == status
    return BeautifulSoup(response.text, "html.parser")


def figures(page: BeautifulSoup) -> dict[str, str]:
    return {_words(figure.dt): _words(figure.dd) for figure in page.find_all(class_="figure")}


def rows(page: BeautifulSoup, caption: str) -> list[list[str]]:
    table = next(t for t in page.find_all("table") if _words(t.caption).startswith(caption))
    body = table.tbody
    return [[_words(cell) for cell in row.find_all(["th", "td"])] for row in body.find_all("tr")]


def _words(tag: Any) -> str:
    return " ".join(tag.get_text().split())


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
        ["Seats for people in teams", "60", "60"],
        ["Places for teams", "10", "10"],
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
    assert "Register by. Wednesday, April 1, 2026, 5:00 PM Eastern Time." in _words(
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

    assert "No team fits this choice." in _words(page.main)


@pytest.mark.parametrize("path", ["board", "roster"])
def test_a_filter_nobody_offered_is_refused_and_everything_shown(
    staff: Browser, institute: Institute, path: str
) -> None:
    page = page_of(staff, f"{path}?state=XX", HTTPStatus.UNPROCESSABLE_ENTITY)

    assert _words(page.find(class_="error-summary")) == (
        "Please mend this first Choose one of the list."
    )
    assert "Ridge" in _words(page.main)


def test_an_empty_institute_says_so_on_every_page(staff: Browser, tenant: Tenant) -> None:
    make_institute()

    words = {path: _words(page_of(staff, path).main) for path in ("board", "roster", "reminders")}

    assert "No team has begun to register yet." in words["board"]
    assert "Nobody has a seat yet." in words["roster"]
    assert "Nobody needs a reminder now." in words["reminders"]


def test_roster_lists_people_and_keeps_its_filter_in_links(staff: Browser, tenant: Tenant) -> None:
    institute = make_institute()
    crowd = [(f"Person {n:03}", "principal", "confirmed") for n in range(60)]
    store_team(institute, 1, *crowd, ("Una", "union_leader", "invited"), name="Ridge")

    page = page_of(staff, "roster?side=management&page=2&q=person")

    assert rows(page, "People by team")[0] == [
        "Person 050",
        "Principal",
        "Management",
        "Ridge",
        "New Jersey",
        "Confirmed",
        "person.050@example.org",
    ]
    assert "People 51 to 60 of 60" in _words(page.main)
    links = [link["href"] for link in page.main.find_all("a", href=True)]
    assert f"{HOME}/roster?page=1&q=person&side=management" in links
    assert f"{HOME}/roster.xlsx?q=person&side=management" in links


@pytest.mark.parametrize("number", ["0", "-1", "9999999999999999999999", "two", "²", ""])
def test_roster_takes_any_page_number(staff: Browser, institute: Institute, number: str) -> None:
    page = page_of(staff, f"roster?page={number}")

    assert len(rows(page, "People by team")) == 3


def test_csv_has_the_filtered_people_and_is_recorded(staff: Browser, institute: Institute) -> None:
    response = staff.get(f"{HOME}/roster.csv?q=munoz&side=management")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=summer-people-2026-03-02.csv"
    )
    header, *people = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""))
    assert people == [
        [
            "José Muñoz",
            "jose.munoz@example.org",
            "'+16095550142",
            "Superintendent",
            "",
            "Confirmed",
            "No",
            "Ridge",
            "",
            "3400001",
            "NJ",
            "Registered",
            "Incomplete",
        ]
    ]
    assert len(header) == len(people[0])
    [entry] = db.session.scalars(select(AuditEntry)).all()
    assert (entry.act, entry.actor) == ("export_roster", "coordinator@example.org")
    assert entry.after == {
        "file": "summer-people-2026-03-02.csv",
        "rows": 1,
        "filters": ["q", "side"],
    }


def test_csv_of_teams_has_every_team(staff: Browser, institute: Institute) -> None:
    response = staff.get(f"{HOME}/roster.csv?table=teams")

    _, *teams = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""))
    assert [team[0] for team in teams] == ["Bay", "Gone", "Ridge"]


def test_xlsx_has_people_and_teams(staff: Browser, institute: Institute) -> None:
    response = staff.get(f"{HOME}/roster.xlsx")

    workbook = CalamineWorkbook.from_object(io.BytesIO(response.data))
    people, teams = (workbook.get_sheet_by_name(name).to_python() for name in ("People", "Teams"))
    assert [row[:3] for row in people] == [
        ["Name", "E-mail", "Phone"],
        ["Dee", "dee@example.org", ""],
        ["José Muñoz", "jose.munoz@example.org", "+16095550142"],
        ["=Ivy", "ivy@example.org", ""],
    ]
    assert [row[0] for row in teams] == ["Team", "Bay", "Gone", "Ridge"]


def test_what_people_told_in_confidence_is_in_no_page_and_no_file(
    staff: Browser, institute: Institute
) -> None:
    for path in (*PAGES, "roster.csv?table=teams"):
        content = staff.get(f"{HOME}/{path}").data
        if path == "roster.xlsx":
            workbook = CalamineWorkbook.from_object(io.BytesIO(content))
            sheets = [workbook.get_sheet_by_name(n).to_python() for n in workbook.sheet_names]
            content = str(sheets).encode()
        found = [secret for secret in SECRETS if secret.encode() in content]
        assert found == [], path
        assert path.startswith("counts") or b"Ridge" in content


def test_files_keep_the_side_to_those_who_look_at_the_page(
    staff: Browser, institute: Institute
) -> None:
    content = staff.get(f"{HOME}/roster.csv").data.decode("utf-8-sig")

    assert not {"Labor", "Management", "Side"} & {
        cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row
    }


def test_an_export_with_a_wrong_filter_leads_to_the_page_that_says_so(
    staff: Browser, institute: Institute
) -> None:
    response = staff.get(f"{HOME}/roster.csv?state=XX&q=a b")

    assert response.status_code == HTTPStatus.FOUND
    assert response.location == f"{HOME}/roster?state=XX&q=a+b"
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_there_is_no_third_format(staff: Browser, institute: Institute) -> None:
    assert staff.get(f"{HOME}/roster.pdf").status_code == HTTPStatus.NOT_FOUND


def test_a_facilitator_gets_no_telephone_numbers_and_no_reminders(
    client: Browser, institute: Institute
) -> None:
    make_person("fay@example.org", "Fay", staff="facilitator")
    client.sign_in("fay@example.org")

    content = client.get(f"{HOME}/roster.csv").data.decode("utf-8-sig")

    assert "Phone" not in content.splitlines()[0]
    assert "+16095550142" not in content
    assert client.get(f"{HOME}/reminders").status_code == HTTPStatus.FORBIDDEN
    assert client.post(f"{HOME}/remind", data={"kinds": "confirm"}).status_code == (
        HTTPStatus.FORBIDDEN
    )
    board = page_of(client, "board")
    assert "Reminders" not in _words(board.find(class_="crumbs"))
    assert [link for link in board.main.find_all("a", href=True) if "/teams/" in link["href"]] == []


@pytest.mark.parametrize("role", ["finance", "viewer"])
def test_partners_and_funders_see_counts_and_no_name(
    client: Browser, institute: Institute, role: str
) -> None:
    make_person("vic@example.org", "Vic", staff=role)
    client.sign_in("vic@example.org")

    page = page_of(client, "counts")

    assert figures(page)["Teams registered"] == "1"
    assert figures(page)["People"] == "fewer than five"
    assert rows(page, "People by side") == [["All together", "fewer than five"]]
    for name in ("Muñoz", "Ivy", "Dee", "Ridge", "Bay"):
        assert name not in _words(page.main)
    for path in set(PAGES) - {"counts"}:
        assert client.get(f"{HOME}/{path}").status_code == HTTPStatus.FORBIDDEN


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
    assert "People by role: Labor" not in _words(page.main)
    assert rows(page, "People by state") == [["New Jersey", "12"]]
    assert rows(page, "New and returning people") == [
        ["Here for the first time", "0"],
        ["Came before", "12"],
    ]


def test_reminders_are_shown_before_they_are_sent(staff: Browser, institute: Institute) -> None:
    page = page_of(staff, "reminders")

    assert rows(page, "Members who were invited and have not confirmed: 1") == [
        ["=Ivy", "ivy@example.org", "Ridge"]
    ]
    assert rows(page, "Leads of teams that are still drafts: 1") == [
        [
            "Dee",
            "dee@example.org",
            (
                "Bay Association president: Nobody is named yet; at least 1 should come. "
                "Board member: Nobody is named yet; at least 1 should come."
            ),
        ]
    ]
    assert rows(page, "Leads of teams that are not complete: 1")[0][2] == (
        "Ridge Board member: Nobody is named yet; at least 1 should come."
    )
    ticked = [box["value"] for box in page.find_all("input", type="checkbox", checked=True)]
    assert ticked == ["confirm", "submit", "complete"]
    assert db.session.scalars(select(OutboxEmail)).all() == []


def test_remind_promises_mails_and_says_how_many(staff: Browser, institute: Institute) -> None:
    form = {"kinds": ["confirm", "submit"], "action_key": "k" * 20}

    response = staff.post(f"{HOME}/remind", data=form)

    assert response.location == f"{HOME}/reminders"
    promised = db.session.scalars(select(OutboxEmail.to).order_by(OutboxEmail.to)).all()
    assert promised == [address_of("Dee"), address_of("Ivy")]
    page = page_of(staff, "reminders")
    assert "Reminders on their way: 2." in _words(page.main)
    assert "Had their reminder today and still owe an answer: 2." in _words(page.main)
    assert [box["value"] for box in page.find_all("input", type="checkbox")] == ["complete"]


def test_the_same_form_sent_twice_is_one_act(staff: Browser, institute: Institute) -> None:
    form = {"kinds": "confirm", "action_key": "k" * 20}

    answers = [staff.post(f"{HOME}/remind", data=form).location for _ in range(2)]

    assert answers == [f"{HOME}/reminders"] * 2
    assert len(db.session.scalars(select(OutboxEmail)).all()) == 1
    assert len(db.session.scalars(select(AuditEntry)).all()) == 1


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([], "Choose at least one kind of reminder."),
        (["everyone"], "Choose from the list."),
    ],
)
def test_remind_without_a_known_kind_is_refused(
    staff: Browser, institute: Institute, kinds: list[str], words: str
) -> None:
    response = staff.post(f"{HOME}/remind", data={"kinds": kinds})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = BeautifulSoup(response.text, "html.parser")
    assert words in _words(page.find(class_="error-summary"))
    assert "=Ivy" in _words(page.main)
    assert db.session.scalars(select(OutboxEmail)).all() == []


def test_remind_of_nobody_is_refused(staff: Browser, tenant: Tenant) -> None:
    make_institute()

    response = staff.post(f"{HOME}/remind", data={"kinds": "confirm"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nobody needs this reminder now" in response.text


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_another_consortium_are_not_found(
    staff: Browser, institute: Institute, path: str
) -> None:
    with as_tenant(make_tenant("hillside").id):
        make_institute("theirs")

    assert staff.get(f"/lakeshore/manage/institutes/theirs/{path}").status_code == (
        HTTPStatus.NOT_FOUND
    )
    assert staff.get(f"/hillside/manage/institutes/theirs/{path}").status_code == (
        HTTPStatus.FORBIDDEN
    )


@pytest.mark.parametrize("path", PAGES)
def test_strangers_sign_in_first(client: Browser, institute: Institute, path: str) -> None:
    response = client.get(f"{HOME}/{path}")

    assert response.status_code == HTTPStatus.FOUND
    assert response.location.startswith("/sign-in")


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
