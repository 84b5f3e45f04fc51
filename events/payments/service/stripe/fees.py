"""What Stripe keeps of payments and takes for disputes, so that money at Stripe is what it is.

Webhooks do not tell fees; Stripe's lists do. A fee names no payment on the account of money at
Stripe: payments are compared by what was captured, refunded and disputed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from consortium.audit import service as audit
from consortium.cards import USD
from consortium.database import db
from consortium.words import say
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line
from events.ledger.models import JournalEntry, JournalLine
from events.payments.domain import PaymentStatus
from events.payments.models import Payment
from events.payments.service.applying import in_words
from events.payments.service.stripe.comparing import Theirs

AT_ONCE = 5_000

Id = TypeVar("Id", str, UUID)


@dataclass(frozen=True, kw_only=True)
class _Fee:
    """What Stripe says that it took, and for which payment."""

    intent_id: str
    cents: int
    of_dispute: bool = False


def post_fees(theirs: Theirs, *, by: str) -> int:
    """Post the fees that Stripe's lists name and the books lack; return how many entries.

    A payment's fee counts for the day the money came, a dispute's for today.
    """
    told = _told(theirs)
    payments = _payments({fee.intent_id for fee in told.values()})
    institutes = _institutes({one.id for one in payments.values()})
    posted = _posted(told)
    done, total = 0, 0
    for source, fee in told.items():
        payment, (before, entries) = payments.get(fee.intent_id), posted.get(source, (0, 0))
        more = fee.cents - before
        if payment is None or not more:
            continue
        entry = Entry(
            kind=EntryKind.FEE,
            # A dispute's fee may come back when it is won: another entry needs another source.
            source=f"{source}:{entries + 1}" if entries else source,
            memo=say("%(payment)s: Stripe's fee", payment=in_words(payment)),
            lines=_lines(payment, more, institutes.get(payment.id)),
        )
        if ledger.post_once(entry, by=by, on=None if fee.of_dispute else payment.received_on):
            done, total = done + 1, total + more
    if done:
        audit.record(
            "post_stripe_fees", "journal:stripe", by=by, after={"entries": done, "cents": total}
        )
    return done


def _told(theirs: Theirs) -> Mapping[str, _Fee]:
    """Return each fee by the source under which the journal has it."""
    found = {
        f"stripe:fee:{one.id}": _Fee(intent_id=one.id, cents=one.fee_cents)
        for one in theirs.payments
        if one.fee_cents and one.currency == USD
    }
    return found | {
        f"stripe:fee:{one.id}": _Fee(
            intent_id=one.payment_intent_id, cents=one.fee_cents, of_dispute=True
        )
        for one in theirs.disputes
        if one.payment_intent_id and one.currency == USD
    }


def _lines(payment: Payment, cents: int, institute_id: UUID | None) -> tuple[Line, Line]:
    fee = Line(
        account=Account.PROCESSING_FEES,
        cents=cents,
        payment_id=payment.id,
        institute_id=institute_id,
    )
    return fee, Line(account=Account.STRIPE, cents=-cents)


def _institutes(payment_ids: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Return for each payment an institute that it paid for, if it paid for one."""
    found: dict[UUID, UUID] = {}
    for some in _in_parts(sorted(payment_ids)):
        statement = (
            select(JournalLine.payment_id, JournalLine.institute_id)
            .where(
                JournalLine.account == Account.RECEIVABLE,
                JournalLine.payment_id.in_(some),
                JournalLine.institute_id.is_not(None),
            )
            .distinct()
        )
        for payment_id, institute_id in db.session.execute(statement):
            if payment_id is not None and institute_id is not None:
                found.setdefault(payment_id, institute_id)
    return found


def _payments(intent_ids: Iterable[str]) -> Mapping[str, Payment]:
    """Return the payments whose money came, by Stripe's id of them."""
    found: dict[str, Payment] = {}
    for some in _in_parts(sorted(intent_ids)):
        statement = select(Payment).where(
            Payment.intent_id.in_(some), Payment.status != PaymentStatus.PROCESSING
        )
        found |= {str(one.intent_id): one for one in db.session.scalars(statement)}
    return found


def _posted(sources: Iterable[str]) -> Mapping[str, tuple[int, int]]:
    """Return what the books have of each fee: cents, and in how many entries."""
    found: dict[str, tuple[int, int]] = {}
    for some in _in_parts(sorted(sources)):
        statement = (
            select(JournalEntry.source, func.sum(JournalLine.cents))
            .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
            .where(
                JournalLine.account == Account.PROCESSING_FEES,
                JournalEntry.source.in_([*some, *(f"{one}:{n}" for one in some for n in (2, 3))]),
            )
            .group_by(JournalEntry.source)
        )
        for source, cents in db.session.execute(statement):
            first = ":".join(source.split(":")[:3])
            before = found.get(first, (0, 0))
            found[first] = (before[0] + int(cents), before[1] + 1)
    return found


def _in_parts(listed: list[Id]) -> Iterator[list[Id]]:
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))
