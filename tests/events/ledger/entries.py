"""Entries as the acts above the ledger post them."""

from uuid import UUID

from consortium.ids import new_id
from events.ledger.domain import Account, Entry, EntryKind, Line

PAYER, INVOICE, INSTITUTE, PAYMENT = new_id(), new_id(), new_id(), new_id()


def invoice(
    cents: int = 18_453_75,
    *,
    source: str = "invoice:1:1",
    invoice_id: UUID = INVOICE,
    payer_id: UUID = PAYER,
    memo: str = "Invoice 2026-0001",
) -> Entry:
    return Entry(
        kind=EntryKind.INVOICE,
        source=source,
        memo=memo,
        lines=(
            owed(cents, invoice_id=invoice_id, payer_id=payer_id),
            Line(account=Account.REVENUE, cents=-cents, institute_id=INSTITUTE),
        ),
    )


def check(
    cents: int,
    applied: int,
    *,
    source: str = "payment:1",
    invoice_id: UUID = INVOICE,
    payer_id: UUID = PAYER,
    payment_id: UUID = PAYMENT,
) -> Entry:
    """A check, of which so much pays the invoice; the rest belongs to none yet."""
    lines = [Line(account=Account.CHECKS, cents=cents, payment_id=payment_id)]
    if applied:
        lines.append(owed(-applied, invoice_id=invoice_id, payer_id=payer_id))
    if rest := cents - applied:
        lines.append(Line(account=Account.UNAPPLIED, cents=-rest, payment_id=payment_id))
    return Entry(kind=EntryKind.PAYMENT, source=source, memo="Check 001047", lines=tuple(lines))


def owed(cents: int, *, invoice_id: UUID = INVOICE, payer_id: UUID = PAYER) -> Line:
    return Line(
        account=Account.RECEIVABLE,
        cents=cents,
        payer_id=payer_id,
        invoice_id=invoice_id,
        institute_id=INSTITUTE,
    )
