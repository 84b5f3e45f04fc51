"""What a random history of money stands on: two teams, a Stripe, a clock, and the plain model."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from sqlalchemy import select
from sqlalchemy.engine import Connection

from consortium import clock
from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.settings import NOBODY
from consortium.tenancy import as_tenant
from events.billing import jobs as billing_jobs
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.billing.models import Bill, BillShare
from events.institutes.models import Institute
from events.invoices import jobs as invoices_jobs
from events.invoices.domain import PayerKind
from events.invoices.service import PayerFacts
from events.payments import jobs
from events.payments.models import Payment
from events.payments.service.stripe import card_settings
from tests.events.payments.stripe.stage import gateway, take_cards
from tests.events.registration.builders import coordinating, draft, submit
from tests.factories import make_institute, make_lea, make_tenant
from tests.fakes.stripe_server import FakeStripe
from tests.machine.money.looking import Looking
from tests.machine.money.plain_bills import PRICE, PlainMoney, PlainShare, PlainTeam
from tests.machine.money.plain_payments import Refused

BEGIN = datetime(2026, 2, 25, 17, tzinfo=UTC)
CUTOFF = date(2026, 3, 6)
FREE_UNTIL, HALF_UNTIL = 50, 40
"""Days before the first day on which people can cancel for nothing, and for half the price."""
NEW_YORK = ZoneInfo("America/New_York")
AT_MOST = timedelta(days=35)
SWEPT_WITHIN = timedelta(days=20)
"""Stripe lists what happened for 30 days; our daily job has long looked by then."""
TERMS = {
    "due_days": 5,
    "purchase_orders": {"cutoff": CUTOFF.isoformat(), "at_cutoff": "withdraw"},
    "refunds": {
        "tiers": [
            {"days": FREE_UNTIL, "keep_basis_points": 0},
            {"days": HALF_UNTIL, "keep_basis_points": 5_000},
        ]
    },
}
JOBS = {
    "refund_credits": billing_jobs.refund_credits,
    "enforce_cutoffs": billing_jobs.enforce_cutoffs,
    "remind_payers": invoices_jobs.remind_payers,
}
WHICH = st.integers(0, 9)
RARELY = st.integers(0, 3).map(lambda number: number == 3)
SELDOM = st.integers(0, 9).map(lambda number: number == 9)


class Ground(RuleBasedStateMachine):
    """One consortium for each history; what it commits is undone at its end."""

    done: ClassVar[Counter[str]] = Counter()
    set_clock: ClassVar[Callable[[datetime], None]]

    @initialize()
    def begin(self) -> None:
        self.go_to(BEGIN)
        connection: Connection = db.engines[None]  # type: ignore[assignment]
        db.session.remove()
        self.savepoint = connection.begin_nested()
        self.fake = FakeStripe(lambda: clock.now().timestamp())
        self.fake.start()
        self.gateway.speak_to(self.fake.base)
        self.tenant_id = make_tenant().id
        self.numbers = 0
        self.pages: list[str] = []
        self.lost: set[str] = set()
        self.swept_at = self.now
        plain = PlainMoney()
        with as_tenant(self.tenant_id):
            take_cards()
            institute = make_institute(
                fees={
                    "currency": "USD",
                    "rules": [{"code": "flat", "per": "person", "each_cents": PRICE}],
                },
                payment_methods=["check", "purchase_order", "card", "ach", "internal_transfer"],
                payment_terms=TERMS,
                days=[(BEGIN + timedelta(days=60)).date()],
                deadlines=[],
            )
            self.institute_id = institute.id
            for number, people in enumerate((2, 3)):
                plain.teams.append(self._team(institute, number, people))
        self.plain = plain
        for team in plain.teams:
            self.plain.bill(team)
            self.issue(team)
        self.looking = Looking(self)
        self.furnish()

    def furnish(self) -> None:
        """Let there be something of everything, so that short histories go deep."""

    def _team(self, institute: Institute, number: int, people: int) -> PlainTeam:
        roles = ("superintendent", "union_leader", "principal")[:people]
        lea = make_lea(f"340000{number}", f"Town {number}")
        team = draft(institute, lea, *(f"m{n} {role}" for n, role in enumerate(roles)))
        submit(team)
        shares = []
        for kind in (PayerKind.LEA, PayerKind.LOCAL):
            facts = PayerFacts(
                kind=kind,
                name=f"{kind.value} {number}",
                contact_email=f"{kind.value}{number}@x.org",
            )
            with transaction():
                share = billing.name_payer(team.id, facts, None, coordinating())
            shares.append(PlainShare(share.id, facts.contact_email))
        rules = {shares[0].id: ShareRule(basis=Basis.PERCENT, value=5_000)}
        rules[shares[1].id] = ShareRule(basis=Basis.REST)
        with transaction():
            billing.share_costs(team.id, rules, coordinating())
        seats = [(seat.id, seat.role_codes[0]) for seat in team.held_seats]
        return PlainTeam(team.id, seats, shares)

    def teardown(self) -> None:
        if not hasattr(self, "savepoint"):
            return
        try:
            if hasattr(self, "looking"):
                self.sweep()
                self.looking.at_the_end()
        finally:
            self.gateway.speak_to(NOBODY)
            self.fake.stop()
            db.session.remove()
            self.savepoint.rollback()

    @invariant()
    def the_books_are_right(self) -> None:
        if not hasattr(self, "looking"):
            return
        with as_tenant(self.tenant_id):
            db.session.expire_all()
            self.looking.each_step()
            db.session.rollback()

    # How acts are done.

    def both(self, name: str, mine: Callable[[], None], theirs: Callable[[], object]) -> bool:
        """Do the act in both worlds: both do it, or both refuse it."""
        why = ""
        with as_tenant(self.tenant_id):
            try:
                with transaction():
                    theirs()
            except Refusal as refusal:
                why = f"{type(refusal).__name__}: {refusal.message}"
        try:
            mine()
        except Refused:
            assert why, f"{name} should have been refused"
        else:
            assert not why, f"{name} should not have been refused: {why}"
        self.done[f"{name}{' refused' if why else ''}"] += 1
        return not why

    def issue(self, team: PlainTeam) -> None:
        """Note which invoices the shares of a team got."""
        with as_tenant(self.tenant_id):
            found = select(BillShare.id, BillShare.invoice_id).join(
                Bill, Bill.id == BillShare.bill_id
            )
            rows = db.session.execute(found.where(Bill.team_id == team.id))
            invoices = {row.id: row.invoice_id for row in rows}
        for share in team.shares:
            self.plain.issued(share, invoices[share.id])
        self.plain.bill(team)

    # Stripe's part.

    @property
    def app(self) -> Flask:
        return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]

    @property
    def gateway(self) -> Any:
        return gateway()

    def unsettled(self, invoices: Collection[UUID | None]) -> bool:
        """Tell whether someone paid for one of these invoices and we may not know it for sure."""
        return any(
            page["payment_intent"]
            and page["payment_intent"] not in self.plain.ended()
            and self.plain.pages[page["metadata"]["consortium_reference"]] in invoices
            for page in self.looking.at_stripe("checkout.session")
        )

    def unheard(self) -> list[dict[str, Any]]:
        return [one for one in self.fake.events if one["id"] not in self.plain.heard]

    def hear(self, events: Sequence[dict[str, Any]]) -> None:
        """Let the plain model take in what the services took in, all at once."""
        self.know_ids()
        intents = [self.plain.hear(one) for one in events]
        for intent in dict.fromkeys(one for one in intents if one):
            self.plain.follow(intent)
        self.know_days()

    def know_ids(self) -> None:
        """Learn which rows were made of what Stripe told."""
        with as_tenant(self.tenant_id):
            rows = select(Payment.intent_id, Payment.id).where(Payment.intent_id.is_not(None))
            self.plain.ids |= {str(one): row for one, row in db.session.execute(rows)}
            self.plain.ids |= self.looking.refunds_at_stripe()

    def know_days(self) -> None:
        with as_tenant(self.tenant_id):
            for row, on in db.session.execute(select(Payment.id, Payment.received_on)):
                self.plain.payments[row].on = on

    def sweep(self) -> None:
        """Let the daily job compare our books with Stripe's: afterwards they are the same."""
        events = self.unheard()
        db.session.remove()
        # On a busy machine Stripe may not answer; the worker looks again.
        assert any(jobs.compare_with_stripe(self.app) for _ in range(5))
        self.hear(events)
        self.plain.fees = self.looking.fees()
        self.lost.clear()
        self.swept_at = self.now
        with as_tenant(self.tenant_id):
            assert card_settings().difference_cents == 0
        self.looking.same_as_stripe()
        self.done["sweep"] += 1

    def job(self, name: str) -> None:
        """Let the worker do one of its jobs."""
        db.session.remove()
        JOBS[name](self.app)

    # Time.

    @property
    def today(self) -> date:
        return self.now.astimezone(NEW_YORK).date()

    def go_to(self, moment: datetime) -> None:
        self.now = moment
        type(self).set_clock(moment)

    def later(self, by: timedelta) -> bool:
        """Let time pass, unless the history would become too long."""
        if self.now + by > BEGIN + AT_MOST:
            return False
        if self.now + by - self.swept_at > SWEPT_WITHIN:
            self.sweep()
        self.go_to(self.now + by)
        return True

    # Whom and what acts are about.

    def team(self, which: int) -> PlainTeam:
        return self.plain.teams[which % len(self.plain.teams)]

    def invoice(self, which: int) -> UUID:
        return list(self.plain.invoices)[which % len(self.plain.invoices)]


__all__ = ["BEGIN", "CUTOFF", "RARELY", "SELDOM", "WHICH", "Ground"]
