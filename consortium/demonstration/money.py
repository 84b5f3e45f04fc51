"""The money of the demonstration's story: bills and their payers, checks, an order, a reminder."""

from collections.abc import Sequence
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from consortium.cards import CardKeys
from consortium.database import db
from consortium.demonstration import cast
from consortium.settings import NOBODY, is_loopback
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import Method, PayerKind
from events.invoices.domain.papers import PaperLine
from events.invoices.models import Invoice
from events.invoices.service import Billed, Books, OrderFacts, PayerFacts, dunning
from events.ledger import service as ledger
from events.payments import service as payments
from events.payments.domain.recording import CheckFacts
from events.payments.models import Payment
from events.payments.service import stripe
from events.registration.models import Team
from events.registration.service import Editor

BY = cast.FINANCE.email
BOOKS = Books(
    legal_name="Garden Coast Labor-Management Partnership, Inc.",
    address="18 Bayberry Lane\nHarbor Point, NJ 08000",
    phone="+1 609 555 0100",
    email="partnership@example.org",
    tax_id="00-0000000",
    payable_to="Garden Coast Partnership",
    fiscal_year_starts=7,
    dunning_days=(7, 21, 45),
)
KEYS = CardKeys("rk_test_garden_coast", "whsec_garden_coast")
"""What the made-up Stripe takes for this consortium's."""
BOARD = PayerFacts(
    kind=PayerKind.LEA,
    name="Harbor Point Board of Education",
    contact_name=cast.BUSINESS_OFFICE.name,
    contact_email=cast.BUSINESS_OFFICE.email,
    address="1 School Street\nHarbor Point, NJ 08000",
    lea_id="3499001",
)
LOCAL = PayerFacts(
    kind=PayerKind.LOCAL,
    name="Harbor Point Education Association",
    contact_name="The treasurer",
    contact_email="treasurer@harborpoint-ea.example.org",
)
LONG_AGO = -8
"""Days until the bill of the fall workshop was due: it was written after everyone had left."""


def keep_books(institute: Institute) -> None:
    """Bill the teams that owe something, and let money come for some of it."""
    invoices.write_settings(BOOKS, version=0, by=BY)
    if _is_made_up(current_app.extensions["settings"].stripe_api_base):
        stripe.keep_keys(KEYS, live=False, version=stripe.card_settings().version, by=BY)
    _share_between_district_and_local(institute)
    paid = _pay_by_check(institute)
    _order(institute)
    _remind("3499003", "Millbrook City Board of Education")
    _pay_too_much("3499006", "Lenape Ridge Regional Board of Education")
    payments.make_deposit([paid.id], ledger.today(), by=BY)


def _share_between_district_and_local(institute: Institute) -> None:
    """Let each pay half; the local's check is here, the district's half is open."""
    half = ShareRule(basis=Basis.PERCENT, value=5_000)
    _, local = _bill(institute, "3499001", ((BOARD, half, None), (LOCAL, half, Method.CHECK)))
    _check(local, "2204", local.total_cents)


def _pay_by_check(institute: Institute) -> Payment:
    facts = _district("3499005", "Seabright Shore Board of Education")
    (invoice,) = _bill(institute, "3499005", ((facts, _all(), Method.CHECK),))
    return _check(invoice, "0019387", invoice.total_cents)


def _order(institute: Institute) -> None:
    """Let a purchase order come, which keeps the places and pays nothing yet."""
    facts = _district("3499007", "Oakhurst Gardens Board of Education")
    (invoice,) = _bill(institute, "3499007", ((facts, _all(), Method.PURCHASE_ORDER),))
    order = OrderFacts(number="PO 20-1187", amount_cents=invoice.total_cents)
    billing.take_order(invoice.id, order, by=facts.contact_email)


def _remind(lea_id: str, name: str) -> None:
    invoice = _bill_the_workshop(_district(lea_id, name), 40_000)
    dunning.remind_overdue(invoice.id, 1)


def _pay_too_much(lea_id: str, name: str) -> Payment:
    invoice = _bill_the_workshop(_district(lea_id, name), 22_500)
    return _check(invoice, "55120", 25_000)


def _bill(
    institute: Institute, lea_id: str, shares: Sequence[tuple[PayerFacts, ShareRule, Method | None]]
) -> Sequence[Invoice]:
    """Let a team's lead name the payers and send their invoices; return these in the same order."""
    team = db.session.scalars(
        select(Team).where(Team.institute_id == institute.id, Team.lea_id == lea_id)
    ).one()
    lead = team.leads[0].person
    editor = Editor(email=lead.email, person_id=lead.id)
    rules: dict[UUID, ShareRule] = {}
    for facts, rule, method in shares:
        rules[billing.name_payer(team.id, facts, method, editor).id] = rule
    bill = billing.share_costs(team.id, rules, editor)
    sent = {share.id: share.invoice_id for share in billing.live_shares(bill)}
    return [db.session.get_one(Invoice, sent[share_id]) for share_id in rules]


def _bill_the_workshop(facts: PayerFacts, cents: int) -> Invoice:
    return invoices.issue_invoice(
        invoices.payer_for(facts),
        Billed(
            about=f"workshop:{facts.lea_id}",
            what="Fall workshop on joint hiring",
            total_cents=cents,
            lines=(PaperLine(what="Fall workshop on joint hiring", how="1 team", cents=cents),),
            due_days=LONG_AGO,
        ),
        by=BY,
    )


def _check(invoice: Invoice, number: str, cents: int) -> Payment:
    facts = CheckFacts(
        number=number, cents=cents, received_on=ledger.today(), payer_id=invoice.payer_id
    )
    return payments.record_check(facts, towards=[(invoice.id, None)], by=BY)


def _district(lea_id: str, name: str) -> PayerFacts:
    return PayerFacts(
        kind=PayerKind.LEA,
        name=name,
        contact_name="Accounts Payable",
        contact_email=f"accounts.payable@{lea_id}.example.org",
        lea_id=lea_id,
    )


def _all() -> ShareRule:
    return ShareRule(basis=Basis.REST)


def _is_made_up(stripe_api_base: str) -> bool:
    """Tell whether cards go to a made-up Stripe on this machine; keys are made up for no other."""
    return is_loopback(stripe_api_base) and stripe_api_base != NOBODY
