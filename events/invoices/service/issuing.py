"""Invoices are issued, revised while they are open, and credited once they are settled.

Whatever changes, the number stays and every paper that was issued stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, hold
from consortium.ids import new_id
from consortium.words import dollars, say
from events.invoices.domain import Series
from events.invoices.domain.papers import (
    About,
    PaperKind,
    PaperLine,
    PurchaseOrder,
    Replaces,
    Share,
)
from events.invoices.models import Document, Invoice, Payer
from events.invoices.service.numbers import next_number, year_of
from events.invoices.service.papers import Content, Parties, keep_paper, parties_of
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line


@dataclass(frozen=True, kw_only=True)
class Billed:
    """What a payer is billed: for what, line by line, and how much of it is this payer's.

    The lines add up to ``total_cents``, or to what ``share`` is a share of.
    """

    about: str
    """``team:<id>`` or ``institute:<id>``."""
    what: str
    """The same in words."""
    total_cents: int
    lines: tuple[PaperLine, ...]
    institute_id: UUID | None = None
    heading: About | None = None
    share: Share | None = None
    due_days: int = 30
    notes: tuple[str, ...] = ()
    how_to_pay: tuple[str, ...] = ()
    purchase_order: PurchaseOrder | None = None


def issue_invoice(payer: Payer, billed: Billed, *, by: str) -> Invoice:
    """Bill the payer: a new number, its paper, and the debt in the ledger. Part of another act.

    Whoever has taken a number holds up all who want the next one until it commits. So everything
    that can be read is read before, and bills go out as the last thing an act does.
    """
    on = ledger.today()
    year = year_of(on)
    invoice_id = new_id()
    parties = parties_of(payer)
    serial, number = next_number(Series.INVOICE, year)
    invoice = Invoice(
        id=invoice_id,
        fiscal_year=year,
        serial=serial,
        number=number,
        payer_id=payer.id,
        institute_id=billed.institute_id,
        about=billed.about,
        what=billed.what,
        total_cents=billed.total_cents,
        issued_at=clock.now(),
        due_on=on + timedelta(days=billed.due_days),
    )
    db.session.add(invoice)
    db.session.flush()
    _keep(invoice, payer, billed, parties, on=on, by=by)
    _post_change(invoice, billed.total_cents, on=on, by=by)
    return invoice


def adjust_invoice(
    invoice_id: UUID, billed: Billed, *, changes: Sequence[str], by: str
) -> Document | None:
    """Let the invoice say what is owed now; return the paper that says so, if anything changed.

    More than before, or less while some of it is open: a new revision under the same number.
    Less once it is settled: a credit note, since an invoice that was paid is history. What finance
    conceded by hand stays off. What was
    paid beyond the new sum is then owed to the payer. Part of another act.
    """
    invoice = lock_invoice(invoice_id)
    owed = invoice.total_cents - invoice.credited_cents
    conceded = min(invoice.conceded_cents, billed.total_cents)
    less = owed - (billed.total_cents - conceded)
    if not less:
        return None
    balance = ledger.invoice_balances([invoice.id])[invoice.id]
    if less > 0 and balance <= 0:
        return credit_invoice(invoice, less, why="; ".join(changes), by=by)
    return _revise(invoice, billed, changes=changes, by=by)


def _revise(invoice: Invoice, billed: Billed, *, changes: Sequence[str], by: str) -> Document:
    before = invoice.total_cents - invoice.credited_cents
    on = ledger.today()
    replaced = Replaces(number=invoice.number, revision=invoice.revision, changes=tuple(changes))
    invoice.revision += 1
    invoice.version += 1
    invoice.total_cents = billed.total_cents
    # The new revision says the whole again; only what was conceded by hand stays credited.
    invoice.credited_cents = min(invoice.conceded_cents, billed.total_cents)
    invoice.what = billed.what
    if billed.total_cents - invoice.credited_cents > before:
        invoice.due_on = max(invoice.due_on, on + timedelta(days=billed.due_days))
    db.session.flush()
    _post_change(invoice, billed.total_cents - invoice.credited_cents - before, on=on, by=by)
    payer = db.session.get_one(Payer, invoice.payer_id)
    return _keep(invoice, payer, billed, parties_of(payer), on=on, replaces=replaced, by=by)


def credit_invoice(invoice: Invoice, cents: int, *, why: str, by: str) -> Document:
    """Take ``cents`` off what an invoice asks for, by a credit note. Part of another act.

    The invoice must be held (``lock_invoice``).
    """
    if not 0 < cents <= invoice.total_cents - invoice.credited_cents:
        raise ValueError(f"{cents} cents cannot be credited to {invoice.number}")
    on = ledger.today()
    year = year_of(on)
    payer = db.session.get_one(Payer, invoice.payer_id)
    parties = parties_of(payer)
    invoice.credited_cents += cents
    invoice.version += 1
    _, number = next_number(Series.CREDIT_NOTE, year)
    paper = keep_paper(
        Content(
            kind=PaperKind.CREDIT_NOTE,
            number=number,
            year=year,
            on=on,
            total_cents=cents,
            lines=(PaperLine(what=why or say("Credit"), how="", cents=cents),),
            heading=About(title=invoice.what),
            corrects=invoice.number,
        ),
        payer,
        parties,
        invoice=invoice,
        by=by,
    )
    ledger.post(
        Entry(
            kind=EntryKind.CREDIT_NOTE,
            source=f"credit_note:{paper.id}",
            memo=say("Credit note %(number)s", number=number),
            lines=_lines(invoice, -cents),
        ),
        by=by,
    )
    return paper


def lock_invoice(invoice_id: UUID) -> Invoice:
    """Return the invoice read anew, held so that its changes come one by one."""
    hold(Invoice.id, invoice_id)
    statement = select(Invoice).where(Invoice.id == invoice_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def _keep(  # noqa: PLR0913  (what an invoice says, and to whom)
    invoice: Invoice,
    payer: Payer,
    billed: Billed,
    parties: Parties,
    *,
    on: date,
    by: str,
    replaces: Replaces | None = None,
) -> Document:
    return keep_paper(
        Content(
            kind=PaperKind.INVOICE,
            number=invoice.number,
            revision=invoice.revision,
            year=invoice.fiscal_year,
            on=on,
            due_on=invoice.due_on,
            total_cents=billed.total_cents,
            lines=billed.lines,
            heading=billed.heading,
            share=billed.share,
            notes=billed.notes,
            how_to_pay=billed.how_to_pay,
            purchase_order=billed.purchase_order,
            replaces=replaces,
        ),
        payer,
        parties,
        invoice=invoice,
        by=by,
    )


def _post_change(invoice: Invoice, cents: int, *, on: date, by: str) -> None:
    if not cents:
        return
    words = say("Invoice %(number)s", number=invoice.number)
    if invoice.revision > 1:
        words = say("Invoice %(number)s, revision %(n)s", number=invoice.number, n=invoice.revision)
    ledger.post(
        Entry(
            kind=EntryKind.INVOICE,
            source=f"invoice:{invoice.id}:{invoice.revision}",
            memo=words,
            lines=_lines(invoice, cents),
        ),
        by=by,
        on=on,
    )


def _lines(invoice: Invoice, cents: int) -> tuple[Line, Line]:
    """Return what changes when ``cents`` more are asked for."""
    return (
        receivable(invoice, cents),
        Line(account=Account.REVENUE, cents=-cents, institute_id=invoice.institute_id),
    )


def receivable(invoice: Invoice, cents: int) -> Line:
    """Return the line by which an invoice's payer owes ``cents`` more."""
    return Line(
        account=Account.RECEIVABLE,
        cents=cents,
        payer_id=invoice.payer_id,
        invoice_id=invoice.id,
        institute_id=invoice.institute_id,
    )


def in_words(invoice: Invoice) -> str:
    """Name an invoice and its sum, for mails and the record."""
    return say(
        "Invoice %(number)s for %(total)s",
        number=invoice.number,
        total=dollars(invoice.total_cents),
    )
