"""A lead names who pays, sets the shares and sends the invoices; payers answer by their link."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from consortium.database import db
from consortium.people.models import Person
from events.invoices import service as invoices
from events.registration.models import Team
from tests.browser import Browser
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    FREE_FIVE,
    LOCAL,
    all_of_it,
    half,
    invoices_of,
    name_payers,
    registered,
    share,
    shares_of,
)
from tests.events.registration.builders import LEAD, letters
from tests.events.registration.leads import SECOND, add_lead
from tests.factories import make_person
from tests.queries import counting_queries

CONTACT = LOCAL.contact_email


def words(response: TestResponse) -> str:
    main = BeautifulSoup(response.text, "html.parser").find("main")
    return " ".join(main.get_text(" ").split()) if main else ""


def key() -> dict[str, str]:
    return {"action_key": uuid4().hex}


@pytest.fixture
def team(lead: Person) -> Team:
    return registered(6, FLAT)


@pytest.fixture
def path(team: Team) -> str:
    return f"/lakeshore/teams/{team.id}/bill"


@pytest.fixture
def own(client: Browser, team: Team) -> Browser:
    client.sign_in(LEAD)
    return client


def link_of(team: Team, payer: str) -> str:
    (mail,) = [mail for mail in letters(payer) if "/pay/" in mail.text]
    return "/lakeshore/pay/" + mail.text.split("/lakeshore/pay/")[1].split()[0]


def payer_fields(**values: str) -> dict[str, str]:
    return {
        "kind": "lea",
        "name": "Elgin U-46",
        "contact_email": "ap@elgin.example.org",
        "method": "check",
        **key(),
        **values,
    }


def test_a_lead_names_a_payer_sets_the_share_and_sends_the_invoice(
    own: Browser, team: Team, path: str
) -> None:
    assert "Nobody is named yet" in words(own.get(path))

    assert own.post(f"{path}/payers/new", data=payer_fields()).status_code == 302
    (one,) = shares_of(team)
    rows = {"rows-0-share_id": str(one.id), "rows-0-basis": "rest", "rows-0-value": ""}
    assert own.post(f"{path}/shares", data={**rows, **key()}).status_code == 302

    page = words(own.get(path))
    assert "Elgin U-46" in page
    assert "INV-2026-0001" in page
    assert "Open" in page


def test_an_unreadable_share_is_told_beside_its_field(own: Browser, team: Team, path: str) -> None:
    name_payers(team, DISTRICT)
    (one,) = shares_of(team)
    for basis, value, control, told in (
        *(("percent", odd, "value", "Write a percentage") for odd in ("1_000", "NaN", "-5", "101")),
        ("amount", "١٢", "value", "Write an amount in dollars"),
        ("seats", "1.5", "value", "Write how many seats"),
        ("roles", "", "roles", "Tick the roles whose seats it pays."),
    ):
        rows = {"rows-0-share_id": str(one.id), "rows-0-basis": basis, "rows-0-value": value}
        answer = own.post(f"{path}/shares", data={**rows, **key()})
        assert answer.status_code == 422, value
        assert f"Elgin Area School District U-46: {told}" in words(answer)
        assert f'href="#rows-0-{control}"' in answer.text
    assert invoices_of(team) == []


def test_shares_that_do_not_add_up_are_shown_again(own: Browser, team: Team, path: str) -> None:
    name_payers(team, DISTRICT)
    (one,) = shares_of(team)
    rows = {"rows-0-share_id": str(one.id), "rows-0-basis": "amount", "rows-0-value": "100.00"}

    answer = own.post(f"{path}/shares", data={**rows, **key()})

    assert answer.status_code == 422
    assert "come to $100.00 of $750.00" in words(answer)


def test_the_other_side_sees_the_share_and_not_the_papers(
    own: Browser, client: Browser, team: Team, path: str
) -> None:
    add_lead(team)
    name_payers(team, DISTRICT, LOCAL)
    share(team, half(), half())
    client.sign_in(SECOND)

    page = client.get(path).text

    assert "$375.00" in page
    assert "Elgin Area School District" in page
    own_number, others_number = (
        next(view.invoice.number for view in invoices_of(team) if view.invoice.payer.name == name)
        for name in (LOCAL.name, DISTRICT.name)
    )
    assert own_number in page
    assert others_number not in page
    assert "ap@elgin.example.org" not in page


def test_a_stranger_finds_no_bill(client: Browser, team: Team, path: str) -> None:
    make_person("else@example.org")
    client.sign_in("else@example.org")

    for where in ("", "/shares", "/payers/new", "/price", "/confirmation"):
        assert client.get(path + where).status_code == 404


def test_who_has_the_link_sees_the_invoice_and_nothing_else(client: Browser, team: Team) -> None:
    name_payers(team, DISTRICT, LOCAL)
    share(team, half(), half())
    link = link_of(team, CONTACT)

    page = client.get(link)

    assert page.status_code == 200
    assert "Still to pay: $375.00" in words(page)
    assert DISTRICT.name not in page.text
    view = next(v for v in invoices_of(team) if v.invoice.payer.name == LOCAL.name)
    other = next(v for v in invoices_of(team) if v.invoice.payer.name == DISTRICT.name)
    theirs = invoices.papers_of(other.invoice.id)[0]
    assert client.get(f"{link}/papers/{theirs.id}").status_code == 404
    mine = invoices.papers_of(view.invoice.id)[0]
    assert client.get(f"{link}/papers/{mine.id}.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("token", ["x", "AAAA", "%00", "a" * 300, "é"])
def test_what_is_no_link_of_ours_shows_nothing(client: Browser, team: Team, token: str) -> None:
    assert client.get(f"/lakeshore/pay/{token}").status_code == 404


def test_a_link_that_was_replaced_shows_nothing(client: Browser, team: Team) -> None:
    name_payers(team, LOCAL)
    share(team, all_of_it())
    link = link_of(team, CONTACT)
    (view,) = invoices_of(team)
    view.invoice.link_version += 1
    db.session.commit()

    assert client.get(link).status_code == 404


def test_only_the_contact_accepts_and_declines(client: Browser, team: Team) -> None:
    name_payers(team, LOCAL)
    share(team, all_of_it())
    link = link_of(team, CONTACT)
    client.sign_in(LEAD)
    assert client.post(f"{link}/accept", data=key()).status_code == 403
    assert client.get(f"{link}/decline").status_code == 403

    client.sign_in(CONTACT)
    assert client.post(f"{link}/accept", data=key()).status_code == 302
    assert shares_of(team)[0].accepted_by == CONTACT
    assert client.post(f"{link}/decline", data={"reason": "", **key()}).status_code == 422
    answer = client.post(f"{link}/decline", data={"reason": "Not ours.", **key()})
    assert answer.status_code == 302
    assert "This share was declined" in words(client.get(link))
    client.sign_in(LEAD)
    assert f"{LOCAL.name} Declined" in words(client.get(f"/lakeshore/teams/{team.id}/bill/shares"))


@pytest.mark.parametrize("number", ["1E10", "000417", "PO 20-1187", "=1+1"])
def test_a_purchase_order_keeps_its_number_as_it_is_written(
    client: Browser, team: Team, number: str
) -> None:
    name_payers(team, LOCAL)
    share(team, all_of_it())
    link = link_of(team, CONTACT)
    client.sign_in(CONTACT)
    data: dict[str, Any] = {"when": "here", "number": number, "amount": "750.00", **key()}
    data["file"] = (BytesIO(b"%PDF-1.4\n%%EOF\n"), "po.pdf")

    answer = client.post(f"{link}/order", data=data, content_type="multipart/form-data")

    assert answer.status_code in {302, 422}
    if answer.status_code == 422:  # a file that is not what it says
        assert "file" in words(answer).lower()
        del data["file"]
        data |= key()
        assert client.post(f"{link}/order", data=data).status_code == 302
    (view,) = invoices_of(team)
    assert [order.number for order in view.orders] == [number]
    assert view.balance_cents == 75_000
    assert number in words(client.get(link))


@pytest.mark.parametrize("amount", ["", "0", "-5", "1e3", "NaN", "2,000,000", "١٠٠"])
def test_absurd_amounts_of_a_purchase_order_are_refused(
    client: Browser, team: Team, amount: str
) -> None:
    name_payers(team, LOCAL)
    share(team, all_of_it())
    link = link_of(team, CONTACT)
    client.sign_in(CONTACT)

    answer = client.post(
        f"{link}/order", data={"when": "here", "number": "7", "amount": amount, **key()}
    )

    assert answer.status_code == 422


def test_a_contact_lists_the_own_invoices_in_as_many_queries_as_there_are_kinds(
    client: Browser, team: Team
) -> None:
    name_payers(team, LOCAL, DISTRICT)
    share(team, half(), half())
    client.sign_in(CONTACT)
    client.get("/lakeshore/invoices")
    with counting_queries() as one:
        page = words(client.get("/lakeshore/invoices"))
    assert page.count("INV-2026-") == 1

    from tests.events.invoices.stage import make_invoice

    payer = next(s.payer for s in shares_of(team) if s.payer.name == LOCAL.name)
    for _ in range(2):
        make_invoice(5000, payer)
    with counting_queries() as three:
        page = words(client.get("/lakeshore/invoices"))
    assert page.count("INV-2026-") == 3
    assert len(three) == len(one)


def test_a_team_that_comes_free_sees_the_confirmation(client: Browser, lead: Person) -> None:
    team = registered(5, FREE_FIVE)
    client.sign_in(LEAD)
    path = f"/lakeshore/teams/{team.id}/bill"

    assert "There is nothing to pay" in words(client.get(path))
    assert "C-2026-0001" in words(client.get(f"{path}/confirmation"))
    assert client.get(f"{path}/confirmation.pdf").data.startswith(b"%PDF")


def test_finance_works_on_a_teams_bill_and_sees_no_dietary_need(
    client: Browser, team: Team, path: str
) -> None:
    make_person("finance@example.org", staff="finance")
    for seat in team.seats:
        seat.dietary = "No peanuts please"
    db.session.commit()
    name_payers(team, LOCAL)
    client.sign_in("finance@example.org")

    page = client.get(path)

    assert page.status_code == 200
    assert LOCAL.name in page.text
    assert "peanuts" not in page.text
