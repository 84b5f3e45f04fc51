"""A lead makes the packet, reads it, and downloads the same as a PDF."""

from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.models import Host
from events.packets.models import Quote
from events.registration.models import Team
from tests.browser import Browser
from tests.events.cancelling.acts import cancel
from tests.events.invoices.papers.reading_aloud import read_aloud
from tests.factories import make_institute, make_lea, make_session, make_team, soon

MEMBERS = {
    "lead@example.org": "superintendent",
    "union@example.org": "cert_union_leader",
    "a@example.org": "principal",
    "b@example.org": "principal",
    "c@example.org": "board_member",
    "d@example.org": "board_member",
}
FEES = {"rules": [{"code": "free_first_n", "per": "LEA", "n": 5, "then_each_cents": 15000}]}


@pytest.fixture
def team(tenant: Tenant, lead: Person) -> Team:
    """Return a team from New Jersey that goes to California."""
    institute = make_institute(
        fees=FEES,
        venue="DoubleTree Mission Valley, San Diego, CA",
        home_states=["CA", "NJ"],
        time_zone="America/Los_Angeles",
    )
    institute.hosts.append(Host(name="CDE Foundation", role="fiscal_agent", position=0))
    day = soon(60).date().isoformat()
    make_session(institute, "welcome", f"{day}T09:00", f"{day}T10:15", title="Keynote", room="Hall")
    return make_team(institute, make_lea("3401230", "Haddon Township"), MEMBERS)


@pytest.fixture
def desk(client: Browser, team: Team) -> Browser:
    """Return a browser with the team's lead at it."""
    client.sign_in("lead@example.org")
    return client


def make(desk: Browser, team: Team) -> BeautifulSoup:
    address = f"/lakeshore/teams/{team.id}/packet"
    made = desk.post(address, data={"action_key": uuid4().hex}, follow_redirects=True)
    assert made.status_code == 200
    return BeautifulSoup(made.text, "html.parser")


def said(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in page.select(selector)]


def test_the_packet_says_what_boards_ask_for(desk: Browser, team: Team) -> None:
    page = make(desk, team)

    facts = dict(zip(said(page, "dl.facts dt"), said(page, "dl.facts dd"), strict=True))
    assert facts["What"] == "Summer Institute"
    assert facts["Host"] == "CDE Foundation (fiscal agent)"
    assert facts["Where"] == "DoubleTree Mission Valley, San Diego, CA"
    assert facts["When"] == (
        "Friday, May 1, 2026, 9:00 AM to 10:15 AM: Day 1 Saturday, May 2, 2026: Day 2"
    )
    assert facts["Price"].startswith("The first 5 people of each LEA come free.")
    assert facts["Quote"] == "Q-2026-0001 of Monday, March 2, 2026: $150.00"
    (approval,) = said(page, ".notice--warning li")
    assert approval == (
        "Executive County Superintendent approval: more than 5 people out of state "
        "(N.J.A.C. 6A:23A-5.9)"
    )
    tables = [said(table, "tbody tr") for table in page.select("table")]
    assert tables[0][0] == (
        "Lee Lead Superintendent Management The host expects this office in every team."
    )
    assert tables[1] == [
        "Person who comes free 5 at no charge $0.00",
        "Additional person 1 at $150.00 $150.00",
        "Total $150.00",
    ]
    assert tables[2] == ["9:00 AM to 10:15 AM Keynote Hall"]


def test_the_pdf_is_tagged_and_says_the_same(desk: Browser, team: Team) -> None:
    make(desk, team)

    answer = desk.get(f"/lakeshore/teams/{team.id}/packet.pdf")

    assert answer.content_type == "application/pdf"
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="approval-Q-2026-0001.pdf"'
    )
    assert answer.data.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in answer.data


