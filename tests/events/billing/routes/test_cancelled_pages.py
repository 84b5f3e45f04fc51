"""What everybody reads about money when the host cancels an institute."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from consortium.people.models import Person
from events.registration.models import Team
from tests.browser import Browser
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    LOCAL,
    half,
    invoices_of,
    name_payers,
    registered,
    share,
)
from tests.events.cancelling.acts import cancel
from tests.events.payments.stage import check
from tests.events.registration.builders import LEAD, letters
from tests.factories import make_person

GIVEN_BACK = "Nobody owes anything for it any more. What was paid goes back the way it came"


@pytest.fixture
def team(lead: Person) -> Team:
    """Return a team whose district has paid its half, and whose local has not."""
    team = registered(6, FLAT)
    name_payers(team, DISTRICT, LOCAL)
    share(team, half(), half())
    paid, _ = invoices_of(team)
    check(37_500, [(paid.invoice.id, None)], payer_id=paid.invoice.payer_id)
    return team


def words(response: TestResponse) -> str:
    main = BeautifulSoup(response.text, "html.parser").find("main")
    return " ".join(main.get_text(" ").split()) if main else ""


def link_of(contact: str) -> str:
    mail = next(mail for mail in letters(contact) if "/pay/" in mail.text)
    return "/lakeshore/pay/" + mail.text.split("/lakeshore/pay/")[1].split()[0]


def test_who_cancels_reads_what_it_means_for_money(
    client: Browser, coordinator: Person, team: Team
) -> None:
    client.sign_in(coordinator.email)

    page = words(client.get(f"/lakeshore/manage/institutes/{team.institute.slug}/cancel"))

    assert "Invoices still to pay, which then ask for nothing 1" in page
    assert "Invoices on which money came, which goes back 1" in page


def test_both_parts_of_the_mail_say_what_becomes_of_the_money(team: Team) -> None:
    cancel(team.institute)

    (mail,) = [mail for mail in letters(LEAD) if mail.subject.startswith("Cancelled")]

    assert GIVEN_BACK in mail.text
    assert GIVEN_BACK in (mail.html or "")


def test_each_payer_gets_a_mail_that_says_why_and_what_is_left(team: Team) -> None:
    cancel(team.institute)

    for payer, told in (
        (DISTRICT, "A credit note of $375.00 was issued. The invoice now comes to $0.00."),
        (LOCAL, "It now has revision 2 and asks for nothing. You need not pay anything."),
    ):
        found = [mail for mail in letters(payer.contact_email) if told in mail.text]
        assert len(found) == 1, payer.name
        assert "Why: The institute was cancelled." in found[0].text
        assert f"for {payer.name}" in found[0].text
        assert told in (found[0].html or "")


def test_payers_read_what_goes_back_and_cannot_pay_any_more(client: Browser, team: Team) -> None:
    paid, unpaid = link_of(DISTRICT.contact_email), link_of(LOCAL.contact_email)
    cancel(team.institute)

    page = words(client.get(paid))

    assert "Please do not pay" in page
    assert "Check 1187 for $375.00 was not deposited. It is mailed back to you." in page
    assert "Please return this part with your check" not in page
    client.sign_in(LOCAL.contact_email)
    for act in ("order", "decline"):
        assert client.get(f"{unpaid}/{act}").location == unpaid
    order = {"when": "here", "number": "1E10", "amount": "375", "action_key": uuid4().hex}
    assert client.post(f"{unpaid}/order", data=order).status_code == 422


def test_finance_finds_nothing_to_add_to_a_shared_cost(client: Browser, team: Team) -> None:
    make_person("finance@example.org", staff="finance")
    cancel(team.institute)
    client.sign_in("finance@example.org")

    page = client.get(f"/lakeshore/money/institutes/{team.institute.slug}/costs")

    assert page.status_code == 200
    assert BeautifulSoup(page.text, "html.parser").select("main button, main a.btn") == []


def test_leads_find_no_button_on_the_bill(client: Browser, team: Team) -> None:
    cancel(team.institute)
    client.sign_in(LEAD)

    page = client.get(f"/lakeshore/teams/{team.id}/bill")

    assert GIVEN_BACK in words(page)
    assert "has not said yet what it costs" not in words(page)
    assert BeautifulSoup(page.text, "html.parser").select("main a.btn") == []
