"""Lines of bank statements: read once, matched when finance says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.words import say
from events.invoices.domain import MoneyRefused
from events.invoices.models import Payer
from events.payments.domain import HELD, LineEnd, PaymentKind
from events.payments.domain.bank_matching import (
    Known,
    KnownDeposit,
    KnownInvoice,
    KnownPayment,
    Line,
    Proposal,
    proposals,
)
from events.payments.domain.bank_statements import ReadLine, digests
from events.payments.models import LINE_READ, BankLine, Deposit, Payment
from events.payments.service.finding import open_invoices

MOST_SHOWN = 100
AT_ONCE = 1_000


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many lines were new, and how many were here already."""

    new: int
    known: int


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A line that nobody has said anything about, and what it may be."""

    line: BankLine
    proposals: tuple[Proposal, ...]


def import_lines(lines: Sequence[ReadLine], *, by: str) -> Imported:
    """Keep the lines of a statement, each once, whatever files hold it; apply nothing.

    Raises ``MoneyRefused`` without lines, or when someone imports the same at this moment.
    """
    if not lines:
        raise MoneyRefused(say("The file has no lines below its header."), field="file")
    told = digests(lines)
    known = _known_digests(told)
    now = clock.now()
    fresh = [
        BankLine(
            on=line.on,
            cents=line.cents,
            words=line.words,
            reference=line.reference,
            digest=digest,
            read_at=now,
        )
        for line, digest in zip(lines, told, strict=True)
        if digest not in known
    ]
    db.session.add_all(fresh)
    same = MoneyRefused(say("Someone imports the same file at this moment. Try again."))
    with translating(LINE_READ, into=same):
        db.session.flush()
    imported = Imported(new=len(fresh), known=len(lines) - len(fresh))
    audit.record(
        "import_lines",
        "bank_lines",
        by=by,
        after={"new": imported.new, "known": imported.known},
    )
    return imported


def waiting_lines(*, most: int = MOST_SHOWN) -> Sequence[Waiting]:
    """Return lines that wait for finance, oldest first, with proposals in a few statements."""
    statement = (
        select(BankLine)
        .where(BankLine.settled_at.is_(None))
        .order_by(BankLine.on, BankLine.read_at, BankLine.id)
        .limit(most)
    )
    return proposed(db.session.scalars(statement).all())


def proposed(lines: Sequence[BankLine]) -> Sequence[Waiting]:
    """Return what each of the lines may be."""
    known = _everything(lines)
    return [Waiting(line=line, proposals=proposals(_plain(line), known)) for line in lines]


def settled_lines(*, most: int = 50) -> Sequence[BankLine]:
    """Return lines about which finance has said what they are, the last first."""
    statement = (
        select(BankLine)
        .where(BankLine.settled_at.is_not(None))
        .order_by(BankLine.settled_at.desc(), BankLine.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def _known_digests(told: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(told), AT_ONCE):
        some = told[first : first + AT_ONCE]
        statement = select(BankLine.digest).where(BankLine.digest.in_(some))
        found.update(db.session.scalars(statement))
    return found


def _plain(line: BankLine) -> Line:
    return Line(on=line.on, cents=line.cents, words=f"{line.words} {line.reference}")


def _everything(lines: Sequence[BankLine]) -> Known:
    """Return what the lines may be: whatever has one of their sums, and all that is open."""
    if not lines:
        return Known()
    sums = sorted({abs(line.cents) for line in lines})
    matched = _matched(LineEnd.PAYMENT)
    payments = (
        select(Payment, Payer.name)
        .outerjoin(Payer, Payment.payer_id == Payer.id)
        .where(
            Payment.amount_cents.in_(sums),
            Payment.status.in_(HELD),
            Payment.kind.in_((PaymentKind.CHECK, PaymentKind.TRANSFER)),
        )
    )
    deposits = select(Deposit).where(
        Deposit.total_cents.in_(sums),
        Deposit.id.not_in(select(BankLine.deposit_id).where(BankLine.deposit_id.is_not(None))),
    )
    return Known(
        payments=[
            KnownPayment(
                id=payment.id,
                kind=payment.kind,
                status=payment.status,
                number=payment.number,
                cents=payment.amount_cents,
                on=payment.received_on,
                payer=payer or payment.drawer,
                on_a_line=payment.id in matched,
            )
            for payment, payer in db.session.execute(payments)
        ],
        deposits=[
            KnownDeposit(id=one.id, cents=one.total_cents, on=one.on, checks=one.checks)
            for one in db.session.scalars(deposits)
        ],
        invoices=[
            KnownInvoice(
                id=view.invoice.id,
                number=view.invoice.number,
                cents=view.balance_cents,
                payer=view.invoice.payer.name,
            )
            for view in open_invoices(most=AT_ONCE)
        ],
    )


def _matched(end: LineEnd) -> set[UUID | None]:
    statement = select(BankLine.payment_id).where(BankLine.settled_as == end)
    return set(db.session.scalars(statement))
