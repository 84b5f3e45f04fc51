"""What Stripe told, in plain Python: each message once, and what follows for the books."""

from collections import defaultdict
from copy import deepcopy
from typing import Any
from uuid import UUID

from events.payments.domain import PaymentKind, PaymentStatus, RefundStatus, RefundWay
from tests.machine.money.plain_payments import (
    PlainPayment,
    PlainPayments,
    PlainRefund,
    Refused,
    need,
)

BROKEN = {"payment_intent.payment_failed", "charge.failed", "checkout.session.async_payment_failed"}
BACK = {"failed", "canceled"}
LISTED = "listed"
"""Not a message but an answer: how a refund stands that we asked for."""


class PlainCards(PlainPayments):
    """Money by card and bank account; the same messages in the same order give the same books."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, UUID] = {}
        """By our reference, the invoice that is paid on a page."""
        self.ids: dict[str, UUID] = {}
        """By Stripe's id of a payment or of a refund made there, our row's id."""
        self.heard: set[str] = set()
        self.told: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        self.received: set[str] = set()
        self.seen: set[str] = set()
        """Refunds that Stripe confirmed to have."""
        self.taken: dict[str, dict[UUID | None, int]] = {}
        """By dispute, where its money was taken from."""
        self.given: set[str] = set()
        self.foreign: set[str] = set()
        self.waits = 0

    def hear(self, event: dict[str, Any]) -> str | None:
        """Take a message in; return which payment it is about, if it is new and about one."""
        if event["id"] in self.heard:
            return None
        self.heard.add(event["id"])
        thing = event["data"]["object"]
        intent = thing["id"] if thing["object"] == "payment_intent" else thing["payment_intent"]
        if intent is not None:
            self.told[intent].append((event["type"], thing))
        return str(intent) if intent is not None else None

    def ended(self) -> set[str]:
        """Return the payments whose money came, or is known not to come."""
        rows = {named: self.payments.get(row) for named, row in self.ids.items()}
        failed = {one for one, row in rows.items() if row and row.status is PaymentStatus.FAILED}
        return self.received | failed

    def follow(self, intent: str) -> None:
        """Let the books follow what was told of a payment, unless that does not fit yet.

        A refund may be told of before the one whose failure left room for it: it waits.
        """
        names = ("payments", "refunds", "received", "seen", "taken", "given", "foreign", "invoices")
        before = {name: deepcopy(getattr(self, name)) for name in names}
        try:
            self._follow(intent)
        except Refused:
            for name, value in before.items():
                setattr(self, name, value)
            self.waits += 1

    def _follow(self, intent: str) -> None:
        told = self.told[intent]
        charge = next((one for kind, one in told if kind == "charge.succeeded"), None)
        if charge is not None and charge["currency"] != "usd":
            self.foreign.add(intent)
        elif charge is None:
            self._promise(intent)
        else:
            self._receive(intent, charge)
            refunds = self._all(intent, "refund")
            for refund in sorted(refunds, key=lambda all_: not BACK & statuses(all_)):
                self._follow_refund(intent, refund)
            for dispute in self._all(intent, "dispute"):
                self._follow_dispute(intent, dispute)

    def _promise(self, intent: str) -> None:
        kinds = {kind for kind, _ in self.told[intent]}
        if "payment_intent.processing" not in kinds:
            return
        cents = next(o["amount"] for k, o in self.told[intent] if k == "payment_intent.processing")
        row = self.payments.setdefault(
            self.ids[intent],
            PlainPayment(PaymentKind.BANK_ACCOUNT, PaymentStatus.PROCESSING, cents),
        )
        if kinds & BROKEN:
            row.status = PaymentStatus.FAILED

    def _receive(self, intent: str, charge: dict[str, Any]) -> None:
        if intent in self.received:
            return
        self.received.add(intent)
        by_card = charge["payment_method_details"]["type"] == "card"
        kind = PaymentKind.CARD if by_card else PaymentKind.BANK_ACCOUNT
        page = self.pages.get(charge["metadata"]["consortium_reference"])
        self.came(self.ids[intent], kind, charge["amount"], page)

    def _all(self, intent: str, kind: str) -> list[list[tuple[str, dict[str, Any]]]]:
        """Return what was told of each refund or dispute, by its id."""
        found: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        for one in self.told[intent]:
            if one[1]["object"] == kind:
                found[one[1]["id"]].append(one)
        return [found[one] for one in sorted(found)]

    def _follow_refund(self, intent: str, told: list[tuple[str, dict[str, Any]]]) -> None:
        named, cents = told[0][1]["id"], told[0][1]["amount"]
        came_back = BACK & statuses(told)
        succeeded = "succeeded" in statuses(told)
        ours = told[0][1]["metadata"].get("consortium_reference")
        payment = self.ids[intent]
        if ours is None and named not in self.ids and not succeeded:
            return  # nothing has moved
        known = self.refunds.keys() & ({UUID(ours)} if ours else {self.ids.get(named)})
        row = self.refunds[known.pop()] if known else None
        if row is None and came_back:
            # It came back before we heard of it: nothing has moved, and it counts for nothing.
            back = PlainRefund(payment, {None: cents}, RefundWay.STRIPE, RefundStatus.FAILED)
            self.refunds[self.ids[named]] = back
            return
        if row is None:
            if self.payments[payment].refunded + cents > self.payments[payment].cents:
                self._drop_unasked(payment)
            need(self.payments[payment].refunded + cents <= self.payments[payment].cents)
            self.payments[payment].refunded += cents
            out_of = self.payments[payment].take(cents)
            row = PlainRefund(payment, out_of, RefundWay.STRIPE, RefundStatus.ASKED, True)
            self.refunds[self.ids[named]] = row
        self.seen.add(named)
        if row.status is RefundStatus.OWED:
            row.status, row.asked_for = RefundStatus.ASKED, True
        if succeeded and row.status is RefundStatus.ASKED:
            row.status = RefundStatus.PAID
            self.payments[payment].at_stripe -= cents
        if came_back and row.status is not RefundStatus.FAILED:
            self.undo(next(one for one, refund in self.refunds.items() if refund is row))

    def _follow_dispute(self, intent: str, told: list[tuple[str, dict[str, Any]]]) -> None:
        named, payment = told[0][1]["id"], self.payments[self.ids[intent]]
        moved = [one["balance_transactions"] for _, one in told]
        withdrawn = max(-sum(m["amount"] for m in one if m["amount"] < 0) for one in moved)
        reinstated = max(sum(m["amount"] for m in one if m["amount"] > 0) for one in moved)
        if withdrawn and named not in self.taken:
            if payment.status is PaymentStatus.RECEIVED:
                self._drop_unasked(self.ids[intent])
            self.taken[named] = payment.take(withdrawn)
            payment.at_stripe -= withdrawn
        if reinstated and named not in self.given:
            self.given.add(named)
            payment.at_stripe += reinstated
            for one, some in self.taken[named].items():
                payment.add(one, some)

    def _drop_unasked(self, payment: UUID) -> None:
        for refund_id, row in self.refunds.items():
            unasked = row.status is RefundStatus.OWED and not row.asked_for
            if row.payment == payment and row.way is RefundWay.STRIPE and unasked:
                self.undo(refund_id)


def statuses(told: list[tuple[str, dict[str, Any]]]) -> set[str]:
    """Return the states in which Stripe told of a refund."""
    return {one["status"] for _, one in told}
