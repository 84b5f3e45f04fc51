"""Billed, received, refunded, open: by institute, by grant, by kind of payer."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from consortium.database import db
from consortium.words import say
from events.books.domain.figures import Figures, FiguresLine
from events.institutes.models import Institute
from events.invoices.domain import PAYER_WORDS, PayerKind
from events.invoices.models import Invoice, Payer
from events.ledger.domain import Account, EntryKind
from events.ledger.models import JournalEntry, JournalLine

BILLED, RECEIVED, REFUNDED, WRITTEN_OFF = "billed", "received", "refunded", "written_off"
Key = tuple[Any, int]


def by_institute(until: date) -> tuple[FiguresLine, ...]:
    """Return each institute's figures up to a day, a row for each fiscal year of its invoices."""
    found = _figures(Invoice.institute_id, until)
    ids = [institute_id for institute_id, _ in found if institute_id is not None]
    rows = db.session.execute(select(Institute.id, Institute.title).where(Institute.id.in_(ids)))
    titles = {row.id: row.title for row in rows}
    return _lines(found, lambda key: (titles.get(key, say("No institute")), ""))


def of_institutes(until: date) -> Mapping[UUID | None, Figures]:
    """Return the figures of each institute billed up to a day, all years; ``None``: of none."""
    found: dict[UUID | None, Figures] = {}
    for (institute_id, _), figures in _figures(Invoice.institute_id, until).items():
        found[institute_id] = found.get(institute_id, Figures()) + figures
    return found


def by_grant(until: date) -> tuple[FiguresLine, ...]:
    """Return the figures of each grant that pays, with its number."""
    found = _figures(Invoice.payer_id, until, kind=PayerKind.GRANT)
    rows = db.session.execute(
        select(Payer.id, Payer.name, Payer.grant_number).where(Payer.kind == PayerKind.GRANT)
    )
    names = {payer_id: (name, number) for payer_id, name, number in rows}
    return _lines(found, lambda key: names[key])


def by_kind(until: date) -> tuple[FiguresLine, ...]:
    """Return the figures of each kind of payer."""
    return _lines(_figures(Payer.kind, until), lambda key: (PAYER_WORDS[PayerKind(key)], ""))


def _lines(found: Mapping[Key, Figures], named: Any) -> tuple[FiguresLine, ...]:
    lines = []
    for (key, year), figures in found.items():
        name, detail = named(key)
        lines.append(FiguresLine(name=name, detail=detail, fiscal_year=year, figures=figures))
    return tuple(sorted(lines, key=lambda one: (one.name.casefold(), one.detail, one.fiscal_year)))


def _figures(
    key: InstrumentedAttribute[Any], until: date, *, kind: PayerKind | None = None
) -> Mapping[Key, Figures]:
    undone = and_(
        JournalEntry.kind == EntryKind.REVERSAL, JournalEntry.source.startswith("reversal:refund:")
    )
    column = case(
        (JournalEntry.kind.in_((EntryKind.INVOICE, EntryKind.CREDIT_NOTE)), BILLED),
        (JournalEntry.kind == EntryKind.WRITE_OFF, WRITTEN_OFF),
        (JournalEntry.kind == EntryKind.REFUND, REFUNDED),
        (undone, REFUNDED),
        else_=RECEIVED,
    )
    statement = (
        select(key, Invoice.fiscal_year, column, func.sum(JournalLine.cents))
        .select_from(JournalLine)
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .join(Invoice, Invoice.id == JournalLine.invoice_id)
        .join(Payer, Payer.id == Invoice.payer_id)
        .where(JournalLine.account == Account.RECEIVABLE, JournalEntry.on <= until)
        .group_by(key, Invoice.fiscal_year, column)
    )
    if kind is not None:
        statement = statement.where(Payer.kind == kind)
    found: dict[Key, Figures] = {}
    for name, year, which, total in db.session.execute(statement):
        cents = int(total)
        told = -cents if which in (RECEIVED, WRITTEN_OFF) else cents
        found[name, year] = found.get((name, year), Figures()) + Figures(**{f"{which}_cents": told})
    return found