def test_the_same_team_keeps_its_number_and_a_changed_one_gets_the_next(
    desk: Browser, team: Team
) -> None:
    make(desk, team)
    make(desk, team)
    db.session.expire_all()
    team.seats.pop()
    db.session.commit()
    old = desk.get(f"/lakeshore/teams/{team.id}/packet").text
    assert "The team or the price has changed since this quote" in old
    pdf = desk.get(f"/lakeshore/teams/{team.id}/packet.pdf")
    assert (pdf.status_code, pdf.location) == (302, f"/lakeshore/teams/{team.id}/packet")

    page = make(desk, team)

    assert "has changed since this quote" not in page.get_text()
    rows = db.session.scalars(select(Quote).order_by(Quote.number)).all()
    assert [(row.number, row.people, row.total_cents) for row in rows] == [
        ("Q-2026-0001", 6, 15000),
        ("Q-2026-0002", 5, 0),
    ]
    acts = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "make_quote"))
    assert sorted(act.after["number"] for act in acts) == ["Q-2026-0001", "Q-2026-0002"]


def test_a_packet_of_a_cancelled_institute_says_so_and_asks_nobody_to_sign(
    desk: Browser, team: Team
) -> None:
    make(desk, team)
    cancel(team.institute)

    address = f"/lakeshore/teams/{team.id}/packet"
    page = BeautifulSoup(desk.get(address).text, "html.parser")
    paper = " ".join(heard.text for heard in read_aloud(desk.get(f"{address}.pdf").data))

    told = "The host cancelled this institute on Monday, March 2, 2026. There is nothing to"
    assert any(line.startswith(told) for line in said(page, "main strong"))
    assert said(page, ".notice--warning li") == []
    assert told in paper
    assert "Signature" not in paper


@pytest.mark.parametrize("statement", ["UPDATE quote SET total_cents = 1", "DELETE FROM quote"])
def test_the_database_refuses_to_change_a_quote(desk: Browser, team: Team, statement: str) -> None:
    make(desk, team)
    with pytest.raises(DatabaseError, match="never_changed"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_without_a_price_the_packet_names_no_amount(desk: Browser, team: Team) -> None:
    team.institute.fees = {}
    db.session.commit()

    page = make(desk, team)

    facts = dict(zip(said(page, "dl.facts dt"), said(page, "dl.facts dd"), strict=True))
    assert facts["Price"] == "The host has not said yet what it costs."
    assert facts["Quote"] == "Q-2026-0001 of Monday, March 2, 2026: no amount yet"
    assert "$0.00" not in page.get_text()
    assert desk.get(f"/lakeshore/teams/{team.id}/packet.pdf").data.startswith(b"%PDF-")


def test_a_quote_has_the_date_of_the_institutes_own_calendar(
    desk: Browser, team: Team, frozen: Any
) -> None:
    frozen("2026-03-02T20:00-08:00")  # in UTC the next day has begun

    page = make(desk, team)

    assert "of Monday, March 2, 2026" in page.get_text()


def test_nobody_else_reads_it(client: Browser, team: Team) -> None:
    client.sign_in("union@example.org")

    for path in ("packet", "packet.pdf"):
        assert client.get(f"/lakeshore/teams/{team.id}/{path}").status_code == 404


def test_there_is_no_pdf_before_there_is_a_packet(desk: Browser, team: Team) -> None:
    assert desk.get(f"/lakeshore/teams/{team.id}/packet.pdf").status_code == 404
    page = desk.get(f"/lakeshore/teams/{team.id}/packet")
    assert "Make the packet" in page.text


@pytest.mark.parametrize(
    "name", ["李小龍", "محمد", "หญิง", "🎓 Kim", '#panic("x") $x$ *b* _i_ `c` @ref <a> "', "O'Brien"]
)
def test_whatever_a_name_contains_there_is_a_pdf(desk: Browser, team: Team, name: Any) -> None:
    team.seats[1].name = name
    db.session.commit()
    make(desk, team)

    assert desk.get(f"/lakeshore/teams/{team.id}/packet.pdf").data.startswith(b"%PDF-")
