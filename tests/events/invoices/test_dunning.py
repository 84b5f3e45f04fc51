"""Reminders: three levels, each once, and none that contradicts what the books say."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consortium import clock
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import for_every_tenant
from consortium.tenants.models import Tenant
from events.books.service.holding import held_back
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.domain.dunning import LEVEL_WORDS, level_due
from events.invoices.models import Invoice, Reminder
from events.invoices.service import Books, OrderFacts, dunning
from events.payments.domain import ExceptionKind, PaymentKind, PaymentStatus
from events.payments.models import Checkout, MoneyException, Payment
from events.payments.models.stripe import CheckoutStatus
from events.payments.service.exceptions import open_exception
from tests.acts import acts
from tests.events.invoices.stage import FINANCE, make_invoice
from tests.events.payments.stage import check
from tests.factories import NOON

DUE = date(2026, 4, 1)  # what is issued on March 2 is due in thirty days


@pytest.fixture(autouse=True)
def _here(request: pytest.FixtureRequest) -> None:
    if "pure" not in request.node.keywords:
        request.getfixturevalue("tenant")


def round_of_reminders() -> list[tuple[UUID, int]]:
    """Do what the worker does in its hourly look; return what went out."""
    with for_every_tenant():
        due = dunning.reminders_due()
    sent = []
    for _, invoice_id, level in due:
        with transaction():
            if dunning.remind_overdue(invoice_id, level):
                sent.append((invoice_id, level))
    return sent


def mails(invoice: Invoice) -> list[tuple[str, str]]:
    rows = db.session.scalars(
        select(OutboxEmail)
        .where(OutboxEmail.about == f"dunning:{invoice.id}")
        .order_by(OutboxEmail.promised_at, OutboxEmail.id)
    )
    return [(row.subject, row.outcome) for row in rows]


@pytest.mark.pure
@given(st.lists(st.integers(1, 365), unique=True, max_size=3).map(sorted), st.integers(-40, 400))
def test_the_level_is_that_of_the_last_day_that_has_come(days: list[int], late: int) -> None:
    level = level_due(DUE, date.fromordinal(DUE.toordinal() + late), days)

    assert 0 <= level <= len(LEVEL_WORDS)
    assert all(late >= day for day in days[:level])
    assert all(late < day for day in days[level:])


def test_three_levels_go_out_each_once(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    told = []
    for day in (
        "2026-04-02", "2026-04-08", "2026-04-08", "2026-04-09", "2026-04-22", "2026-05-16",
        "2026-09-01",
    ):  # fmt: skip
        frozen(f"{day}T12:00-04:00")
        told.append([level for _, level in round_of_reminders()])

    assert told == [[], [1], [], [], [2], [3], []]
    assert [subject for subject, _ in mails(invoice)] == [
        "Reminder: invoice INV-2026-0001 is past due",
        "Second reminder: invoice INV-2026-0001 is past due",
        "Last reminder: invoice INV-2026-0001 is past due",
    ]
    assert acts().count("remind_overdue") == 3


def test_levels_that_lie_behind_are_skipped(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    frozen("2026-07-01T12:00-04:00")

    assert round_of_reminders() == [(invoice.id, 3)]
    assert round_of_reminders() == []


def test_the_mail_says_what_is_open_and_where_to_pay(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    check(10_000, [(invoice.id, None)])
    frozen("2026-04-08T12:00-04:00")
    round_of_reminders()

    mail = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.about == f"dunning:{invoice.id}")
    ).one()
    assert mail.to == "ap@elgin.example.org"
    assert "$200.00 is still open" in mail.text
    assert "/lakeshore/pay/" in mail.text
    assert "was due on Wednesday, April 1, 2026" in mail.text


def test_what_is_paid_is_not_reminded_of(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    check(30_000, [(invoice.id, None)])
    frozen("2026-05-01T12:00-04:00")

    assert round_of_reminders() == []
    with transaction():
        assert dunning.remind_overdue(invoice.id, 1) == 0


def test_a_reminder_that_has_not_left_is_dropped_when_money_comes(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    frozen("2026-04-08T12:00-04:00")
    round_of_reminders()
    with transaction():
        dunning.stop_reminding(invoice.id)

    assert [outcome for _, outcome in mails(invoice)] == ["superseded"]


@pytest.mark.parametrize("whose", ["consortium", "payer", "invoice"])
def test_a_pause_holds_and_ends(frozen: Any, whose: str) -> None:
    invoice = make_invoice(30_000)
    frozen("2026-04-08T12:00-04:00")
    pause(whose, invoice, on=True)
    assert round_of_reminders() == []
    with transaction():
        assert dunning.remind_overdue(invoice.id, 1) == 0

    frozen("2026-04-10T12:00-04:00")
    if whose != "invoice":  # that one ends by itself on its day
        pause(whose, invoice, on=False)
    assert round_of_reminders() == [(invoice.id, 1)]


def pause(whose: str, invoice: Invoice, *, on: bool) -> None:
    with transaction():
        if whose == "consortium":
            version = invoices.settings().version
            books = Books(legal_name="Lakeshore", dunning_days=(7, 21, 45), dunning_paused=on)
            invoices.write_settings(books, version=version, by=FINANCE)
        elif whose == "payer":
            invoices.pause_reminders(invoice.payer_id, paused=on, by=FINANCE)
        else:
            dunning.pause_invoice(invoice.id, date(2026, 4, 10), by=FINANCE)


@pytest.mark.parametrize("until", [date(2026, 3, 2), date(2025, 1, 1), date(2028, 1, 1)])
def test_a_pause_ends_on_a_day_to_come(until: date) -> None:
    invoice = make_invoice(30_000)
    with pytest.raises(MoneyRefused, match="from tomorrow on"), transaction():
        dunning.pause_invoice(invoice.id, until, by=FINANCE)


def test_a_purchase_order_that_is_here_holds_until_it_expires(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    facts = OrderFacts(number="1E10", amount_cents=30_000, expires_on=date(2026, 4, 20))
    with transaction():
        invoices.receive_order(invoice.id, facts, by=FINANCE)
    frozen("2026-04-20T12:00-04:00")
    assert round_of_reminders() == []
    frozen("2026-04-21T12:00-04:00")
    assert round_of_reminders() == [(invoice.id, 1)]


def test_an_order_that_was_only_promised_holds_nothing(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    with transaction():
        invoices.promise_order(invoice.id, follows_by=None, by=FINANCE)
    frozen("2026-04-08T12:00-04:00")
    assert round_of_reminders() == [(invoice.id, 1)]


def test_money_on_its_way_by_a_bank_holds_until_it_fails(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    frozen("2026-04-08T12:00-04:00")
    payment = processing(invoice)
    assert held_back([invoice.id]) == {invoice.id}
    assert round_of_reminders() == []

    payment.status = PaymentStatus.FAILED
    db.session.commit()
    assert round_of_reminders() == [(invoice.id, 1)]


def test_a_disputed_payment_holds_until_finance_has_settled_it(frozen: Any) -> None:
    invoice = make_invoice(30_000)
    payment = check(10_000, [(invoice.id, None)])
    with transaction():
        open_exception(
            ExceptionKind.DISPUTED, "stripe:dp_1", cents=1, words="?", payment_id=payment.id
        )
    frozen("2026-04-08T12:00-04:00")
    assert round_of_reminders() == []

    row = db.session.scalars(select(MoneyException)).one()
    row.resolved_at, row.resolved_by, row.resolution = clock.now(), FINANCE, "Lost"
    db.session.commit()
    assert round_of_reminders() == [(invoice.id, 1)]


def test_the_day_is_that_of_the_consortium(frozen: Any, tenant: Tenant) -> None:
    make_invoice(30_000)
    frozen("2026-04-08T01:00+00:00")  # still April 7 in New York
    assert round_of_reminders() == []


def test_settings_without_days_remind_of_nothing(frozen: Any) -> None:
    make_invoice(30_000)
    with transaction():
        version = invoices.own_settings().version
        invoices.write_settings(Books(legal_name="L"), version=version, by=FINANCE)
    frozen("2026-06-08T12:00-04:00")
    assert round_of_reminders() == []


def test_the_database_keeps_each_level_once() -> None:
    invoice = make_invoice(30_000)
    for _ in range(2):
        db.session.add(Reminder(invoice_id=invoice.id, level=1, sent_at=NOON))
    with pytest.raises(IntegrityError):
        db.session.flush()


def processing(invoice: Invoice) -> Payment:
    payment = Payment(
        payer_id=invoice.payer_id, kind=PaymentKind.BANK_ACCOUNT,
        status=PaymentStatus.PROCESSING, amount_cents=30_000, received_on=DUE,
        intent_id="pi_1", recorded_by="stripe", recorded_at=clock.now(),
    )  # fmt: skip
    checkout = Checkout(
        invoice_id=invoice.id, cents=30_000, status=CheckoutStatus.COMPLETED,
        intent_id="pi_1", begun_at=clock.now(), expires_at=clock.now(),
    )  # fmt: skip
    db.session.add_all([payment, checkout])
    db.session.commit()
    return payment
