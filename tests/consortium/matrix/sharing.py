"""Bills of a world's teams, their payers, and what an institute costs its hosts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app

from consortium.database import transaction
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.billing.models import BillShare
from events.billing.service.reckoning import live_extras
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import Method, PayerKind
from events.invoices.domain.links import token_for
from events.invoices.service import PayerFacts
from events.registration.models import Team
from events.registration.service import Editor
from tests.events.billing.stage import FREE_FIVE
from tests.factories import make_institute, make_lea, make_team

HOST = Editor(email="test", coordinates=True)


def billed_things(
    mine: Team, other: Team, contact: str, slug: str, number: int
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Bill two sides of ``mine`` and one of ``other``; return the names, and those of others.

    ``contact`` is who answers for the district of ``mine``.
    """
    district = _named(mine, PayerKind.LEA, f"District of {slug}", contact)
    local = _named(mine, PayerKind.LOCAL, f"Local of {slug}", f"treasurer@{slug}.example.org")
    others = _named(other, PayerKind.LEA, f"Other of {slug}", f"other@{slug}.example.org")
    half = ShareRule(basis=Basis.PERCENT, value=5000)
    with transaction():
        rules = {district.id: ShareRule(basis=Basis.REST), local.id: half}
        billing.share_costs(mine.id, rules, HOST)
        billing.share_costs(other.id, {}, HOST)
    here, there = _costs(mine.institute, slug), _costs(make_institute(f"{slug}-costs"), slug)
    return (
        {"share_id": district.id, "free_id": _free(mine, slug, number), **_link(district), **here},
        {"share_id": others.id, **_link(local), **there},
    )


def _named(team: Team, kind: PayerKind, name: str, email: str) -> BillShare:
    facts = PayerFacts(kind=kind, name=name, contact_email=email)
    with transaction():
        return billing.name_payer(team.id, facts, Method.CHECK, HOST)


def _link(share: BillShare) -> Mapping[str, Any]:
    assert share.invoice_id is not None
    invoice = invoices.get_invoice(share.invoice_id).invoice
    secret = current_app.extensions["settings"].secret_key
    return {
        "share_token": token_for(invoice.id, invoice.link_version, secret=secret),
        "share_paper_id": invoices.papers_of(invoice.id)[0].id,
    }


def _costs(institute: Institute, slug: str) -> Mapping[str, Any]:
    """Let a fund share what an institute costs."""
    fund = PayerFacts(
        kind=PayerKind.GRANT,
        name=f"Fund of {institute.slug}",
        contact_email=f"f@{slug}.example.org",
    )
    with transaction():
        for what in ("Food", "Rooms"):
            bill = billing.set_cost(institute, billing.CostItem(what=what, cents=40_000), by="test")
        share = billing.name_cost_payer(institute, fund, None, by="test")
    return {"extra_id": live_extras(bill)[0].id, "cost_share_id": share.id}


def _free(mine: Team, slug: str, number: int) -> UUID:
    """Let who leads ``mine`` lead a team that pays nothing, too, and have that in writing."""
    institute = make_institute(f"{slug}-free", fees=FREE_FIVE)
    team = make_team(
        institute,
        make_lea(f"34{number}0029", f"Free district of {slug}"),
        {mine.leads[0].person.email: "superintendent"},
    )
    with transaction():
        billing.follow(team)
    return team.id
