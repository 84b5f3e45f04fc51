"""What leads and payers do about a bill, in random histories of money."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from consortium.database import db
from consortium.tenancy import as_tenant
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.billing.models import BillShare
from events.institutes.domain.cancelling import Announcement
from events.institutes.models import Institute
from events.institutes.service.cancelling import cancel_institute
from events.invoices.domain import PayerKind
from events.invoices.service import PayerFacts
from events.payments.domain import RefundWay
from events.payments.models import Refund
from events.registration import service as registration
from events.registration.models import Team
from events.registration.service.substitution import Substitution
from tests.events.invoices.stage import FINANCE
from tests.events.registration.builders import coordinating, named
from tests.machine.money.ground import (
    BEGIN,
    FREE_UNTIL,
    HALF_UNTIL,
    SELDOM,
    WHICH,
    Ground,
)
from tests.machine.money.plain_bills import PRICE, PlainTeam
from tests.machine.money.plain_payments import need

BASES = st.sampled_from([Basis.PERCENT, Basis.AMOUNT, Basis.SEATS, Basis.ROLES])
ROLES = ("superintendent", "union_leader", "principal")
FIRST_DAY = (BEGIN + timedelta(days=60)).date()


class Billing(Ground):
    """Shares, teams that change, and a host that cancels."""

    @rule(which=WHICH, basis=BASES, size=st.integers(0, 4))
    def shares(self, which: int, basis: Basis, size: int) -> None:
        team = self.team(which)
        value = {Basis.PERCENT: 3_333 * min(size, 3), Basis.AMOUNT: 10_001 * size}.get(basis, 0)
        value = size + 1 if basis is Basis.SEATS else value
        roles = ROLES[:size] if basis is Basis.ROLES else ()
        rules = {
            team.shares[0].id: ShareRule(basis=basis, value=value, roles=roles),
            team.shares[1].id: ShareRule(basis=Basis.REST),
        }
        self.both(
            "share",
            lambda: self.plain.split(team, basis, value, roles),
            lambda: billing.share_costs(team.id, rules, coordinating()),
        )
        self.issue(team)

    @rule(which=WHICH, second=st.booleans())
    def accepts(self, which: int, *, second: bool) -> None:
        share = self.team(which).shares[second]
        self.both(
            "accept",
            lambda: need(not share.declined and not self.plain.cancelled),
            lambda: billing.accept_share(share.id, email=share.email),
        )

    @rule(which=WHICH, second=st.booleans(), minded=SELDOM)
    def declines(self, which: int, *, second: bool, minded: bool) -> None:
        share = self.team(which).shares[second]
        if minded and not self.unsettled({share.invoice}):
            self.both(
                "decline",
                lambda: self.plain.decline(share),
                lambda: billing.decline_share(share.id, "Not us", email=share.email),
            )

    @rule(which=WHICH, second=st.booleans(), minded=SELDOM)
    def another_pays(self, which: int, *, second: bool, minded: bool) -> None:
        if not minded:
            return
        team = self.team(which)
        share = team.shares[second]
        self.numbers += 1
        email = f"payer{self.numbers}@x.org"
        facts = PayerFacts(kind=PayerKind.GRANT, name=email, contact_email=email)
        made: list[UUID] = []
        done = self.both(
            "change payer",
            lambda: need(not team.ended),
            lambda: made.append(
                billing.change_payer(team.id, share.id, facts, None, coordinating()).id
            ),
        )
        if done:
            if share.invoice is not None:
                self.plain.invoices[share.invoice].billed = 0
                self.plain.invoices[share.invoice].end_orders_that_never_came()
            share.id, share.email, share.invoice, share.declined = made[0], email, None, False
            self.issue(team)

    @rule(which=WHICH, role=st.sampled_from(ROLES))
    def joins(self, which: int, role: str) -> None:
        team = self.team(which)
        if team.ended or len(team.seats) > 4:
            return
        self.numbers += 1
        person = named(f"n{self.numbers}@x.org {role}", None)
        made: list[UUID] = []
        done = self.both(
            "join",
            lambda: None,
            lambda: made.append(registration.add_member(team.id, person, coordinating()).id),
        )
        if done:
            team.seats.append((made[0], role))
            self.issue(team)

    @rule(which=WHICH, who=WHICH)
    def leaves(self, which: int, who: int) -> None:
        team = self.team(which)
        if team.ended:
            return
        seat_id, _ = team.seats[who % len(team.seats)]

        def mine() -> None:
            need(len(team.seats) > 1)
            self.plain.leave(team, {seat_id}, self.keeps())

        act = lambda: registration.remove_member(team.id, seat_id, coordinating())  # noqa: E731
        if self.both("leave", mine, act):
            self.issue(team)

    @rule(which=WHICH, who=WHICH)
    def is_replaced(self, which: int, who: int) -> None:
        """Let someone come instead of a member."""
        team = self.team(which)
        if team.ended:
            return
        seat_id, role = team.seats[who % len(team.seats)]
        self.numbers += 1
        instead = named(f"n{self.numbers}@x.org {role}", None)
        made: list[UUID] = []
        done = self.both(
            "substitute",
            lambda: None,
            lambda: made.append(
                registration.substitute(
                    team.id, seat_id, Substitution(person=instead), coordinating()
                ).id
            ),
        )
        if done:
            team.seats = [one for one in team.seats if one[0] != seat_id]
            team.seats.append((made[0], role))
            self.issue(team)

    @rule(which=WHICH, minded=SELDOM)
    def withdraws(self, which: int, *, minded: bool) -> None:
        team = self.team(which)
        if minded and not team.ended:
            act = lambda: registration.withdraw_team(team.id, coordinating())  # noqa: E731
            self.both("withdraw", lambda: self.ends(team), act)

    def ends(self, team: PlainTeam) -> None:
        """Let nobody of a team come any more."""
        self.plain.leave(team, {one for one, _ in team.seats}, self.keeps())
        team.ended = True

    @precondition(lambda self: not self.plain.cancelled)
    @rule(minded=SELDOM)
    def host_cancels(self, *, minded: bool) -> None:
        if not minded:
            return

        def mine() -> None:
            self.plain.end_all()
            for row in self.plain.invoices.values():
                if row.of_team:
                    row.end_orders()

        def theirs() -> None:
            institute = db.session.get_one(Institute, self.institute_id)
            cancel_institute(institute, Announcement(reason="Snow"), by=FINANCE)

        before = self.refund_ids()
        self.both("cancel", mine, theirs)
        owed = [one for one, row in self.plain.invoices.items() if row.of_team]
        self.goes_back([one for one in owed if self.plain.balance(one) < 0], before)

    @rule()
    def credits_go_back(self) -> None:
        """Let a day pass, and the worker return what payers have had too much."""
        if not self.later(timedelta(hours=25)):
            return
        before = self.refund_ids()
        self.job("refund_credits")
        due = [one for one, row in self.plain.invoices.items() if row.of_team]
        for one in sorted(due):
            if self.plain.balance(one) < 0:
                self.goes_back([one], before)

    def goes_back(self, invoices: list[UUID], before: set[UUID]) -> None:
        """Let what is too much go back as planned, by refunds that were not there before."""
        with as_tenant(self.tenant_id):
            rows = db.session.scalars(select(Refund)).all()
        for payment, cents, way in self.plain.planned(invoices):
            known = before | self.plain.refunds.keys()
            wanted = (payment, cents, way)
            found = [
                one
                for one in rows
                if one.id not in known and (one.payment_id, one.cents, one.way) == wanted
            ]
            assert found, f"{cents} should go back by {way}"
            row = self.plain.payments[payment]
            spread = sorted(row.applied) if way is RefundWay.MAIL_BACK else invoices
            place = found[0].invoice_id or spread[0]
            self.plain.refund(found[0].id, payment, place, cents, way)
            self.done["goes back"] += 1

    def refund_ids(self) -> set[UUID]:
        with as_tenant(self.tenant_id):
            return set(db.session.scalars(select(Refund.id)))

    def keeps(self) -> Fraction:
        """Return what part of the price of who leaves now the host keeps."""
        days = (FIRST_DAY - self.today).days
        return Fraction(0 if days >= FREE_UNTIL else 1 if days < HALF_UNTIL else Fraction(1, 2))

    def share_rows(self) -> dict[UUID, UUID]:
        """Return the live shares by invoice."""
        live = select(BillShare.invoice_id, BillShare.id).where(BillShare.ended_at.is_(None))
        with as_tenant(self.tenant_id):
            return {one: row for one, row in db.session.execute(live) if one is not None}

    def teams_ended(self) -> set[UUID]:
        with as_tenant(self.tenant_id):
            rows = db.session.execute(select(Team.id, Team.status))
            return {one for one, status in rows if status.value == "withdrawn"}


__all__ = ["PRICE", "Billing"]
