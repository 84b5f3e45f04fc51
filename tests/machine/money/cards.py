"""Paying by card and bank account, and all that Stripe tells or fails to, in random histories."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from consortium.adapters.stripe_gateway.answers import gateway_event
from consortium.cards import SMALLEST
from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant
from events.invoices.models import Invoice
from events.payments import jobs
from events.payments.domain import RefundStatus, RefundWay
from events.payments.models import Checkout, Refund
from events.payments.service import stripe
from tests.events.payments.stripe.stage import open_page
from tests.fakes.stripe_parts.errors import StripeFault
from tests.machine.money.ground import RARELY, WHICH
from tests.machine.money.papers import Papers
from tests.machine.money.plain_cards import LISTED

HOW = st.sampled_from(["card", "card", "card", "bank", "bank", "other amount", "other currency"])
DELIVERY = st.sampled_from(["in order", "shuffled", "twice", "by the worker", "some are lost"])


class MoneyHistory(Papers):
    """All of it together."""

    def furnish(self) -> None:
        """Let something have been paid in each way, so that histories go deep at once."""
        self.comes(45_000, 0, whole=False, is_check=True, known=True)
        self.pays(1, "card", at_once=True)
        self.delivers("in order", 0)
        self.pays(2, "bank", at_once=True)
        self.refunded_by_hand(0, 5_000)

    @rule(which=WHICH, how=HOW, at_once=st.booleans())
    def pays(self, which: int, how: str, *, at_once: bool) -> None:
        """Open a page for an invoice and pay it, at once or later; or pay one opened before."""
        self.open(self.invoice(which))
        if at_once and self.pages:
            self.pay(self.pages[-1], how)

    def open(self, invoice: UUID) -> None:
        balance = self.plain.balance(invoice)
        with as_tenant(self.tenant_id):
            try:
                session = open_page(db.session.get_one(Invoice, invoice))
            except Refusal:
                taken = [k for k, one in self.plain.pages.items() if one == invoice]
                ended = self.plain.cancelled and self.plain.invoices[invoice].of_team
                assert balance < SMALLEST or taken or ended
                db.session.rollback()
                return
            assert balance >= SMALLEST
            row = db.session.scalars(select(Checkout).where(Checkout.session_id == session)).one()
            assert row.cents == balance
            db.session.rollback()
        page = self.fake.state.owner_of(session).get(session, "checkout.session")
        assert page["amount_total"] == balance
        self.plain.pages[page["metadata"]["consortium_reference"]] = invoice
        self.pages.append(session)

    @precondition(lambda self: self.pages)
    @rule(which=WHICH, how=HOW)
    def pays_later(self, which: int, how: str) -> None:
        self.pay(self.pages[which % len(self.pages)], how)

    def pay(self, session: str, how: str) -> None:
        odd: dict[str, Any] = {}
        if how == "other amount":
            odd = {"amount": 7_777}
        elif how == "other currency":
            odd = {"currency": "eur"}
        try:
            act = self.fake.pay_by_bank if how == "bank" else self.fake.pay_by_card
            act(session, **odd)
            self.done[f"paid, {how}"] += 1
        except StripeFault:
            self.done["page is over"] += 1

    @precondition(lambda self: self.some("payment_intent", status="processing"))
    @rule(which=WHICH, what=st.sampled_from(["settle", "fail", "settle"]))
    def bank_decides(self, which: int, what: str) -> None:
        waits = self.some("payment_intent", status="processing")
        getattr(self.fake, what)(waits[which % len(waits)]["id"])
        self.done[f"bank: {what}"] += 1

    @precondition(lambda self: self.some("payment_intent", status="succeeded"))
    @rule(which=WHICH, cents=st.sampled_from([None, 1_000, 5_000]))
    def refunded_by_hand(self, which: int, cents: int | None) -> None:
        """Refund in Stripe's dashboard, behind our back."""
        paid = self.some("payment_intent", status="succeeded")
        try:
            self.fake.refund_by_hand(paid[which % len(paid)]["id"], cents)
            self.done["refunded by hand"] += 1
        except StripeFault:
            self.done["Stripe refuses"] += 1

    @precondition(
        lambda self: (
            self.some("refund", status="pending") or self.some("refund", status="succeeded")
        )
    )
    @rule(which=WHICH, arrives=st.booleans())
    def refund_ends(self, which: int, *, arrives: bool) -> None:
        waits = self.some("refund", status="pending")
        arrives = arrives and bool(waits)
        some = waits if arrives else [*waits, *self.some("refund", status="succeeded")]
        if some:
            one = some[which % len(some)]["id"]
            (self.fake.refund_arrives if arrives else self.fake.refund_fails)(one)
            self.done["refund arrives" if arrives else "refund comes back"] += 1

    @precondition(
        lambda self: self.some("charge", status="succeeded", disputed=False, amount_refunded=0)
    )
    @rule(which=WHICH, part=st.booleans())
    def disputes(self, which: int, *, part: bool) -> None:
        paid = self.some("charge", status="succeeded", disputed=False, amount_refunded=0)
        one = paid[which % len(paid)]
        self.fake.dispute(one["payment_intent"], one["amount"] // 2 if part else None)
        self.done["dispute"] += 1

    @precondition(lambda self: self.some("dispute", status="needs_response"))
    @rule(which=WHICH, won=st.booleans())
    def dispute_ends(self, which: int, *, won: bool) -> None:
        rows = self.some("dispute", status="needs_response")
        (self.fake.win if won else self.fake.lose)(rows[which % len(rows)]["id"])
        self.done["dispute won" if won else "dispute lost"] += 1

    # What we hear of it.

    @precondition(lambda self: self.unheard())
    @rule(how=DELIVERY, seed=st.integers(0, 99))
    def delivers(self, how: str, seed: int) -> None:
        """Let Stripe's messages come: in any order, again and again, late, or not at all."""
        events = [one for one in self.unheard() if one["id"] not in self.lost]
        chance = random.Random(seed)
        if how in {"shuffled", "twice", "by the worker"}:
            events = [*events, *chance.sample(self.fake.events, min(3, len(self.fake.events)))]
            chance.shuffle(events)
        if how == "some are lost":
            self.lost |= {one["id"] for one in events if chance.random() < 0.5}
            events = [one for one in events if one["id"] not in self.lost]
        events = [one for one in events if one["id"] not in self.lost]
        if how == "by the worker":
            for event in events:
                self.store(event)
            jobs.apply_waiting(self.app)
            self.hear(events)
        else:
            for event in events * 2 if how == "twice" else events:
                stored = self.store(event)
                if stored is not None:
                    self.apply(stored)
                self.hear([event])
        self.done[f"delivered {how}"] += len(events)

    def apply(self, stored: UUID) -> None:
        """Apply a message as our webhook does: what does not fit yet waits for the worker."""
        try:
            with as_tenant(self.tenant_id), transaction():
                stripe.apply_event(stored)
        except Refusal:
            self.done["waits"] += 1

    def store(self, event: dict[str, Any]) -> UUID | None:
        with as_tenant(self.tenant_id), transaction():
            return stripe.store_event(gateway_event(event))

    @rule()
    def reconciles(self) -> None:
        self.sweep()

    @precondition(lambda self: self.some("checkout.session", status="open"))
    @rule()
    def closes_pages(self) -> None:
        jobs.close_checkouts(self.app)

    @precondition(lambda self: self.due_refunds())
    @rule(answer_is_lost=RARELY)
    def asks_for_refunds(self, *, answer_is_lost: bool) -> None:
        """Let the worker ask Stripe for what is due; a day later the key is forgotten."""
        if not self.later(timedelta(hours=25)):
            return
        if answer_is_lost:
            self.fake.faults.add("lost", "POST /v1/refunds")
        asked_before = len(self.fake.requests)
        due = self.due_refunds()
        jobs.ask_for_refunds(self.app)
        self.fake.faults.clear()
        made = {
            one["metadata"].get("consortium_reference"): one
            for one in self.looking.at_stripe("refund")
        }
        posted = [
            one.params["metadata"]["consortium_reference"]
            for one in self.fake.requests[asked_before:]
            if (one.method, one.path) == ("POST", "/v1/refunds")
        ]
        for one in due:
            row, there = self.plain.refunds[one], made.get(str(one))
            row.asked_for, row.status = True, RefundStatus.ASKED
            if there is None:
                self.plain.undo(one)
                self.done["refund refused"] += 1
            elif answer_is_lost and posted[:1] == [str(one)]:
                self.done["answer lost"] += 1  # the worker asks again another time
            else:
                self.answered(there)
                self.done["refund made"] += 1
        self.know_days()

    def due_refunds(self) -> list[UUID]:
        """Return our refunds that Stripe has not confirmed, in the order of asking."""
        with as_tenant(self.tenant_id):
            rows = select(Refund.id, Refund.supplier_id).order_by(Refund.decided_at, Refund.id)
            order = [one for one, _ in db.session.execute(rows)]
            known = {one for one, named in db.session.execute(rows) if named is not None}
        waits = (RefundStatus.OWED, RefundStatus.ASKED)
        return [
            one
            for one in order
            if self.plain.refunds[one].way is RefundWay.STRIPE
            and self.plain.refunds[one].status in waits
            and one not in known
        ]

    def answered(self, refund: dict[str, Any]) -> None:
        self.know_ids()
        self.plain.told[refund["payment_intent"]].append((LISTED, refund))
        self.plain.follow(refund["payment_intent"])

    def some(self, kind: str, **with_: object) -> list[dict[str, Any]]:
        """Return what Stripe has of a kind that is in such a state."""
        return [
            one
            for one in self.looking.at_stripe(kind)
            if all(one[name] == value for name, value in with_.items())
        ]
