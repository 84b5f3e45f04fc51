"""Payers and invoices that tests of money stand on."""

from uuid import UUID, uuid4

from consortium.database import transaction
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import PayerKind
from events.invoices.domain.papers import PaperLine
from events.invoices.models import Invoice, Payer
from events.invoices.service import Billed, PayerFacts

FINANCE = "finance@example.org"


def make_payer(name: str = "Elgin SD", email: str = "ap@elgin.example.org") -> Payer:
    """Store a payer."""
    with transaction():
        return invoices.payer_for(
            PayerFacts(kind=PayerKind.LEA, name=name, contact_email=email, contact_name="Ann P.")
        )


def billed(
    cents: int, *, about: str = "", institute: Institute | None = None, what: str = "A team"
) -> Billed:
    """Return a bill of one line."""
    return Billed(
        about=about or f"team:{uuid4()}",
        what=what,
        total_cents=cents,
        lines=(PaperLine(what="Person", how="", cents=cents),) if cents else (),
        institute_id=institute.id if institute else None,
    )


def make_invoice(cents: int = 30_000, payer: Payer | None = None, **bill: object) -> Invoice:
    """Issue an invoice over one line."""
    payer = payer or make_payer()
    with transaction():
        return invoices.issue_invoice(payer, billed(cents, **bill), by=FINANCE)  # type: ignore[arg-type]


def adjust(invoice_id: UUID, cents: int) -> None:
    """Let an invoice ask for another sum."""
    with transaction():
        invoices.adjust_invoice(invoice_id, billed(cents), changes=["One person more"], by=FINANCE)
