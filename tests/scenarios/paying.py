"""What the acceptance tests of money share: payers, bills, and money that comes."""

from consortium import clock
from consortium.database import db, transaction
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.billing.service.reckoning import live_shares
from events.invoices import service as invoices
from events.invoices.domain import Method, PayerKind
from events.invoices.service import InvoiceView, PayerFacts
from events.ledger.domain import Account
from events.payments.domain import PaymentKind, PaymentStatus
from events.payments.domain.recording import CheckFacts
from events.payments.models import Payment
from events.payments.service import recording
from events.payments.service.applying import post_payment
from events.registration.models import Team
from events.registration.service import Editor

FINANCE = "finance@lakeshore.example.org"
HOST = Editor(email=FINANCE, coordinates=True)
DISTRICT = PayerFacts(
    kind=PayerKind.LEA, name="The district", contact_email="ap@district.example.org"
)
LOCAL = PayerFacts(
    kind=PayerKind.LOCAL, name="The local", contact_email="treasurer@local.example.org"
)


def invoices_for(team: Team) -> list[InvoiceView]:
    db.session.expire_all()
    return list(invoices.invoices_about(f"team:{team.id}"))


def bill_to(
    team: Team, *shares: tuple[PayerFacts, ShareRule], method: Method | None = None
) -> None:
    for payer, _ in shares:
        with transaction():
            billing.name_payer(team.id, payer, method, HOST)
    bill = billing.find_bill(team)
    assert bill is not None
    named = zip(live_shares(bill), shares, strict=True)
    with transaction():
        billing.share_costs(team.id, {one.id: rule for one, (_, rule) in named}, HOST)


def all_of_it() -> ShareRule:
    return ShareRule(basis=Basis.REST)


def half() -> ShareRule:
    return ShareRule(basis=Basis.PERCENT, value=5000)


def seats(n: int) -> ShareRule:
    return ShareRule(basis=Basis.SEATS, value=n)


def pay_by_card(view: InvoiceView, cents: int) -> Payment:
    """Let a card payment arrive, as Stripe says it did."""
    with transaction():
        payment = Payment(
            payer_id=view.invoice.payer_id,
            kind=PaymentKind.CARD,
            status=PaymentStatus.RECEIVED,
            amount_cents=cents,
            received_on=clock.now().date(),
            intent_id="pi_scenario",
            recorded_by="stripe",
            recorded_at=clock.now(),
        )
        db.session.add(payment)
        db.session.flush()
        post_payment(payment, into=Account.STRIPE, towards=[(view.invoice.id, None)], by="stripe")
    return payment


def pay_by_check(view: InvoiceView, number: str, cents: int) -> Payment:
    facts = CheckFacts(
        payer_id=view.invoice.payer_id,
        number=number,
        cents=cents,
        received_on=clock.now().date(),
    )
    with transaction():
        return recording.record_check(facts, towards=[(view.invoice.id, None)], by=FINANCE)
