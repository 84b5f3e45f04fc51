"""The same money in plain Python: what every act must come to, without a database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from events.ledger.domain import Account
from events.payments.domain import PaymentKind, PaymentStatus, RefundStatus, RefundWay

RETURNABLE = (PaymentStatus.ON_HAND, PaymentStatus.DEPOSITED)


class Refused(Exception):
    """The act is not allowed."""


def need(holds: object) -> None:
    """Refuse unless this holds."""
    if not holds:
        raise Refused


@dataclass
class PlainRefund:
    payment: UUID
    out_of: dict[UUID | None, int]
    way: RefundWay
    status: RefundStatus = RefundStatus.OWED

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

    def add(self, invoice: UUID | None, cents: int) -> None:
        """Put cents on an invoice, or leave them over."""
        if invoice is None:
            self.left += cents
            return
        self.applied[invoice] = self.applied.get(invoice, 0) + cents
        if not self.applied[invoice]:
            del self.applied[invoice]


class PlainMoney:
    """Invoices, payments, refunds, and what is at the bank."""

    def __init__(self) -> None:
        self.owed: dict[UUID, int] = {}
        self.payments: dict[UUID, PlainPayment] = {}
        self.refunds: dict[UUID, PlainRefund] = {}
        self.bank = 0

    def balance(self, invoice: UUID) -> int:
        paid = sum(one.applied.get(invoice, 0) for one in self.payments.values())
        return self.owed[invoice] - paid

    def came(self, payment: UUID, kind: PaymentKind, cents: int, invoice: UUID | None) -> None:
        is_check = kind is PaymentKind.CHECK
        status = PaymentStatus.ON_HAND if is_check else PaymentStatus.RECEIVED
        used = min(cents, max(0, self.balance(invoice))) if invoice else 0
        row = self.payments[payment] = PlainPayment(kind, status, cents, left=cents - used)
        if used:
            row.add(invoice, used)
        self.bank += 0 if is_check else cents

    def apply(self, payment: UUID, invoice: UUID, most: int | None = None) -> None:
        row = self.payments[payment]
        used = min(row.left if most is None else min(most, row.left), self.balance(invoice))
        need(used > 0)
        row.left -= used
        row.add(invoice, used)

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
        back = {one.payment for one in self._live() if one.way is RefundWay.MAIL_BACK}
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

    def refund(
        self, refund: UUID, payment: UUID, invoice: UUID | None, cents: int, way: RefundWay
    ) -> None:
        row = self.payments[payment]
        need(row.refunded + cents <= row.cents)
        need(row.status not in {PaymentStatus.RETURNED, PaymentStatus.MAILED_BACK})
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

    def pay(self, refund: UUID) -> None:
        row = self.refunds[refund]
        need(row.status is RefundStatus.OWED)
        row.status = RefundStatus.PAID
        if row.way is RefundWay.MAIL_BACK:
            self.payments[row.payment].status = PaymentStatus.MAILED_BACK
        else:
            self.bank -= row.cents

    def undo(self, refund: UUID) -> None:
        row = self.refunds[refund]
        need(row.status is not RefundStatus.FAILED)
        payment = self.payments[row.payment]
        if row.status is RefundStatus.PAID:
            if row.way is RefundWay.MAIL_BACK:
                payment.status = PaymentStatus.ON_HAND
            else:
                self.bank += row.cents
        row.status = RefundStatus.FAILED
        payment.refunded -= row.cents
        for one, some in row.out_of.items():
            gone = payment.status is PaymentStatus.RETURNED
            payment.add(None if gone else one, some)

    def accounts(self) -> dict[Account, int]:
        rows = self.payments.values()
        on_hand = (row.cents for row in rows if row.status is PaymentStatus.ON_HAND)
        waits = (one.cents for one in self._live() if one.status is RefundStatus.OWED)
        found = {
            Account.RECEIVABLE: sum(self.balance(one) for one in self.owed),
            Account.CHECKS: sum(on_hand),
            Account.BANK: self.bank,
            Account.UNAPPLIED: -sum(row.left for row in rows),
            Account.REFUNDS_OWED: -sum(waits),
            Account.REVENUE: -sum(self.owed.values()),
        }
        return {account: cents for account, cents in found.items() if cents}

    def _live(self) -> list[PlainRefund]:
        return [one for one in self.refunds.values() if one.status is not RefundStatus.FAILED]
