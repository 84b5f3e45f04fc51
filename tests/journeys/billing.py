"""The pages of bills and of those who pay them, in the demonstration's story."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.billing.models import Bill, BillShare
from events.invoices import service as invoices
from events.invoices.domain.links import token_for
from events.invoices.models import Payer
from events.registration.models import Team

GARDEN = "/garden-coast"
COSTS = f"{GARDEN}/money/institutes/summer-institute/costs"
LEAD, OFFICE, FINANCE = (
    one.key for one in (cast.MANAGEMENT_LEAD, cast.BUSINESS_OFFICE, cast.FINANCE)
)
Visited = tuple[str, str, str] | tuple[str, str, str, dict[str, str]]


def visits_of_bills(app: Flask) -> Iterator[Visited]:
    """Return a team's bill, a payer's own pages and an institute's costs, with error states."""
    with app.app_context(), as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        share = _share_of_the_business_office()
        bill = db.session.get_one(Bill, share.bill_id)
        free = db.session.scalars(select(Bill).where(Bill.confirmed_at.is_not(None))).first()
        assert free is not None
        assert share.invoice_id is not None
        invoice = invoices.get_invoice(share.invoice_id).invoice
        secret = app.extensions["settings"].secret_key
        link = token_for(invoice.id, invoice.link_version, secret=secret)
        paper = invoices.papers_of(invoice.id)[0].id
        team, share_id, free_team = bill.team_id, share.id, free.team_id
    yield from _of_a_team(f"{GARDEN}/teams/{team}/bill", str(share_id))
    yield ("billing.confirmation", f"{GARDEN}/teams/{free_team}/bill/confirmation", "coordinator")
    yield from _of_a_payer(f"{GARDEN}/pay/{link}", str(paper))
    yield ("billing.costs", COSTS, FINANCE)
    yield ("billing.costs", COSTS, FINANCE, {"what": "", "amount": "much"})
    yield ("billing.name_cost_payer", f"{COSTS}/payers/new", FINANCE)
    yield ("billing.name_cost_payer", f"{COSTS}/payers/new", FINANCE, {"name": ""})
    yield ("billing.cost_shares", f"{COSTS}/shares", FINANCE)


def _of_a_team(bill: str, share: str) -> Iterator[Visited]:
    yield ("billing.bill", bill, LEAD)
    yield ("billing.price", f"{bill}/price", LEAD)
    yield ("billing.name_payer", f"{bill}/payers/new", LEAD)
    yield ("billing.name_payer", f"{bill}/payers/new", LEAD, {"name": ""})
    yield ("billing.change_payer", f"{bill}/payers/{share}", LEAD)
    yield ("billing.drop_payer", f"{bill}/payers/{share}/drop", LEAD)
    yield ("billing.shares", f"{bill}/shares", LEAD)
    yield ("billing.shares", f"{bill}/shares", LEAD, {"rows-0-value": "half"})


def _of_a_payer(link: str, paper: str) -> Iterator[Visited]:
    yield ("payer.mine", f"{GARDEN}/invoices", OFFICE)
    yield ("payer.invoice", link, "")
    yield ("payer.invoice", link, OFFICE)
    yield ("payer.paper", f"{link}/papers/{paper}", "")
    yield ("payer.order", f"{link}/order", OFFICE)
    yield ("payer.order", f"{link}/order", OFFICE, {"number": "", "amount": "-5"})
    yield ("payer.decline", f"{link}/decline", OFFICE)
    yield ("payer.decline", f"{link}/decline", OFFICE, {"reason": ""})


def _share_of_the_business_office() -> BillShare:
    return db.session.scalars(
        select(BillShare)
        .join(Payer, Payer.id == BillShare.payer_id)
        .join(Bill, Bill.id == BillShare.bill_id)
        .join(Team, Team.id == Bill.team_id)
        .where(Payer.contact_email == cast.BUSINESS_OFFICE.email)
    ).one()
