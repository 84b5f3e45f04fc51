"""Money that came in the demonstration's story, for finance's pages about it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Flask, g
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.invoices import service as invoices
from events.invoices.domain import PayerKind
from events.invoices.domain.papers import PaperLine
from events.invoices.service import Billed, PayerFacts
from events.ledger import service as ledger
from events.payments import service as payments
from events.payments.domain.bank_statements import ReadLine
from events.payments.domain.recording import CheckFacts
from events.payments.models import MoneyException, Payment, Refund
from events.payments.service.bank import import_lines

BY = "census"
MONEY = "/garden-coast/money"
FINANCE = cast.FINANCE.key


def visits_of_payments(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent."""
    payer, paid, loose, deposit, refund, odd = _take_money_in(app)
    for page in ("payments", "deposits", "refunds", "bank", "exceptions", "mark-paid"):
        yield (f"payments.{page.replace('-', '_')}", f"{MONEY}/{page}", FINANCE)
    yield ("payments.payments", f"{MONEY}/payments?words=nobody-at-all", FINANCE)
    yield ("payments.choose_payer", f"{MONEY}/payments/new", FINANCE)
    yield ("payments.choose_payer", f"{MONEY}/payments/new?words=harbor", FINANCE)
    record = f"{MONEY}/payments/record"
    yield ("payments.record", f"{record}?payer={payer}", FINANCE)
    yield ("payments.record", record, FINANCE, {"number": "", "amount": "x"})
    yield ("payments.deposits", f"{MONEY}/deposits", FINANCE, {"on": "2199-01-01"})
    yield ("payments.mark_paid", f"{MONEY}/mark-paid", FINANCE, {"rows-0-amount": "x"})
    yield ("payments.deposit", f"{MONEY}/deposits/{deposit}", FINANCE)
    yield ("payments.bank", f"{MONEY}/bank", FINANCE, {})
    for payment in (paid, loose):
        yield ("payments.payment", f"{MONEY}/payments/{payment}", FINANCE)
    for act, of, sent in (
        ("apply", loose, {"amount": "x"}),
        ("move", paid, None),
        ("payer", loose, None),
        ("return", paid, {"on": "2199-01-01"}),
        ("refund", loose, {"amount": "x"}),
    ):
        endpoint = {"payer": "assign", "return": "returned"}.get(act, act)
        path = f"{MONEY}/payments/{of}/{act}"
        yield (f"payments.{endpoint}", path, FINANCE)
        if sent is not None:
            yield (f"payments.{endpoint}", path, FINANCE, sent)
    yield ("payments.pay_out", f"{MONEY}/refunds/{refund}", FINANCE)
    yield ("payments.pay_out", f"{MONEY}/refunds/{refund}", FINANCE, {"check_number": ""})
    yield ("payments.take_back_refund", f"{MONEY}/refunds/{refund}/take-back", FINANCE)
    yield ("payments.take_back_refund", f"{MONEY}/refunds/{refund}/take-back", FINANCE, {"why": ""})
    yield ("payments.exception", f"{MONEY}/exceptions/{odd}", FINANCE)
    yield ("payments.exception", f"{MONEY}/exceptions/{odd}", FINANCE, {"resolution": ""})


def _take_money_in(app: Flask) -> tuple[UUID, UUID, UUID, UUID, UUID, UUID]:
    """Let two checks come, one of them too large, once; return the ids of what there is."""
    with app.test_request_context():
        tenant = g.tenant = tenants.get_by_slug(cast.GARDEN_COAST)
        with as_tenant(tenant.id):
            paid = _numbered("70001") or _first_money()
            loose = _numbered("70002")
            assert loose is not None
            assert paid.payer_id is not None
            refund = db.session.scalars(
                select(Refund.id).where(Refund.payment_id == loose.id)
            ).one()
            odd = db.session.scalars(
                select(MoneyException.id).where(MoneyException.payment_id == loose.id)
            ).one()
            deposit = paid.deposit_id
            assert deposit is not None
            return paid.payer_id, paid.id, loose.id, deposit, refund, odd


def _numbered(number: str) -> Payment | None:
    return db.session.scalar(select(Payment).where(Payment.number == number))


def _first_money() -> Payment:
    today = ledger.today()
    with transaction():
        payer = invoices.payer_for(
            PayerFacts(
                kind=PayerKind.LEA,
                name="Harbor Point Township Board of Education",
                contact_email="accounts@harbor-point.example.org",
            )
        )
        one, two = (
            invoices.issue_invoice(
                payer,
                Billed(
                    about=f"census:{n}",
                    what="Harbor Point at the Summer Institute",
                    total_cents=30_000,
                    lines=(PaperLine(what="Person", how="", cents=30_000),),
                ),
                by=BY,
            )
            for n in (1, 2)
        )
        assert two.number != one.number
        paid = payments.record_check(
            CheckFacts(number="70001", cents=30_000, received_on=today),
            towards=[(one.id, None)],
            by=BY,
        )
        payments.make_deposit([paid.id], today, by=BY)
        loose = payments.record_check(
            CheckFacts(number="70002", cents=45_000, received_on=today, payer_id=payer.id), by=BY
        )
        payments.decide_refund(loose.id, cents=1_500, why="Paid too much", by=BY)
        lines = (
            ReadLine(on=today, cents=30_000, words="BRANCH DEPOSIT"),
            ReadLine(on=today, cents=-120_000, words="RENT OF THE OFFICE"),
        )
        import_lines(lines, by=BY)
    return paid
