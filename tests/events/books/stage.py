"""Finance's desk: a finance officer's browser, and money of every kind in the books."""

from events.invoices.models import Invoice
from tests.browser import Browser
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import check
from tests.factories import make_institute, make_person

HOME = "/lakeshore/money"


def desk(client: Browser, role: str = "finance") -> Browser:
    """Sign someone in who may see money."""
    make_person(FINANCE, "Fin Officer", staff=role)
    client.sign_in(FINANCE)
    return client


def some_money() -> list[Invoice]:
    """Store four invoices: one open, one part paid, one paid, one of another payer."""
    institute = make_institute()
    elgin = make_payer()
    local = make_payer("Elgin Teachers", "local@elgin.example.org")
    found = [
        make_invoice(30_000, elgin, institute=institute),
        make_invoice(45_000, elgin, institute=institute),
        make_invoice(15_000, elgin),
        make_invoice(922_687, local, institute=institute),
    ]
    check(20_000, [(found[1].id, None)], number="1187", payer_id=elgin.id)
    check(15_000, [(found[2].id, None)], number="00417", payer_id=elgin.id)
    return found
