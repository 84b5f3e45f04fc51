"""Payment terms are written on a page of their own."""

from datetime import date

import pytest

from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from events.institutes.domain.sections import Terms
from events.institutes.domain.terms import (
    AtCutoff,
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
    Tier,
)
from events.institutes.service.sections import section_of
from tests.browser import Browser
from tests.events.institutes.desk import ROOT, again, draft, send, words

TERMS = f"{ROOT}/summer/terms"


@pytest.fixture
def desk(client: Browser, tenant: Tenant, coordinator: Person) -> Browser:
    """Return a browser with the coordinator at it."""
    client.sign_in("coordinator@example.org")
    return client


def test_terms_are_stored_and_shown_again(desk: Browser) -> None:
    draft(payment_methods=["purchase_order", "check"])

    send(
        desk,
        TERMS,
        **{
            "due_days": "45",
            "least": "1,000",
            "cutoff": "2026-05-01",
            "at_cutoff": "withdraw",
            "valid_days": "90",
            "rows-0-days": "3",
            "rows-0-each": "50",
            "rows-1-days": "10",
            "rows-1-working": "y",
            "payable_to": "CEC",
            "w9_attached": "y",
        },
    )

    stored: Terms = section_of(again(), Terms)
    assert stored.terms == PaymentTerms(
        methods=("purchase_order", "check"),
        due_days=45,
        purchase_orders=PurchaseOrders(
            least_cents=100000,
            cutoff=date(2026, 5, 1),
            at_cutoff=AtCutoff.WITHDRAW,
            valid_days=90,
        ),
        refunds=RefundRule(tiers=(Tier(days=10, working=True), Tier(days=3, keep_cents=5000))),
        payable_to="CEC",
        w9_attached=True,
    )
    version = again().version
    assert send(desk, TERMS).status_code == 302
    assert again().version == version


def test_terms_are_told_in_words(desk: Browser) -> None:
    draft(
        payment_methods=["purchase_order"],
        payment_terms={"refunds": {"tiers": [{"days": 14}], "free_with_replacement": False}},
    )

    shown = desk.get(f"{ROOT}/summer").text

    assert "30 days after their date" in shown
    assert "Purchase orders are taken for any amount." in shown
    assert (
        "Until 14 days before the first day, everything is given back. Later nothing is given back."
    ) in shown


def test_teams_read_the_terms_that_are_not_usual(desk: Browser) -> None:
    institute = draft(
        payment_methods=["purchase_order"],
        payment_terms={
            "purchase_orders": {"least_cents": 100000},
            "refunds": {"tiers": [{"days": 10, "working": True}]},
        },
    )

    shown = desk.get("/lakeshore/institutes/summer").text

    assert "Purchase orders are taken for $1,000.00 or more." in shown
    assert "When somebody cancels:" in shown
    assert "Until 10 working days before the first day, everything is given back." in shown
    institute.payment_terms = {}
    db.session.commit()
    assert "When somebody cancels" not in desk.get("/lakeshore/institutes/summer").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_days": ""}, "Write a number from 1 to 365."),
        ({"due_days": "-1"}, "Write a number from 1 to 365."),
        ({"valid_days": "366"}, "Write a number from 1 to 365."),
        ({"rows-0-days": "-1"}, "Row 1: Write a number from 0 to 365."),
        ({"cutoff": "2026-03-01"},
         "Sun, Mar 1, 2026 is over. Choose a day that is still ahead."),
        ({"cutoff": "2026-05-03"},
         "The institute ends on Sat, May 2, 2026. Choose a day until then."),
        ({"due_days": "٣٠"}, "Write a whole number, such as 40."),
        ({"least": "-5"}, "Write a price in dollars, like 150 or 150.00."),
        ({"rows-0-percent": "50"}, "Row 1: Write how many days, or empty the row."),
        ({"rows-0-days": "9", "rows-0-percent": "5", "rows-0-each": "5"},
         "Row 1: Write either percent or dollars."),
        ({"rows-0-days": "9", "rows-0-percent": "NaN"},
         "Row 1: Write a share from 0 to 100, such as 50."),
        ({"rows-0-days": "9", "rows-0-percent": "5", "rows-1-days": "9", "rows-1-percent": "50"},
         "Steps 1 and 2 have the same days. Keep one of them."),
    ],
)  # fmt: skip
def test_terms_that_make_no_sense_are_refused(
    desk: Browser, typed: dict[str, str], sentence: str
) -> None:
    draft()

    answer = send(desk, TERMS, **typed)

    assert answer.status_code == 422
    assert sentence in words(answer, ".error-summary li")
    assert again().payment_terms == {}
