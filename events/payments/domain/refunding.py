"""How much of which payment goes back, and in which way: the way it came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from events.payments.domain import BY_STRIPE, PaymentKind, PaymentStatus, RefundWay


@dataclass(frozen=True, kw_only=True)
class Source:
    """A payment out of which something can go back."""

    payment_id: UUID
    kind: PaymentKind
    status: PaymentStatus
    received_on: date
    amount_cents: int
    applied_cents: int
    """What it pays and what was not refunded of that."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """So much of one payment goes back in this way."""

    payment_id: UUID
    cents: int
    way: RefundWay


class NotEnough(ValueError):
    """More should go back than came: a bug of ours."""


def refund_plan(cents: int, sources: Iterable[Source]) -> tuple[Planned, ...]:
    """Return which payments ``cents`` go back to.

    Cards and bank accounts come first, then checks and transfers, each the newest first, and none
    gives more than is applied of it. A check that nobody deposited yet is mailed back where all
    of it goes back. Raises ``NotEnough``.
    """
    plan: list[Planned] = []
    for source in in_order(sources):
        used = min(cents, source.applied_cents)
        if used > 0:
            plan.append(
                Planned(payment_id=source.payment_id, cents=used, way=usual_way(source, used))
            )
            cents -= used
    if cents > 0:
        raise NotEnough(f"{cents} cents more should go back than came")
    return tuple(plan)


def in_order(sources: Iterable[Source]) -> Sequence[Source]:
    """Return payments in the order in which they are refunded."""
    newest_first = sorted(sources, key=lambda one: (one.received_on, one.payment_id), reverse=True)
    return sorted(newest_first, key=lambda one: one.kind not in BY_STRIPE)


def ways_of(kind: PaymentKind, status: PaymentStatus) -> Sequence[RefundWay]:
    """Return how money of a payment can go back; a check is mailed back as a whole only."""
    if kind in BY_STRIPE:
        return (RefundWay.STRIPE, RefundWay.CHECK)
    if kind is PaymentKind.CHECK and status is PaymentStatus.ON_HAND:
        return (RefundWay.MAIL_BACK, RefundWay.CHECK)
    return (RefundWay.CHECK,)


def usual_way(source: Source, cents: int) -> RefundWay:
    """Return how so much of a payment goes back unless finance says otherwise."""
    if source.kind in BY_STRIPE:
        return RefundWay.STRIPE
    on_hand = source.kind is PaymentKind.CHECK and source.status is PaymentStatus.ON_HAND
    return RefundWay.MAIL_BACK if on_hand and cents == source.amount_cents else RefundWay.CHECK
