"""Receipts: what came, and which invoices it paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.words import say
from events.invoices.domain import Series
from events.invoices.domain.papers import AppliedTo, PaidLine, PaperKind
from events.invoices.models import Document, Invoice, Payer
from events.invoices.service.numbers import next_number, year_of
from events.invoices.service.papers import Content, keep_paper, parties_of
from events.ledger import service as ledger


@dataclass(frozen=True, kw_only=True)
class Came:
    """Money that came: how, when, all of it, and how much of it went to which invoice."""

    words: str
    on: date
    cents: int
    to: Mapping[UUID, int]


def issue_receipt(came: Came, *, by: str) -> tuple[Document, ...]:
    """Confirm money that came, one receipt for each payer whose invoices it paid.

    A receipt confirms what was applied to its payer's invoices. Part of another act.
    """
    rows = db.session.scalars(
        select(Invoice).where(Invoice.id.in_(came.to)).order_by(Invoice.fiscal_year, Invoice.serial)
    ).all()
    left = ledger.invoice_balances(came.to)
    by_payer: dict[UUID, list[Invoice]] = {}
    for invoice in rows:
        by_payer.setdefault(invoice.payer_id, []).append(invoice)
    return tuple(_receipt(theirs, came, left, by=by) for theirs in by_payer.values())


def _receipt(theirs: list[Invoice], came: Came, left: Mapping[UUID, int], *, by: str) -> Document:
    total = sum(came.to[invoice.id] for invoice in theirs)
    on = ledger.today()
    year = year_of(on)
    payer = db.session.get_one(Payer, theirs[0].payer_id)
    parties = parties_of(payer)
    _, number = next_number(Series.RECEIPT, year)
    notes = (say("This is a part of the payment; the rest was for something else."),)
    content = Content(
        kind=PaperKind.RECEIPT,
        number=number,
        year=year,
        on=on,
        total_cents=total,
        paid=(PaidLine(on=came.on, words=came.words, cents=total),),
        applied=tuple(
            AppliedTo(
                number=invoice.number,
                words=invoice.what,
                cents=came.to[invoice.id],
                left_cents=left[invoice.id],
            )
            for invoice in theirs
        ),
        notes=notes if total < came.cents else (),
    )
    return keep_paper(content, payer, parties, invoice=theirs[0], by=by)
