"""Teams with bills, and payers who share them, for tests of money."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.ids import new_id
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.billing.models import Bill, BillShare
from events.billing.service.reckoning import live_shares
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import Method, PayerKind
from events.invoices.service import InvoiceView, PayerFacts
from events.payments.models import Checkout
from events.payments.models.stripe import CheckoutStatus
from events.registration.models import Team
from tests.events.registration.builders import draft, lead_editor, submit
from tests.factories import make_institute, make_lea

FREE_FIVE = {
    "currency": "USD",
    "rules": [{"code": "free_first_n", "per": "LEA", "n": 5, "then_each_cents": 15_000}],
}
FLAT = {"currency": "USD", "rules": [{"code": "flat", "per": "person", "each_cents": 12_500}]}
DISTRICT = PayerFacts(
    kind=PayerKind.LEA,
    name="Elgin Area School District U-46",
    contact_email="ap@elgin.example.org",
    contact_name="Ann Payable",
    address="355 E. Chicago St.\nElgin, IL 60120",
)
LOCAL = PayerFacts(
    kind=PayerKind.LOCAL, name="Elgin Teachers Association", contact_email="eta@example.org"
)
PEOPLE = ("ada", "bea", "cal", "dee", "eve", "flo", "gus", "hal")


def registered(
    people: int, fees: Mapping[str, object], *, site: str = "", **institute: object
) -> Team:
    """Return a team of so many people, registered at an institute with these fees."""
    place: Institute = make_institute(
        fees=fees,
        payment_methods=["check", "purchase_order", "card", "internal_transfer"],
        **institute,
    )
    team = draft(place, make_lea("3400010", "Elgin"), *_members(people, place), site=site)
    submit(team)
    return team


def bill_of(team: Team) -> Bill:
    """Return the team's bill as stored."""
    db.session.expire_all()
    return db.session.scalars(select(Bill).where(Bill.about == f"team:{team.id}")).one()


def name_payers(team: Team, *payers: PayerFacts, method: Method = Method.CHECK) -> None:
    """Let the lead name who pays."""
    for facts in payers:
        with transaction():
            billing.name_payer(team.id, facts, method, lead_editor())


def share(team: Team, *rules: ShareRule) -> None:
    """Let the lead set the shares, in the order in which payers were named, and send invoices."""
    shares = live_shares(bill_of(team))
    with transaction():
        named = {one.id: rule for one, rule in zip(shares, rules, strict=True)}
        billing.share_costs(team.id, named, lead_editor())


def half() -> ShareRule:
    """Return a share of 50 %."""
    return ShareRule(basis=Basis.PERCENT, value=5000)


def all_of_it() -> ShareRule:
    """Return a share of all there is."""
    return ShareRule(basis=Basis.REST)


def invoices_of(team: Team) -> Sequence[InvoiceView]:
    """Return the team's invoices as they stand."""
    db.session.expire_all()
    return invoices.invoices_about(f"team:{team.id}")


def shares_of(team: Team) -> Sequence[BillShare]:
    """Return the live shares of the team's bill."""
    return live_shares(bill_of(team))


def pay_by_bank(invoice_id: UUID, cents: int) -> Checkout:
    """Let a bank account's payment be on its way: the page was completed, nothing arrived."""
    page = Checkout(
        id=new_id(),
        invoice_id=invoice_id,
        cents=cents,
        status=CheckoutStatus.COMPLETED,
        session_id="cs_1",
        intent_id="pi_1",
        begun_at=clock.now(),
        expires_at=clock.now(),
    )
    db.session.add(page)
    db.session.flush()
    return page


def _members(people: int, institute: Institute) -> list[str]:
    roles = [role.code for role in institute.roles]
    return [f"{PEOPLE[n]} {roles[n % len(roles)]}" for n in range(people)]
