"""What payers have too much goes back by itself, after a day in which a seat may be filled."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say
from events.billing.models import BillShare
from events.invoices.domain import Series
from events.invoices.models import Document, Invoice
from events.ledger import service as ledger
from events.payments.service import refunds

RULES = "refund rules"
REST = timedelta(hours=24)
"""How long a credit rests before it goes back: who leaves is often replaced the same day."""


def credits_due() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of the teams' invoices on which payers have had too much for a day.

    Whose credit comes of money that was paid twice is finance's to decide, not ours: only what
    a credit note or a revision took off goes back by itself.
    """
    owed = ledger.open_invoices().subquery()
    newest = (
        select(Document.invoice_id, func.max(Document.issued_at).label("at"))
        .where(Document.series.in_((Series.INVOICE, Series.CREDIT_NOTE)))
        .group_by(Document.invoice_id)
        .subquery()
    )
    statement = (
        select(Invoice.tenant_id, Invoice.id)
        .join(owed, owed.c.invoice_id == Invoice.id)
        .join(newest, newest.c.invoice_id == Invoice.id)
        .where(
            owed.c.cents < 0,
            newest.c.at <= clock.now() - REST,
            Invoice.id.in_(select(BillShare.invoice_id)),
        )
        .order_by(Invoice.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def refund_due(invoice_id: UUID) -> int:
    """Owe back what an invoice's payer has too much, each part the way it came.

    Returns how many refunds that made: none when someone was quicker.
    """
    made = refunds.refund_credits(
        [invoice_id], why=say("The invoice asks for less than was paid."), by=RULES
    )
    if made:
        audit.record(
            "refund_due",
            f"invoice:{invoice_id}",
            by=RULES,
            after={"cents": sum(one.cents for one in made)},
        )
    return len(made)
