"""Settings of the books: what papers say, and what may not change any more."""

from http import HTTPStatus

import pytest

from consortium.tenants.models import Tenant
from events.invoices import service as invoices
from tests.browser import Browser
from tests.consortium.files.samples import PDF
from tests.events.books.acting import done, said, send, upload
from tests.events.books.stage import HOME, desk
from tests.events.invoices.stage import make_invoice

FACTS = {
    "legal_name": "Rutgers, The State University", "address": "50 Labor Center Way",
    "phone": "848-932-1234", "email": "billing@example.edu", "tax_id": "22-6001086",
    "payable_to": "Rutgers University", "remit_to": "PO Box 1", "fiscal_year_starts": "7",
    "dunning_days": "10, 30", "version": "0",
}  # fmt: skip


def test_settings_are_saved_and_stand_on_the_next_paper(client: Browser, tenant: Tenant) -> None:
    done(desk(client), "/settings", FACTS)

    paper = invoices.shown(invoices.papers_of(make_invoice().id)[0])
    assert paper.issuer.name == "Rutgers, The State University"
    assert (paper.issuer.tax_id, paper.issuer.remit_to) == ("22-6001086", ("PO Box 1",))
    assert invoices.settings().dunning_days == [10, 30]


def test_a_second_writer_is_told(client: Browser, tenant: Tenant) -> None:
    browser = desk(client)
    done(browser, "/settings", FACTS)

    stale = send(browser, "/settings", {**FACTS, "legal_name": "Other"})

    assert stale.status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"legal_name": ""}, "Write who bills"),
        ({"tax_id": "226001086"}, "Write the EIN like"),
        ({"dunning_days": "30, 10"}, "numbers of days that rise"),
        ({"dunning_days": "1, 2, 3, 4"}, "numbers of days that rise"),
        ({"dunning_days": "soon"}, "numbers of days that rise"),
        ({"fiscal_year_starts": "13"}, "Choose one of the months"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: Browser, tenant: Tenant, wrong: dict[str, str], sentence: str
) -> None:
    response = send(desk(client), "/settings", {**FACTS, **wrong})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in said(response)


@pytest.mark.parametrize(("starts", "stays"), [("7", True), ("9", True), ("1", True), ("3", False)])
def test_the_fiscal_year_stays_where_papers_would_change_theirs(
    client: Browser, tenant: Tenant, starts: str, *, stays: bool
) -> None:
    """What was issued on March 2 lies in 2026 by July, September and January, by March in 2027."""
    make_invoice()

    response = send(desk(client), "/settings", {**FACTS, "fiscal_year_starts": starts})

    assert (response.status_code == HTTPStatus.FOUND) is stays
    if not stays:
        assert "another fiscal year than their numbers say" in said(response)


def test_the_w9_is_a_pdf(client: Browser, tenant: Tenant) -> None:
    browser = desk(client)

    for name, content in (("w9.txt", b"plain"), ("w9.pdf", b"MZ"), ("w9.pdf", b"")):
        refused = send(browser, "/settings/w9", {"file": upload(name, content)})
        assert "PDF" in said(refused)
        assert "Excel" not in said(refused)
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY, name
    done(browser, "/settings/w9", {"file": upload("w9.pdf", PDF)})

    assert browser.get(f"{HOME}/settings/w9-file").data == PDF
    assert "w9.pdf" in said(browser.get(f"{HOME}/settings"))
