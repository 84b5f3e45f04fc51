"""Invoices and payers in long lists, with what is open of them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Select, cast, func, or_, select
from sqlalchemy.orm import joinedload

from consortium.database import db
from consortium.paging import PAGE_SIZE, Page, nearest_page
from events.books.domain.filters import InvoiceFilter, PayerFilter, Shown
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.models import Invoice, Payer
from events.invoices.service import InvoiceView
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.ledger.models import JournalLine


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What all invoices that were found come to, in cents."""

    asked_cents: int
    open_cents: int


def invoices_found(wanted: InvoiceFilter, number: int) -> tuple[Page[InvoiceView], Totals]:
    """Return a page of the invoices that are wanted, the newest first, and the sums of all."""
    open_ = ledger.open_invoices().subquery()
    cents = func.coalesce(open_.c.cents, 0)
    statement = select(Invoice).outerjoin(open_, open_.c.invoice_id == Invoice.id)
    if wanted.standing in (Shown.OPEN, Shown.OVERDUE):
        statement = statement.where(cents > 0)
    if wanted.standing == Shown.OVERDUE:
        statement = statement.where(Invoice.due_on < ledger.today())
    if wanted.standing == Shown.PAID:
        statement = statement.where(cents == 0, Invoice.total_cents > Invoice.credited_cents)
    if wanted.standing == Shown.CREDIT:
        statement = statement.where(cents < 0)
    if wanted.institute:
        here = select(Institute.id).where(Institute.slug == wanted.institute)
        statement = statement.where(Invoice.institute_id.in_(here))
    if wanted.payer:
        statement = statement.where(Invoice.payer_id.in_(_called(select(Payer.id), wanted.payer)))
    if wanted.number:
        statement = statement.where(Invoice.number.icontains(wanted.number, autoescape=True))
    total = _count(statement)
    number = nearest_page(number, total)
    asked = func.sum(Invoice.total_cents - Invoice.credited_cents)
    sums = statement.with_only_columns(asked, func.sum(cents)).order_by(None)
    asked_cents, open_cents = db.session.execute(sums).one()
    rows = db.session.scalars(
        statement.options(joinedload(Invoice.payer), joinedload(Invoice.institute))
        .order_by(Invoice.fiscal_year.desc(), Invoice.serial.desc(), Invoice.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    totals = Totals(asked_cents=int(asked_cents or 0), open_cents=int(open_cents or 0))
    return Page(items=invoices.views_of(rows), total=total, number=number), totals


def payers_found(wanted: PayerFilter, number: int) -> tuple[Page[tuple[Payer, int]], int]:
    """Return a page of the payers that are wanted, by name, with what each owes in cents.

    With it comes what all that were found owe together.
    """
    statement = _called(select(Payer), wanted.words)
    if wanted.owing:
        owes = (
            select(JournalLine.payer_id)
            .where(JournalLine.account == Account.RECEIVABLE)
            .group_by(JournalLine.payer_id)
            .having(cast(func.sum(JournalLine.cents), BigInteger) != 0)
        )
        statement = statement.where(Payer.id.in_(owes))
    total = _count(statement)
    number = nearest_page(number, total)
    rows = db.session.scalars(
        statement.order_by(Payer.name, Payer.id).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    ).all()
    balances = ledger.payer_balances([row.id for row in rows])
    owed = select(func.sum(JournalLine.cents)).where(
        JournalLine.account == Account.RECEIVABLE,
        JournalLine.payer_id.in_(statement.with_only_columns(Payer.id).order_by(None)),
    )
    page = Page(items=[(row, balances[row.id]) for row in rows], total=total, number=number)
    return page, int(db.session.scalar(owed) or 0)


def billed_institutes() -> list[tuple[str, str]]:
    """Return address and title of each institute for which an invoice was issued, by title."""
    billed = select(Invoice.institute_id).where(Invoice.institute_id.is_not(None))
    statement = select(Institute.slug, Institute.title).where(Institute.id.in_(billed))
    return [
        (slug, title)
        for slug, title in db.session.execute(statement.order_by(Institute.title, Institute.slug))
    ]


def _called(statement: Select[Any], words: str) -> Select[Any]:
    for word in words.split():
        statement = statement.where(
            or_(
                Payer.name.icontains(word, autoescape=True),
                Payer.contact_email.icontains(word, autoescape=True),
            )
        )
    return statement


def _count(statement: Select[Any]) -> int:
    return db.session.scalars(select(func.count()).select_from(statement.subquery())).one()
