"""Invoices that nobody will pay any more."""

from uuid import UUID

from consortium.audit import service as audit
from consortium.words import say
from events.invoices.models import Invoice
from events.invoices.service.finding import open_invoice
from events.invoices.service.issuing import receivable
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line


def write_off(invoice_id: UUID, why: str, *, by: str) -> Invoice:
    """Give up what is open of an invoice: nobody will pay it. Raises ``MoneyRefused``."""
    invoice, balance = open_invoice(invoice_id)
    ledger.post(
        Entry(
            kind=EntryKind.WRITE_OFF,
            source=f"write_off:{invoice.id}:{invoice.version}",
            memo=say("Written off: %(why)s", why=why),
            lines=(
                receivable(invoice, -balance),
                Line(account=Account.WRITTEN_OFF, cents=balance, institute_id=invoice.institute_id),
            ),
        ),
        by=by,
    )
    invoice.version += 1
    audit.record("write_off", f"invoice:{invoice.id}", by=by, after={"cents": balance, "why": why})
    return invoice
