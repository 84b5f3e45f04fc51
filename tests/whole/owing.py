"""What a team of the world owes and who pays it, from both sides; what its institute costs."""

from uuid import UUID

from consortium.database import db, transaction
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.billing.models import Bill, BillShare
from events.billing.service.reckoning import live_extras
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import Method, PayerKind
from events.invoices.domain.links import token_for
from events.invoices.service import PayerFacts
from events.registration.models import Seat, Team
from events.registration.service import Editor
from tests.events.billing.stage import FREE_FIVE, half
from tests.factories import make_institute, make_lea, make_team
from tests.whole.world import INSTITUTE, World

HOST = Editor(email="test", coordinates=True)
OFFICE, TREASURER, FUND = "office", "treasurer", "fund"
"""The contacts of payers: of the district, of the local, and of who helps the hosts."""


def bill_teams(world: World, institute: Institute) -> None:
    """Let both sides of the first team pay, ``size`` payers on one; tell the parts of addresses."""
    team_id, (lead, *_) = next(iter(world.teams.items()))
    team = db.session.get_one(Team, UUID(team_id))
    superintendent = Editor(
        email=world.people[lead].email,
        person_id=db.session.get_one(Seat, world.seats[lead]).person_id,
    )
    with world.app.test_request_context(), transaction():
        districts = [
            _named(
                world,
                team,
                f"{OFFICE}{n}",
                PayerKind.LEA if n == 0 else PayerKind.GRANT,
                superintendent,
            )
            for n in range(world.size)
        ]
        local = _named(world, team, TREASURER, PayerKind.LOCAL, HOST)
        tens = ShareRule(basis=Basis.AMOUNT, value=1_000)
        rules = {one.id: tens for one in districts}
        rules |= {districts[0].id: half(), local.id: ShareRule(basis=Basis.REST)}
        billing.share_costs(team.id, rules, HOST)
    with world.app.test_request_context(), transaction():
        bill = _costs(world, institute)
        free = _free(world, lead)
    world.parts += [
        *({"team_id": team_id, "share_id": str(one.id)} for one in (*districts, local)),
        {"team_id": str(free.id)},
        {"slug": INSTITUTE, "kind": "flat", "number": "1"},
        {"slug": INSTITUTE, "extra_id": str(live_extras(bill)[0].id)},
        {"slug": INSTITUTE, "share_id": str(billing.live_shares(bill)[0].id)},
        _link(world, districts[0], f"{OFFICE}0"),
        _link(world, local, TREASURER),
        {"payer_id": str(local.payer_id), "invoice_id": str(local.invoice_id)},
    ]


def _named(world: World, team: Team, key: str, kind: PayerKind, by: Editor) -> BillShare:
    return billing.name_payer(team.id, _facts(world, key, kind), Method.CHECK, by)


def _facts(world: World, key: str, kind: PayerKind) -> PayerFacts:
    contact = world.meet(key)
    return PayerFacts(
        kind=kind,
        name=f"Payer of {key}",
        contact_name=contact.name,
        contact_email=contact.email,
        address=f"{contact.secrets['mailing']}\nTrenton, NJ 08600",
    )


def _link(world: World, share: BillShare, key: str) -> dict[str, str]:
    assert share.invoice_id is not None
    invoice = invoices.get_invoice(share.invoice_id).invoice
    secret = world.app.extensions["settings"].secret_key
    paper = invoices.papers_of(invoice.id)[0]
    token = token_for(invoice.id, invoice.link_version, secret=secret)
    world.links[token] = key
    return {"token": token, "document_id": str(paper.id)}


def _costs(world: World, institute: Institute) -> Bill:
    """Let funds share what the institute costs its hosts."""
    for n in range(world.size):
        item = billing.CostItem(what=f"Room {n}", cents=40_000)
        bill = billing.set_cost(institute, item, by=HOST.email)
        facts = _facts(world, f"{FUND}{n}", PayerKind.GRANT)
        billing.name_cost_payer(institute, facts, None, by=HOST.email)
    return bill


def _free(world: World, lead: str) -> Team:
    """Let who leads the first team lead one that owes nothing, too, and have that in writing."""
    institute = make_institute("free", fees=FREE_FIVE)
    lea = make_lea("3490029", "Free District")
    team = make_team(institute, lea, {world.people[lead].email: "superintendent"})
    billing.follow(team)
    return team
