"""What reports ask about an institute afterwards: who came for how long, credit, money.

Set-based: a handful of queries for any number of people, plain values back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import case, distinct, func, or_, select

from consortium.database import db
from events.books.domain.figures import Figures
from events.books.service.figures import of_institutes
from events.credit.domain.certificates import credits_in
from events.credit.models import Certificate
from events.credit.service.minutes import minutes_at
from events.invoices.domain import PAYER_WORDS, PayerKind
from events.invoices.models import Invoice, Payer
from events.ledger.domain import Account, EntryKind
from events.ledger.models import JournalEntry, JournalLine

__all__ = [
    "Credited",
    "Figures",
    "PayerSum",
    "came_to",
    "credited_at",
    "money_by_payer",
    "money_of",
]


@dataclass(frozen=True, kw_only=True)
class Credited:
    """One kind of credit on a certificate that stands."""

    institute_id: UUID
    person_id: UUID
    name: str
    unit: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PayerSum:
    """What payers of one kind were billed and have paid, in cents."""

    kind: str
    persons: int | None
    """How many payers, where they are persons; ``None`` for organizations."""
    billed_cents: int
    received_cents: int


def came_to(
    institute_ids: Collection[UUID], first: date, last: date
) -> Mapping[tuple[UUID, UUID], int]:
    """Return for how many minutes each person was at each institute on these days.

    Whoever was seen is in it, with none where nobody recorded how long. Only live presence
    counts; open stays are settled by the institute's rule of credit.
    """
    return minutes_at(institute_ids, first, last)


def credited_at(institute_ids: Collection[UUID]) -> list[Credited]:
    """Return the credit on certificates that stand, a row for each kind."""
    statement = select(Certificate.institute_id, Certificate.person_id, Certificate.said).where(
        Certificate.institute_id.in_(institute_ids),
        Certificate.replaced_at.is_(None),
        Certificate.withdrawn_at.is_(None),
    )
    return [
        Credited(
            institute_id=institute_id,
            person_id=person_id,
            name=name,
            unit=unit,
            amount=amount,
        )
        for institute_id, person_id, said in db.session.execute(statement)
        for name, unit, amount in credits_in(said)
    ]


def money_of(institute_ids: Collection[UUID], until: date) -> Sequence[tuple[UUID, Figures]]:
    """Return what was billed, received, refunded and written off, by institute, up to a day."""
    wanted = set(institute_ids)
    return [
        (institute_id, figures)
        for institute_id, figures in of_institutes(until).items()
        if institute_id is not None and institute_id in wanted
    ]


def money_by_payer(institute_ids: Collection[UUID], until: date) -> Iterable[PayerSum]:
    """Return what payers of each kind were billed and have paid for these institutes."""
    billed = JournalEntry.kind.in_((EntryKind.INVOICE, EntryKind.CREDIT_NOTE))
    written_off = JournalEntry.kind == EntryKind.WRITE_OFF
    statement = (
        select(
            Payer.kind,
            func.sum(case((billed, JournalLine.cents), else_=0)),
            func.sum(case((or_(billed, written_off), 0), else_=-JournalLine.cents)),
            func.count(distinct(Payer.id)),
        )
        .select_from(JournalLine)
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .join(Invoice, Invoice.id == JournalLine.invoice_id)
        .join(Payer, Payer.id == Invoice.payer_id)
        .where(
            JournalLine.account == Account.RECEIVABLE,
            JournalEntry.on <= until,
            Invoice.institute_id.in_(institute_ids),
        )
        .group_by(Payer.kind)
        .order_by(Payer.kind)
    )
    return [
        PayerSum(
            kind=PAYER_WORDS[PayerKind(kind)],
            persons=payers if PayerKind(kind) is PayerKind.INDIVIDUAL else None,
            billed_cents=int(billed_cents),
            received_cents=int(received_cents),
        )
        for kind, billed_cents, received_cents, payers in db.session.execute(statement)
    ]
