"""Papers as they are issued: written once, kept for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.invoices.domain import Series
from events.invoices.domain.papers import (
    About,
    AppliedTo,
    Issuer,
    PaidLine,
    Paper,
    PaperKind,
    PaperLine,
    Party,
    PurchaseOrder,
    Replaces,
    Share,
)
from events.invoices.models import Document, Invoice, Payer
from events.invoices.service.numbers import next_number, year_of
from events.invoices.service.settings import issuer, lines_of
from events.ledger import service as ledger
from events.ledger.domain import EntryKind

ASKED = (EntryKind.INVOICE, EntryKind.CREDIT_NOTE)
"""Entries that change what is asked for; all others are what came or went."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a paper says beside who issues it and to whom."""

    kind: PaperKind
    number: str
    year: int
    on: date
    total_cents: int
    revision: int = 1
    due_on: date | None = None
    lines: tuple[PaperLine, ...] = ()
    heading: About | None = None
    share: Share | None = None
    notes: tuple[str, ...] = ()
    how_to_pay: tuple[str, ...] = ()
    purchase_order: PurchaseOrder | None = None
    replaces: Replaces | None = None
    corrects: str = ""
    paid: tuple[PaidLine, ...] = ()
    applied: tuple[AppliedTo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Parties:
    """Who issues a paper and to whom, read before its number is taken: others wait for numbers."""

    issuer: Issuer
    bill_to: Party
    tax_exempt: str


def parties_of(payer: Payer) -> Parties:
    """Return the parties of a paper for this payer, as they are now."""
    return Parties(issuer=issuer(), bill_to=party_of(payer), tax_exempt=payer.tax_exempt)


def keep_paper(  # noqa: PLR0913  (what a paper says, and what it belongs to)
    content: Content,
    payer: Payer,
    parties: Parties,
    *,
    by: str,
    invoice: Invoice | None = None,
    about: str = "",
) -> Document:
    """Write the paper down as it goes out. Part of another act."""
    paid = content.paid
    due = None
    if content.kind is PaperKind.INVOICE and invoice is not None:
        # Nothing came yet for one that is just being issued: no look that others wait for.
        paid = paid_so_far(invoice.id) if invoice.revision > 1 else ()
        if invoice.credited_cents:
            words = say("Credit notes before this revision")
            paid += (PaidLine(on=content.on, words=words, cents=invoice.credited_cents),)
        due = content.total_cents - sum(one.cents for one in paid)
    paper = Paper(
        kind=content.kind,
        number=content.number,
        revision=content.revision,
        issued_on=content.on,
        due_on=content.due_on,
        issuer=parties.issuer,
        bill_to=parties.bill_to,
        about=content.heading,
        lines=content.lines,
        share=content.share,
        total_cents=content.total_cents,
        paid=paid,
        due_cents=due,
        purchase_order=content.purchase_order,
        tax_exempt=parties.tax_exempt,
        fiscal_year=str(content.year),
        notes=content.notes,
        how_to_pay=content.how_to_pay,
        replaces=content.replaces,
        corrects=content.corrects,
        applied=content.applied,
    )
    return _keep(
        paper,
        Document(
            payer_id=payer.id,
            invoice_id=invoice.id if invoice else None,
            about=about or (invoice.about if invoice else ""),
            issued_by=by,
        ),
    )


def confirm_nothing_to_pay(
    bill_to: Party, heading: About, lines: tuple[PaperLine, ...], *, about: str, by: str
) -> Document:
    """Confirm in writing that someone comes and owes nothing. Part of another act."""
    on = ledger.today()
    year, issued_by = year_of(on), issuer()
    _, number = next_number(Series.CONFIRMATION, year)
    paper = Paper(
        kind=PaperKind.CONFIRMATION,
        number=number,
        issued_on=on,
        issuer=issued_by,
        bill_to=bill_to,
        about=heading,
        lines=lines,
        total_cents=0,
        due_cents=0,
        fiscal_year=str(year),
    )
    return _keep(paper, Document(about=about, issued_by=by))


def paid_so_far(invoice_id: UUID) -> tuple[PaidLine, ...]:
    """Return what came for an invoice, and what went back, in order."""
    return tuple(
        PaidLine(on=line.on, words=line.memo, cents=-line.cents)
        for line in ledger.lines_of_invoice(invoice_id)
        if line.kind not in ASKED
    )


def party_of(payer: Payer) -> Party:
    """Return a payer as papers address it; a grant's number stands with its name."""
    grant = say("Grant %(number)s", number=payer.grant_number) if payer.grant_number else ""
    return Party(
        name=payer.name,
        attention=payer.contact_name,
        address=(*((grant,) if grant else ()), *lines_of(payer.address)),
        email=payer.contact_email,
    )


def papers_of(invoice_id: UUID) -> Sequence[Document]:
    """Return every paper about an invoice, oldest first: revisions, credit notes, receipts."""
    statement = select(Document).where(Document.invoice_id == invoice_id)
    return db.session.scalars(statement.order_by(Document.issued_at, Document.id)).all()


def papers_about(about: str, series: Series) -> Sequence[Document]:
    """Return the papers of one kind about a team or an institute, newest first."""
    statement = select(Document).where(Document.about == about, Document.series == series)
    return db.session.scalars(
        statement.order_by(Document.issued_at.desc(), Document.id.desc())
    ).all()


def get_paper(document_id: UUID) -> Document:
    """Return a paper. Raises ``NotFound``."""
    found = db.session.scalar(select(Document).where(Document.id == document_id))
    if found is None:
        raise NotFound(say("There is no such paper."))
    return found


def paper_of(invoice_id: UUID, *, revision: int) -> Document:
    """Return one revision of an invoice as it was issued. Raises ``NotFound``."""
    found = db.session.scalar(
        select(Document).where(
            Document.invoice_id == invoice_id,
            Document.series == Series.INVOICE,
            Document.revision == revision,
        )
    )
    if found is None:
        raise NotFound(say("There is no such paper."))
    return found


def payable_at(paper: Paper, address: str) -> Paper:
    """Return an invoice that also says where it can be paid; other papers as they are."""
    return replace(paper, pay_at=address) if paper.kind is PaperKind.INVOICE else paper


def shown(document: Document) -> Paper:
    """Return what a paper says."""
    return Paper.from_json(document.paper)


def _keep(paper: Paper, document: Document) -> Document:
    document.series = Series(paper.kind.value)
    document.number = paper.number
    document.revision = paper.revision
    document.fiscal_year = int(paper.fiscal_year)
    document.total_cents = paper.total_cents
    document.paper = paper.to_json()
    document.issued_at = clock.now()
    db.session.add(document)
    db.session.flush()
    return document
