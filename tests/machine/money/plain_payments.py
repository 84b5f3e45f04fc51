"""The same money in plain Python: what every act must come to, without a database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from events.invoices.domain.orders import OrderStatus
from events.ledger.domain import Account
from events.payments.domain import BY_STRIPE, PaymentKind, PaymentStatus, RefundStatus, RefundWay

RETURNABLE = (PaymentStatus.ON_HAND, PaymentStatus.DEPOSITED)
HELD = (*RETURNABLE, PaymentStatus.RECEIVED)
HERE = (OrderStatus.RECEIVED, OrderStatus.INVOICED)

ENDS = {
    OrderStatus.PROMISED: OrderStatus.LAPSED,
    OrderStatus.RECEIVED: OrderStatus.CLOSED,
    OrderStatus.INVOICED: OrderStatus.CLOSED,
}


class Refused(Exception):
    """The act is not allowed."""


def need(holds: object) -> None:
    """Refuse unless this holds."""
    if not holds:
        raise Refused


@dataclass
class PlainInvoice:
    """What it bills, what finance took off by hand, and what nobody will pay."""

    billed: int
    conceded: int = 0
    written_off: int = 0
    of_team: bool = True
    orders: list[OrderStatus] = field(default_factory=list)
    paused_until: date | None = None

    def end_orders(self) -> None:
        self.orders = [ENDS.get(one, one) for one in self.orders]

    def end_orders_that_never_came(self) -> None:
        gone = {OrderStatus.PROMISED: OrderStatus.LAPSED}
        self.orders = [gone.get(one, one) for one in self.orders]

    @property
    def asked(self) -> int:
        return max(0, self.billed - self.conceded)


@dataclass
class PlainRefund:
    payment: UUID
    out_of: dict[UUID | None, int]
    way: RefundWay
    status: RefundStatus = RefundStatus.OWED
    asked_for: bool = False
    """Whether Stripe was asked for it, answer or not."""

    @property
    def cents(self) -> int:
        return sum(self.out_of.values())


@dataclass
class PlainPayment:
    kind: PaymentKind
    status: PaymentStatus
    cents: int
    applied: dict[UUID, int] = field(default_factory=dict)
    left: int = 0
    refunded: int = 0
    at_stripe: int = 0
    """What Stripe has of it."""
    on: date = date.min

    def add(self, invoice: UUID | None, cents: int) -> None:
        """Put cents on an invoice, or leave them over."""
        if invoice is None:
            self.left += cents
            return
        self.applied[invoice] = self.applied.get(invoice, 0) + cents
        if not self.applied[invoice]:
            del self.applied[invoice]

    def take(self, cents: int) -> dict[UUID | None, int]:
        """Take cents back: first what is left over, then off the invoices, then they are owed."""
        taken: dict[UUID | None, int] = {None: max(0, min(self.left, cents))}
        rest = cents - taken[None]
        for one in sorted(self.applied, reverse=True):
            taken[one] = min(self.applied[one], rest)
            rest -= taken[one]
        taken[None] += rest
        for one, some in taken.items():
            self.add(one, -some)
        return taken


class PlainPayments:
    """Invoices, payments, refunds, and what is at the bank."""

    def __init__(self) -> None:
        self.invoices: dict[UUID, PlainInvoice] = {}
        self.payments: dict[UUID, PlainPayment] = {}
        self.refunds: dict[UUID, PlainRefund] = {}
        self.bank = 0
        self.fees = 0
        """What Stripe kept, as far as we asked it."""

    # Invoices.

    def paid(self, invoice: UUID) -> int:
        return sum(one.applied.get(invoice, 0) for one in self.payments.values())

    def balance(self, invoice: UUID) -> int:
        row = self.invoices[invoice]
        return row.asked - row.written_off - self.paid(invoice)

    def concede(self, invoice: UUID, cents: int) -> None:
        need(0 < cents <= self.invoices[invoice].asked)
        self.invoices[invoice].conceded += cents

    def write_off(self, invoice: UUID) -> None:
        need(self.balance(invoice) > 0)
        self.invoices[invoice].written_off += self.balance(invoice)

    # Payments.

    def came(self, payment: UUID, kind: PaymentKind, cents: int, invoice: UUID | None) -> None:
        status = PaymentStatus.ON_HAND if kind is PaymentKind.CHECK else PaymentStatus.RECEIVED
        row = self.payments[payment] = PlainPayment(kind, status, cents, left=cents)
        if kind in BY_STRIPE:
            row.at_stripe = cents
        elif kind is PaymentKind.TRANSFER:
            self.bank += cents
        if invoice and self.balance(invoice) > 0:
            self.apply(payment, invoice)

    def apply(self, payment: UUID, invoice: UUID, most: int | None = None) -> None:
        row = self.payments[payment]
        used = min(row.left if most is None else min(most, row.left), self.balance(invoice))
        need(used > 0)
        row.left -= used
        row.add(invoice, used)
        if self.balance(invoice) <= 0:
            self.invoices[invoice].end_orders()

    def move(self, payment: UUID, leaves: UUID, to: UUID | None) -> None:
        row = self.payments[payment]
        cents = row.applied.get(leaves, 0)
        need(cents > 0 and leaves != to)
        need(to is None or self.balance(to) > 0)
        row.add(leaves, -cents)
        row.left += cents
        if to is not None:
            self.apply(payment, to, cents)

    def deposit(self, payments: Iterable[UUID]) -> None:
        rows = [self.payments[one] for one in payments]
        need(rows and all(row.status is PaymentStatus.ON_HAND for row in rows))
        back = {one.payment for one in self.live() if one.way is RefundWay.MAIL_BACK}
        need(not back & set(payments))
        for row in rows:
            row.status = PaymentStatus.DEPOSITED
            self.bank += row.cents

    def returned(self, payment: UUID) -> None:
        row = self.payments[payment]
        need(row.kind is PaymentKind.CHECK and row.status in RETURNABLE)
        for refund_id, refund in self.refunds.items():
            if refund.payment == payment and refund.status is RefundStatus.OWED:
                self.undo(refund_id)
        self.bank -= row.cents if row.status is PaymentStatus.DEPOSITED else 0
        row.left -= row.cents - sum(row.applied.values())
        row.applied = {}
        row.status = PaymentStatus.RETURNED

    # Refunds.

    def refund(
        self, refund: UUID, payment: UUID, invoice: UUID | None, cents: int, way: RefundWay
    ) -> None:
        row = self.payments[payment]
        need(0 < cents <= row.cents - row.refunded)
        need(row.status in HELD)
        need(way is not RefundWay.STRIPE or row.kind in BY_STRIPE)
        out_of: dict[UUID | None, int] = {invoice: cents}
        if way is RefundWay.MAIL_BACK:
            need(row.status is PaymentStatus.ON_HAND)
            need(cents == row.cents and not row.refunded)
            out_of = {**row.applied, **({None: row.left} if row.left else {})}
        for one, some in out_of.items():
            most = row.left if one is None else min(row.applied.get(one, 0), -self.balance(one))
            need(some <= most)
        for one, some in out_of.items():
            row.add(one, -some)
        row.refunded += cents
        self.refunds[refund] = PlainRefund(payment, out_of, way)

    def planned(self, invoices: list[UUID]) -> list[tuple[UUID, int, RefundWay]]:
        """Return what goes back of the credit on some invoices: payment, cents, and the way.

        Checks on hand go back whole; else cards come first, then the newest of the others.
        """
        credit = {one: -self.balance(one) for one in invoices}
        plan = []
        gone: set[UUID] = set()
        for payment, row in sorted(self.payments.items()):
            whole = sum(row.applied.values()) == row.cents and bool(row.applied)
            fits = all(some <= credit.get(one, 0) for one, some in row.applied.items())
            if row.status is PaymentStatus.ON_HAND and whole and fits:
                plan.append((payment, row.cents, RefundWay.MAIL_BACK))
                gone.add(payment)
                for one, some in row.applied.items():
                    credit[one] -= some
        for invoice in invoices:
            left = credit[invoice]
            for payment, row in self._newest_first():
                cents = min(left, row.applied.get(invoice, 0))
                if cents > 0 and payment not in gone and row.status in HELD:
                    way = RefundWay.STRIPE if row.kind in BY_STRIPE else RefundWay.CHECK
                    plan.append((payment, cents, way))
                    left -= cents
        return plan

    def _newest_first(self) -> list[tuple[UUID, PlainPayment]]:
        rows = sorted(self.payments.items(), key=lambda one: (one[1].on, one[0]), reverse=True)
        return sorted(rows, key=lambda one: one[1].kind not in BY_STRIPE)

    def pay(self, refund: UUID) -> None:
        row = self.refunds[refund]
        need(row.status is RefundStatus.OWED and row.way is not RefundWay.STRIPE)
        row.status = RefundStatus.PAID
        if row.way is RefundWay.MAIL_BACK:
            self.payments[row.payment].status = PaymentStatus.MAILED_BACK
        else:
            self.bank -= row.cents

    def cancel(self, refund: UUID) -> None:
        row = self.refunds[refund]
        need(row.status is RefundStatus.OWED and not row.asked_for)
        self.undo(refund)

    def undo(self, refund: UUID) -> None:
        row = self.refunds[refund]
        need(row.status is not RefundStatus.FAILED)
        payment = self.payments[row.payment]
        if row.status is RefundStatus.PAID:
            if row.way is RefundWay.MAIL_BACK:
                payment.status = PaymentStatus.ON_HAND
            elif row.way is RefundWay.STRIPE:
                payment.at_stripe += row.cents
            else:
                self.bank += row.cents
        row.status = RefundStatus.FAILED
        payment.refunded -= row.cents
        for one, some in row.out_of.items():
            gone = payment.status is PaymentStatus.RETURNED
            payment.add(None if gone else one, some)

    # The books.

    def accounts(self) -> dict[Account, int]:
        rows = self.payments.values()
        asked = sum(one.asked for one in self.invoices.values())
        waiting = (RefundStatus.OWED, RefundStatus.ASKED)
        found = {
            Account.RECEIVABLE: sum(self.balance(one) for one in self.invoices),
            Account.CHECKS: sum(r.cents for r in rows if r.status is PaymentStatus.ON_HAND),
            Account.BANK: self.bank,
            Account.STRIPE: sum(row.at_stripe for row in rows) - self.fees,
            Account.PROCESSING_FEES: self.fees,
            Account.UNAPPLIED: -sum(row.left for row in rows),
            Account.REFUNDS_OWED: -sum(r.cents for r in self.live() if r.status in waiting),
            Account.REVENUE: -asked,
            Account.WRITTEN_OFF: sum(one.written_off for one in self.invoices.values()),
        }
        return {account: cents for account, cents in found.items() if cents}

    def live(self) -> list[PlainRefund]:
        return [one for one in self.refunds.values() if one.status is not RefundStatus.FAILED]
