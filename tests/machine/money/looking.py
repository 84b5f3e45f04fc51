"""Whether I15 to I25 hold, looked up row by row against the plain model and the fake Stripe."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.tenancy import as_tenant
from events.invoices.domain import Series, Standing
from events.invoices.models import Document, Invoice, PurchaseOrder
from events.invoices.service import invoices_where
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.ledger.models import JournalEntry, JournalLine
from events.payments import service as payments
from events.payments.domain import ExceptionKind, RefundWay
from events.payments.models import Payment, Refund
from events.payments.service.exceptions import OF_A_REST, exceptions_of_payment
from tests.consortium.verify.breaking import everything

if TYPE_CHECKING:
    from tests.machine.money.ground import Ground


class Looking:
    """Looks at one history after each of its steps."""

    def __init__(self, history: Ground) -> None:
        self.history = history
        self.papers: dict[UUID, tuple[object, ...]] = {}
        self.entries: dict[UUID, tuple[object, ...]] = {}
        self.closed: dict[date, frozenset[UUID]] = {}
        self.left_so: set[tuple[UUID, int]] = set()
        """Payments of which finance left so much unassigned on purpose."""

    def each_step(self) -> None:
        """Look at everything; the history's consortium is at work."""
        self.books_balance()
        self.invoices_are_as_billed()
        self.payments_are_where_they_should_be()
        self.refunds_are_within_what_came()
        self.stripe_is_in_the_books_once()
        self.papers_stay()

    def books_balance(self) -> None:
        """I15, I23: each entry sums to zero, stays for ever, and the accounts are the model's."""
        entries: dict[UUID, list[Any]] = defaultdict(list)
        for line in db.session.scalars(select(JournalLine)):
            entries[line.entry_id].append((line.account, line.cents, line.invoice_id))
        found: Counter[Account] = Counter()
        for lines in entries.values():
            assert sum(cents for _, cents, _ in lines) == 0
            for account, cents, _ in lines:
                assert type(cents) is int
                found[account] += cents
        ours, model = {one: n for one, n in found.items() if n}, self.plain.accounts()
        assert ours == model, (ours, model)
        dated = {one.id: one.on for one in db.session.scalars(select(JournalEntry))}
        for entry_id, on in dated.items():
            said = (on, *sorted(entries[entry_id], key=repr))
            assert self.entries.setdefault(entry_id, said) == said
        assert self.entries.keys() == dated.keys()
        for until, then in self.closed.items():
            assert {one for one, on in dated.items() if on <= until} == then

    def invoices_are_as_billed(self) -> None:
        """I15, I18, I21: what each asks for, what is open of it, and how that is called."""
        views = {view.invoice.id: view for view in invoices_where()}
        assert views.keys() == self.plain.invoices.keys()
        for one, row in self.plain.invoices.items():
            view, balance = views[one], self.plain.balance(one)
            assert (view.owed_cents, view.balance_cents) == (row.asked, balance)
            assert view.invoice.total_cents >= 0
            late = view.invoice.due_on < self.history.today
            assert view.standing is standing(row.asked, balance, late=late)
        orders = select(PurchaseOrder).order_by(PurchaseOrder.promised_at, PurchaseOrder.id)
        found: dict[UUID, list[Any]] = defaultdict(list)
        for order in db.session.scalars(orders):
            found[order.invoice_id].append(order.status)
        for one, row in self.plain.invoices.items():
            assert found[one] == row.orders

    def payments_are_where_they_should_be(self) -> None:
        """I15, I20, I21: each payment pays what it should; what is left has someone looking."""
        rows = {one.id: one for one in db.session.scalars(select(Payment))}
        assert rows.keys() == self.plain.payments.keys()
        left, applied = ledger.suspense_of_payments(rows), payments.applied_of(list(rows))
        for one, plain in self.plain.payments.items():
            row = rows[one]
            assert (row.kind, row.status) == (plain.kind, plain.status)
            assert row.amount_cents == plain.cents > 0
            assert row.number or plain.kind.value != "check"
            assert (left[one], dict(applied.get(one, {}))) == (plain.left, plain.applied)
            asks = [e for e in exceptions_of_payment(one) if e.kind in OF_A_REST]
            waits = [e.cents for e in asks if e.resolved_at is None]
            if plain.left > 0 and (one, plain.left) not in self.left_so:
                assert waits == [plain.left] * len(waits) != []
            elif plain.left <= 0:  # another amount than was asked for is told of all the same
                odd = ExceptionKind.OTHER_AMOUNT
                assert all(e.kind is odd for e in asks if e.resolved_at is None)

    def refunds_are_within_what_came(self) -> None:
        """I17, I25: no more goes back than came, and Stripe made each of ours once at most."""
        rows = {one.id: one for one in db.session.scalars(select(Refund))}
        assert rows.keys() == self.plain.refunds.keys()
        for one, plain in self.plain.refunds.items():
            assert (rows[one].status, rows[one].cents) == (plain.status, plain.cents)
            assert rows[one].way is plain.way
        backs: Counter[UUID] = Counter()
        for refund in self.plain.live():
            backs[refund.payment] += refund.cents
        for payment in db.session.scalars(select(Payment)):
            assert payment.refunded_cents == backs[payment.id] <= payment.amount_cents
        ours = Counter(
            one["metadata"]["consortium_reference"]
            for one in self.at_stripe("refund")
            if one["metadata"]
        )
        assert set(ours.values()) <= {1}
        pages = Counter(one["client_reference_id"] for one in self.at_stripe("checkout.session"))
        assert set(pages.values()) <= {1}
        for charge in self.at_stripe("charge"):
            assert 0 <= charge["amount_refunded"] <= charge["amount_captured"]

    def stripe_is_in_the_books_once(self) -> None:
        """I16: each thing of Stripe's has one entry at most, and no entry is of nothing."""
        there = {one["id"] for kind in THINGS for one in self.at_stripe(kind)}
        sources = db.session.scalars(select(JournalEntry.source)).all()
        assert len(sources) == len(set(sources))
        by_stripe = [one.split(":")[2] for one in sources if one.startswith("stripe:")]
        assert set(by_stripe) <= there
        of_each: Counter[UUID] = Counter()
        rows = select(JournalLine).where(JournalLine.account == Account.STRIPE)
        for line in db.session.scalars(rows):
            if line.payment_id is not None:
                of_each[line.payment_id] += line.cents
        expected = {one: row.at_stripe for one, row in self.plain.payments.items()}
        assert +of_each == +Counter(expected)

    def papers_stay(self) -> None:
        """I22: numbers without a gap, every revision kept, and no paper ever says anything else."""
        numbers: dict[tuple[Series, int], set[int]] = defaultdict(set)
        revisions: dict[str, list[int]] = defaultdict(list)
        found = {one.id: one for one in db.session.scalars(select(Document))}
        assert self.papers.keys() <= found.keys()
        for one, row in found.items():
            said = (row.number, row.revision, row.total_cents, repr(row.paper), row.issued_at)
            assert self.papers.setdefault(one, said) == said
            numbers[row.series, row.fiscal_year].add(int(row.number.rsplit("-", 1)[1]))
            revisions[row.number].append(row.revision)
        for given in numbers.values():
            assert given == set(range(1, len(given) + 1))
        for kept in revisions.values():
            assert sorted(kept) == list(range(1, len(kept) + 1))
        for invoice in db.session.scalars(select(Invoice)):
            assert max(revisions[invoice.number]) == invoice.revision

    def same_as_stripe(self) -> None:
        """I24: after the sweep the books have of each payment what Stripe has of it."""
        theirs: Counter[str] = Counter()
        for charge in self.at_stripe("charge"):
            if charge["status"] == "succeeded" and charge["currency"] == "usd":
                theirs[charge["payment_intent"]] += charge["amount_captured"]
        for refund in self.at_stripe("refund"):
            if refund["status"] == "succeeded" and refund["payment_intent"] in theirs:
                theirs[refund["payment_intent"]] -= refund["amount"]
        for dispute in self.at_stripe("dispute"):
            if dispute["payment_intent"] in theirs:
                moved = sum(one["amount"] for one in dispute["balance_transactions"])
                theirs[dispute["payment_intent"]] += moved
        with as_tenant(self.history.tenant_id):
            ids = {one.id: one.intent_id for one in db.session.scalars(select(Payment))}
            lines = select(JournalLine).where(JournalLine.account == Account.STRIPE)
            ours: Counter[str] = Counter()
            for line in db.session.scalars(lines):
                if line.payment_id is not None:
                    ours[str(ids[line.payment_id])] += line.cents
        assert {k: v for k, v in ours.items() if v} == {k: v for k, v in theirs.items() if v}

    def fees(self) -> int:
        """Return what Stripe kept of all that was captured in dollars, and took for disputes."""
        entries = {one["id"]: one for one in self.at_stripe("balance_transaction")}
        charges = [one for one in self.at_stripe("charge") if one["status"] == "succeeded"]
        of_charges = [one["balance_transaction"] for one in charges if one["currency"] == "usd"]
        disputes = [
            e["fee"] for one in self.at_stripe("dispute") for e in one["balance_transactions"]
        ]
        return sum(int(entries[one]["fee"]) for one in of_charges) + sum(disputes)

    def refunds_at_stripe(self) -> dict[str, UUID]:
        """Return, by Stripe's id, the refunds that were not decided here."""
        rows = select(Refund.supplier_id, Refund.id).where(Refund.supplier_id.is_not(None))
        return {
            str(one): row
            for one, row in db.session.execute(rows.where(Refund.way == RefundWay.STRIPE))
        }

    def at_stripe(self, kind: str) -> list[dict[str, Any]]:
        accounts = self.history.fake.state.accounts.values()
        return [one for account in accounts for one in account.of_kind(kind)]

    def at_the_end(self) -> None:
        """Let ``verify`` look, too; that no worker sends mails is no fault here."""
        with as_tenant(self.history.tenant_id):
            found = everything()
        for of_the_worker in ("I27", "I35"):
            found.pop(of_the_worker, None)
        assert found == {}, found

    @property
    def plain(self) -> Any:
        return self.history.plain


THINGS = ("payment_intent", "refund", "dispute")


def standing(asked: int, balance: int, *, late: bool) -> Standing:
    """Return how an invoice stands, by what is open of it alone."""
    if balance < 0:
        return Standing.CREDIT
    if balance == 0:
        return Standing.PAID if asked else Standing.NOTHING_TO_PAY
    if late:
        return Standing.OVERDUE
    return Standing.OPEN if balance >= asked else Standing.PART_PAID
