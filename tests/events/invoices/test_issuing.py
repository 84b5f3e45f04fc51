"""Invoices keep their number through every change, and say what the ledger says."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from consortium.database import db, transaction
from consortium.tenants.models import Tenant
from events.invoices import service as invoices
from events.invoices.domain import PayerKind, Series, Standing
from events.invoices.models import Document, Invoice
from events.invoices.service import Came, PayerFacts, writing
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line
from tests.events.invoices.stage import FINANCE, adjust, billed, make_invoice, make_payer
from tests.queries import counting_queries

pytestmark = pytest.mark.usefixtures("tenant")


def pay(invoice: Invoice, cents: int) -> None:
    """Post money for an invoice, as payments do."""
    receivable = Line(
        account=Account.RECEIVABLE,
        cents=-cents,
        payer_id=invoice.payer_id,
        invoice_id=invoice.id,
    )
    entry = Entry(
        kind=EntryKind.PAYMENT,
        source=f"test:{invoice.id}:{cents}",
        memo="Check 1187",
        lines=(Line(account=Account.CHECKS, cents=cents), receivable),
    )
    with transaction():
        ledger.post(entry, by=FINANCE)


def series_of(kind: Series) -> list[tuple[str, int, int]]:
    rows = db.session.scalars(
        select(Document).where(Document.series == kind).order_by(Document.issued_at, Document.id)
    )
    return [(row.number, row.revision, row.total_cents) for row in rows]


def test_an_invoice_has_a_number_of_its_fiscal_year_a_paper_and_a_debt() -> None:
    invoice = make_invoice(30_000)

    view = invoices.get_invoice(invoice.id)
    assert invoice.number == "INV-2026-0001"  # March 2026 lies in the year that ends in June
    assert (view.balance_cents, view.standing) == (30_000, Standing.OPEN)
    assert series_of(Series.INVOICE) == [("INV-2026-0001", 1, 30_000)]
    kept = {account: cents for account, cents in ledger.account_balances().items() if cents}
    assert kept == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}


def test_an_invoice_to_a_grant_names_the_grant() -> None:
    facts = PayerFacts(
        kind=PayerKind.GRANT,
        name="Marsh Family Foundation",
        contact_email="grants@marsh.example.org",
        address="1 Marsh Way",
        grant_number="G-0012",
    )
    with transaction():
        payer = invoices.payer_for(facts)
    invoice = make_invoice(30_000, payer)

    paper = invoices.shown(invoices.papers_of(invoice.id)[0])
    assert paper.bill_to.address == ("Grant G-0012", "1 Marsh Way")


def test_whoever_has_a_number_holds_others_up_for_nothing_but_writing() -> None:
    payer = make_payer()
    make_invoice(payer=payer)  # the year's numbers have begun

    with counting_queries() as said, transaction():
        invoices.issue_invoice(payer, billed(30_000), by=FINANCE)

    acts = [one.split()[0] for one in said.statements]
    taken = next(n for n, one in enumerate(said.statements) if "UPDATE number_series" in one)
    assert acts[taken:] == ["UPDATE", "INSERT", "INSERT", "INSERT", "INSERT"]


def test_numbers_begin_anew_with_the_fiscal_year(frozen: object) -> None:
    frozen("2026-06-30T12:00-04:00")  # type: ignore[operator]
    assert make_invoice().number == "INV-2026-0001"
    frozen("2026-07-01T12:00-04:00")  # type: ignore[operator]
    assert make_invoice().number == "INV-2027-0001"
    assert make_invoice().number == "INV-2027-0002"


def test_an_open_invoice_is_revised_under_its_number_and_the_former_paper_is_kept() -> None:
    """PAL3 in small: a paid share that rises leaves only the difference to pay."""
    invoice = make_invoice(922_688)
    pay(invoice, 922_688)

    adjust(invoice.id, 982_688)

    view = invoices.get_invoice(invoice.id)
    assert view.balance_cents == 60_000
    assert view.standing is Standing.PART_PAID
    assert series_of(Series.INVOICE) == [
        ("INV-2026-0001", 1, 922_688),
        ("INV-2026-0001", 2, 982_688),
    ]
    paper = invoices.shown(invoices.papers_of(invoice.id)[-1])
    assert paper.due_cents == 60_000
    assert paper.replaces is not None
    assert (paper.replaces.revision, paper.replaces.changes) == (1, ("One person more",))
    assert [one.words for one in paper.paid] == ["Check 1187"]


def test_less_while_it_is_open_is_a_revision_and_less_once_paid_a_credit_note() -> None:
    open_, paid = make_invoice(30_000), make_invoice(30_000)
    pay(paid, 30_000)

    adjust(open_.id, 15_000)
    adjust(paid.id, 15_000)

    assert series_of(Series.CREDIT_NOTE) == [("CN-2026-0001", 1, 15_000)]
    assert invoices.get_invoice(open_.id).balance_cents == 15_000
    view = invoices.get_invoice(paid.id)
    assert (view.balance_cents, view.standing) == (-15_000, Standing.CREDIT)
    assert (view.invoice.revision, view.owed_cents) == (1, 15_000)


def test_a_revision_after_a_credit_note_says_the_whole_again() -> None:
    invoice = make_invoice(30_000)
    pay(invoice, 30_000)
    adjust(invoice.id, 15_000)

    adjust(invoice.id, 45_000)

    view = invoices.get_invoice(invoice.id)
    assert (view.owed_cents, view.balance_cents, view.invoice.revision) == (45_000, 15_000, 2)


def test_the_same_sum_makes_no_paper() -> None:
    invoice = make_invoice(30_000)
    adjust(invoice.id, 30_000)

    assert len(invoices.papers_of(invoice.id)) == 1


def test_what_is_overdue_says_so_the_day_after_it_was_due(frozen: object) -> None:
    invoice = make_invoice(30_000)
    assert invoice.due_on == date(2026, 4, 1)
    frozen("2026-04-01T23:00-04:00")  # type: ignore[operator]
    assert invoices.get_invoice(invoice.id).standing is Standing.OPEN
    frozen("2026-04-02T01:00-04:00")  # type: ignore[operator]
    assert invoices.get_invoice(invoice.id).standing is Standing.OVERDUE


@pytest.mark.parametrize(
    "statement", ["UPDATE document SET total_cents = 1", "DELETE FROM document"]
)
def test_the_database_refuses_to_change_a_paper(statement: str) -> None:
    make_invoice()
    with pytest.raises(DatabaseError, match="never_changed"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_payers_of_the_same_kind_name_and_contact_are_one(tenant: Tenant) -> None:
    first, again = make_payer(email="AP@Elgin.example.org"), make_payer()
    other = make_payer(email="second@elgin.example.org")

    assert first.id == again.id
    assert other.id != first.id
    assert first.tenant_id == tenant.id


def test_receipts_say_what_is_left() -> None:
    invoice = make_invoice(30_000)
    pay(invoice, 10_000)
    with transaction():
        came = Came(words="Check 1187", on=date(2026, 3, 2), cents=10_000, to={invoice.id: 10_000})
        invoices.issue_receipt(came, by=FINANCE)

    paper = invoices.shown(invoices.papers_of(invoice.id)[-1])
    assert (paper.number, paper.total_cents) == ("R-2026-0001", 10_000)
    assert [(one.number, one.cents, one.left_cents) for one in paper.applied] == [
        ("INV-2026-0001", 10_000, 20_000)
    ]


def test_what_finance_took_off_by_hand_stays_off_when_the_bill_changes() -> None:
    invoice = make_invoice(30_000)
    with transaction():
        writing.credit_by_hand(invoice.id, 5_000, "They hosted us.", by=FINANCE)

    adjust(invoice.id, 45_000)

    view = invoices.get_invoice(invoice.id)
    assert (view.owed_cents, view.balance_cents, view.invoice.revision) == (40_000, 40_000, 2)
    paper = invoices.shown(invoices.papers_of(invoice.id)[-1])
    assert (paper.total_cents, paper.due_cents) == (45_000, 40_000)
    adjust(invoice.id, 3_000)
    assert invoices.get_invoice(invoice.id).balance_cents == 0
