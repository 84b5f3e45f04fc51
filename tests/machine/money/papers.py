"""Purchase orders, reminders, cut-offs and months, in random histories of money."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from consortium.database import db
from consortium.tenancy import as_tenant
from events.billing import service as billing
from events.invoices import service as invoices
from events.invoices.domain.orders import OrderStatus
from events.invoices.models import Invoice, PurchaseOrder, Reminder
from events.invoices.service import OrderFacts, dunning
from events.ledger import service as ledger
from events.ledger.domain import last_day
from events.ledger.models import JournalEntry
from events.payments.domain import PaymentStatus
from tests.events.invoices.stage import FINANCE
from tests.machine.money.finance import Finance
from tests.machine.money.ground import CUTOFF, SELDOM, WHICH
from tests.machine.money.plain_payments import ENDS, HERE, need

LIVE = (OrderStatus.PROMISED, *HERE)


class Papers(Finance):
    """What passes by time and by paper, and is no payment."""

    @rule(days=st.integers(1, 6))
    def waits(self, days: int) -> None:
        self.later(timedelta(days=days))

    @rule(which=WHICH, here=st.booleans())
    def orders(self, which: int, *, here: bool) -> None:
        """Let a payer promise a purchase order, or hand it in: that pays nothing."""
        one = self.invoice(which)
        row = self.plain.invoices[one]
        live = [order for order in row.orders if order in LIVE]
        of_live_share = one in self.share_rows()

        def mine() -> None:
            need(self.plain.balance(one) > 0)
            need(not of_live_share or self.today <= CUTOFF or live)
            if here:
                if OrderStatus.PROMISED in row.orders:
                    row.orders[row.orders.index(OrderStatus.PROMISED)] = OrderStatus.RECEIVED
                else:
                    row.orders.append(OrderStatus.RECEIVED)
            else:
                need(not live)
                row.orders.append(OrderStatus.PROMISED)

        facts = OrderFacts(number="1E10", amount_cents=99_999) if here else None
        self.both("order", mine, lambda: billing.take_order(one, facts, by="payer"))

    @precondition(lambda self: any(row.orders for row in self.plain.invoices.values()))
    @rule(which=WHICH, closes=st.booleans())
    def orders_go_on(self, which: int, *, closes: bool) -> None:
        with as_tenant(self.tenant_id):
            statement = select(PurchaseOrder.id, PurchaseOrder.invoice_id, PurchaseOrder.status)
            ordered = statement.order_by(PurchaseOrder.promised_at, PurchaseOrder.id)
            rows = db.session.execute(ordered).all()
        if not rows:
            return
        order_id, invoice, status = rows[which % len(rows)]
        same = [one for one, of, _ in rows if of == invoice]
        statuses = self.plain.invoices[invoice].orders

        def mine() -> None:
            need(status in LIVE if closes else status is OrderStatus.RECEIVED)
            end = ENDS[status] if closes else OrderStatus.INVOICED
            statuses[same.index(order_id)] = end

        act = invoices.close_order if closes else invoices.invoice_against
        self.both("go on with order", mine, lambda: act(order_id, by=FINANCE))

    @precondition(lambda self: self.today > CUTOFF)
    @rule()
    def cut_off(self) -> None:
        """Let promised orders that did not come end teams, and none that paid (I19)."""
        utc_yesterday = self.now.date() - timedelta(days=1)
        late = utc_yesterday >= CUTOFF
        ending: dict[UUID, int] = {}
        live = self.share_rows()
        for one, row in self.plain.invoices.items():
            if late and row.of_team and OrderStatus.PROMISED in row.orders:
                for team in self.plain.teams if one in live else ():
                    if one in self.invoices_of(team.id):
                        ending[team.id] = ending.get(team.id, 0) + max(0, self.plain.balance(one))
                row.end_orders_that_never_came()
        self.job("enforce_cutoffs")
        withdrawn = self.teams_ended()
        for team in self.plain.teams:
            if team.id in ending and not team.ended:
                safe = self.has_paid(team.id) or not ending[team.id]
                if self.unsettled(self.invoices_of(team.id)):
                    safe = safe or team.id not in withdrawn
                assert (team.id in withdrawn) is not safe, "money, and no seat"
                self.done["kept at the cut-off" if safe else "ended at the cut-off"] += 1
                if not safe:
                    self.plain.leave(team, {one for one, _ in team.seats}, Fraction(0))
                    team.ended = True

    def has_paid(self, team_id: UUID) -> bool:
        """Tell whether anything for a team was paid, forgiven or ordered, or is on its way."""
        mine = self.invoices_of(team_id)
        rows = [self.plain.invoices[one] for one in mine]
        paid = any(self.plain.balance(one) < self.plain.invoices[one].asked for one in mine)
        ordered = any(set(row.orders) & set(HERE) for row in rows)
        return paid or ordered or bool(mine & self.on_its_way())

    def on_its_way(self) -> set[UUID]:
        """Return the invoices for which money was promised by a bank and has not come."""
        found = set()
        for intent, row in self.plain.ids.items():
            payment = self.plain.payments.get(row)
            if payment is not None and payment.status is PaymentStatus.PROCESSING:
                told = self.plain.told[intent][0][1]
                found.add(self.plain.pages[told["metadata"]["consortium_reference"]])
        return found

    def invoices_of(self, team_id: UUID) -> set[UUID]:
        with as_tenant(self.tenant_id):
            about = select(Invoice.id).where(Invoice.about == f"team:{team_id}")
            return set(db.session.scalars(about))

    @rule(which=WHICH, days=st.integers(1, 9), on=st.booleans())
    def pauses(self, which: int, days: int, *, on: bool) -> None:
        one = self.invoice(which)
        until = self.today + timedelta(days=days) if on else None
        self.both("pause", lambda: None, lambda: dunning.pause_invoice(one, until, by=FINANCE))
        self.plain.invoices[one].paused_until = until

    @rule()
    def reminds(self) -> None:
        """Let the worker remind: never of what is paid, paused, ordered or on its way."""
        before = self.reminded()
        self.job("remind_payers")
        for one in self.reminded() - before:
            row = self.plain.invoices[one[0]]
            assert self.plain.balance(one[0]) > 0
            assert row.paused_until is None or row.paused_until <= self.today
            assert not set(row.orders) & set(HERE)
            assert one[0] not in self.on_its_way()
            self.done["reminded"] += 1

    def reminded(self) -> set[tuple[UUID, int]]:
        with as_tenant(self.tenant_id):
            rows = db.session.execute(select(Reminder.invoice_id, Reminder.level))
            return {(invoice, level) for invoice, level in rows}

    # Months.

    @rule(minded=SELDOM)
    def closes_a_month(self, *, minded: bool) -> None:
        """Close the next month: what it holds then, it holds until it is reopened."""
        with as_tenant(self.tenant_id):
            turn = ledger.next_to_close()
        if turn is None or not (minded or self.looking.closed):
            return
        self.both("close", lambda: None, lambda: ledger.close_month(*turn, by=FINANCE))
        until = last_day(turn)
        with as_tenant(self.tenant_id):
            dated = select(JournalEntry.id).where(JournalEntry.on <= until)
            self.looking.closed[until] = frozenset(db.session.scalars(dated))

    @precondition(lambda self: self.looking.closed)
    @rule(minded=SELDOM)
    def reopens_a_month(self, *, minded: bool) -> None:
        if minded:
            until = max(self.looking.closed)
            act = lambda: ledger.reopen_month(until.year, until.month, by=FINANCE)  # noqa: E731
            self.both("reopen", lambda: None, act)
            del self.looking.closed[until]
