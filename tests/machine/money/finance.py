"""What finance does about checks, transfers, orders, refunds and months, in random histories."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from consortium.tenancy import as_tenant
from events.invoices import service as invoices
from events.invoices.domain import MOST_CENTS
from events.invoices.service.writing import credit_by_hand
from events.payments import service as payments
from events.payments.domain import PaymentKind, PaymentStatus, RefundStatus, RefundWay
from events.payments.domain.recording import CheckFacts, TransferFacts
from events.payments.service.exceptions import OF_A_REST, open_exceptions
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.machine.money.billing import Billing
from tests.machine.money.ground import RARELY, SELDOM, WHICH
from tests.machine.money.plain_payments import RETURNABLE, PlainInvoice, need

CENTS = st.sampled_from([1, 100, 12_345, 30_000, 45_000])
ABSURD = st.sampled_from([0, -1, -30_000, MOST_CENTS + 1, 10**15])


class Finance(Billing):
    """Money that comes and goes by paper."""

    @rule(cents=CENTS, minded=SELDOM)
    def bills_beside(self, cents: int, *, minded: bool) -> None:
        """Bill something that no team follows."""
        if minded:
            with as_tenant(self.tenant_id):
                found = make_invoice(cents, make_payer()).id
            self.plain.invoices[found] = PlainInvoice(cents, of_team=False)

    @rule(which=WHICH, cents=CENTS)
    def concedes(self, which: int, cents: int) -> None:
        one = self.invoice(which)
        self.both(
            "concede",
            lambda: self.plain.concede(one, cents),
            lambda: credit_by_hand(one, cents, "As agreed", by=FINANCE),
        )

    @rule(which=WHICH, minded=SELDOM)
    def writes_off(self, which: int, *, minded: bool) -> None:
        if minded:
            one = self.invoice(which)
            self.both(
                "write off",
                lambda: self.plain.write_off(one),
                lambda: invoices.write_off(one, "Gone", by=FINANCE),
            )

    # Checks and transfers.

    @rule(
        cents=CENTS, which=WHICH, whole=st.booleans(), is_check=st.booleans(), known=st.booleans()
    )
    def comes(self, cents: int, which: int, *, whole: bool, is_check: bool, known: bool) -> None:
        self.numbers += 1
        invoice = self.invoice(which) if known else None
        if whole and invoice is not None:
            cents = max(1, self.plain.balance(invoice))
        made = self.recorded(cents, str(self.numbers), invoice, is_check=is_check)
        kind = PaymentKind.CHECK if is_check else PaymentKind.TRANSFER
        self.plain.came(made[0], kind, cents, invoice)
        self.know_days()

    @rule(cents=ABSURD, is_check=st.booleans(), minded=SELDOM)
    def comes_absurdly(self, cents: int, *, is_check: bool, minded: bool) -> None:
        if not minded:
            return

        def refuse() -> None:
            need(False)

        make = CheckFacts if is_check else TransferFacts
        facts = make(number="1", cents=cents, received_on=self.today)
        record = payments.record_check if is_check else payments.record_transfer
        self.both("absurd", refuse, lambda: record(facts, by=FINANCE))  # type: ignore[arg-type]
        unnumbered = CheckFacts(number=" ", cents=100, received_on=self.today)
        self.both("absurd", refuse, lambda: payments.record_check(unnumbered, by=FINANCE))

    def recorded(
        self, cents: int, number: str, invoice: UUID | None, *, is_check: bool
    ) -> list[UUID]:
        told: dict[str, Any] = {"number": number, "cents": cents, "received_on": self.today}
        towards = [(invoice, None)] if invoice else []
        made: list[UUID] = []

        def theirs() -> None:
            row = (
                payments.record_check(CheckFacts(**told), towards=towards, by=FINANCE)
                if is_check
                else payments.record_transfer(TransferFacts(**told), towards=towards, by=FINANCE)
            )
            made.append(row.id)

        self.both("record", lambda: None, theirs)
        return made

    @precondition(lambda self: self.plain.payments)
    @rule(which=WHICH, to=WHICH)
    def applies(self, which: int, to: int) -> None:
        one, invoice = self.payment(which), self.invoice(to)
        self.both(
            "apply",
            lambda: self.plain.apply(one, invoice),
            lambda: payments.apply_payment(one, [(invoice, None)], by=FINANCE),
        )

    @precondition(lambda self: self.plain.payments)
    @rule(which=WHICH, leaves=WHICH, to=WHICH, aside=st.booleans())
    def moves(self, which: int, leaves: int, to: int, *, aside: bool) -> None:
        one = self.payment(which)
        on = sorted(self.plain.payments[one].applied) or [self.invoice(leaves)]
        source, target = on[leaves % len(on)], None if aside else self.invoice(to)
        self.both(
            "move",
            lambda: self.plain.move(one, source, target),
            lambda: (
                payments.set_apart(one, source, by=FINANCE)
                if target is None
                else payments.move_payment(one, source, target, by=FINANCE)
            ),
        )

    @precondition(
        lambda self: any(r.status is PaymentStatus.ON_HAND for r in self.plain.payments.values())
    )
    @rule(some=st.sets(WHICH, min_size=1, max_size=2))
    def deposits(self, some: set[int]) -> None:
        ids = list({self.payment(which) for which in some})
        self.both(
            "deposit",
            lambda: self.plain.deposit(ids),
            lambda: payments.make_deposit(ids, self.today, by=FINANCE),
        )

    @precondition(lambda self: any(r.status in RETURNABLE for r in self.plain.payments.values()))
    @rule(which=WHICH)
    def bounces(self, which: int) -> None:
        one = self.payment(which)
        self.both(
            "return",
            lambda: self.plain.returned(one),
            lambda: payments.return_check(one, self.today, "NSF", by=FINANCE),
        )

    @precondition(lambda self: any(row.left > 0 for row in self.plain.payments.values()))
    @rule(which=WHICH)
    def is_left_so(self, which: int) -> None:
        """Let finance leave on purpose what belongs to no invoice."""
        with as_tenant(self.tenant_id):
            found = [e for e in open_exceptions() if e.kind in OF_A_REST and e.payment_id]
            rows = [(one.id, one.payment_id) for one in found]
        if rows:
            row, payment = rows[which % len(rows)]
            assert payment is not None
            self.both(
                "resolve",
                lambda: None,
                lambda: payments.resolve_exception(row, "A gift", by=FINANCE),
            )
            self.looking.left_so.add((payment, self.plain.payments[payment].left))

    # Refunds.

    @precondition(lambda self: self.plain.payments)
    @rule(which=WHICH, of=WHICH, share=st.sampled_from(["all", "one", "over", "none"]), mail=RARELY)
    def refunds(self, which: int, of: int, share: str, *, mail: bool) -> None:
        free = [one for one, row in self.plain.payments.items() if row.left > 0]
        one = free[which % len(free)] if free and which > 1 else self.payment(which)
        row = self.plain.payments[one]
        places: list[UUID | None] = [*sorted(row.applied), None]
        place = places[of % len(places)]
        most = row.left if place is None else -self.plain.balance(place)
        cents = {"all": max(1, most), "over": max(0, most) + 1, "one": 1, "none": -1}[share]
        cents = row.cents if mail else cents
        way = RefundWay.MAIL_BACK if mail else RefundWay.CHECK
        by_stripe = row.kind in {PaymentKind.CARD, PaymentKind.BANK_ACCOUNT}
        way = RefundWay.STRIPE if by_stripe and not mail else way
        made: list[UUID] = []
        self.both(
            "refund",
            lambda: self.plain.refund(made[0] if made else one, one, place, cents, way),
            lambda: made.append(
                payments.decide_refund(
                    one, cents=cents, why="x", by=FINANCE, invoice_id=place, way=way
                ).id
            ),
        )

    @precondition(lambda self: self.plain.refunds)
    @rule(which=WHICH)
    def pays_out(self, which: int) -> None:
        one = self.refund(which)
        mails = self.plain.refunds[one].way is RefundWay.MAIL_BACK
        self.both(
            "pay",
            lambda: self.plain.pay(one),
            lambda: (
                payments.mail_back(one, self.today, by=FINANCE)
                if mails
                else payments.pay_refund_check(one, "501", self.today, by=FINANCE)
            ),
        )

    @precondition(lambda self: self.plain.refunds)
    @rule(which=WHICH, fails=st.booleans())
    def does_not_go_back(self, which: int, *, fails: bool) -> None:
        one = self.refund(which)
        fails = fails and self.plain.refunds[one].way is not RefundWay.STRIPE
        self.both(
            "fail" if fails else "cancel refund",
            lambda: self.plain.undo(one) if fails else self.plain.cancel(one),
            lambda: (
                payments.fail_refund(one, "It came back.", by=FINANCE)
                if fails
                else payments.cancel_refund(one, "We erred.", by=FINANCE)
            ),
        )

    def payment(self, which: int) -> UUID:
        return list(self.plain.payments)[which % len(self.plain.payments)]

    def refund(self, which: int) -> UUID:
        """Return one of the refunds, mostly one that waits."""
        every = self.plain.refunds
        waits = [one for one, row in every.items() if row.status is RefundStatus.OWED]
        ids = waits if waits and which > 1 else list(every)
        return ids[which % len(ids)]
