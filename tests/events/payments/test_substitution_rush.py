"""A payment while a substitution changes the price: it is the team's, whoever is first."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.billing.models import Bill
from events.invoices.domain import Series
from events.invoices.models import Document, Invoice
from events.ledger import service as ledger
from events.payments.domain.recording import CheckFacts
from events.payments.service import applying, recording
from events.payments.service.applying import Applied
from events.registration import service as registration
from events.registration.models import Seat
from events.registration.service.substitution import Substitution
from tests.events.billing.stage import (
    DISTRICT,
    all_of_it,
    invoices_of,
    name_payers,
    registered,
    share,
)
from tests.events.invoices.stage import FINANCE
from tests.events.payments.stage import TODAY
from tests.events.payments.test_looking_early import store, tenant_id
from tests.events.payments.test_rush import office, rush
from tests.events.registration.builders import coordinating, named
from tests.factories import make_person

__all__ = ["office", "tenant_id"]

pytestmark = pytest.mark.real_commits

BY_ROLE = {
    "currency": "USD",
    "rules": [
        {"code": "flat", "per": "person", "each_cents": 30_000},
        {"code": "role_price", "roles": ["principal"], "each_cents": 20_000},
    ],
}


@pytest.fixture
def team(office: Flask, tenant_id: UUID) -> tuple[UUID, UUID, UUID]:
    """Return a team of one superintendent for $300.00, its seat and its invoice."""

    def make() -> tuple[UUID, UUID, UUID]:
        make_person("lead@example.org", "Lee Lead")
        team = registered(1, BY_ROLE)
        name_payers(team, DISTRICT)
        share(team, all_of_it())
        (view,) = invoices_of(team)
        (seat,) = team.held_seats
        return team.id, seat.id, view.invoice.id

    made: tuple[UUID, UUID, UUID] = store(office, tenant_id, make)
    return made


def outcome(office: Flask, tenant_id: UUID, invoice_id: UUID) -> tuple[int, ...]:
    """Return the invoice's revision, its credit notes, what is open, what is left over."""

    def found() -> tuple[int, ...]:
        seats = db.session.scalars(select(Seat).where(Seat.status != "replaced")).all()
        assert [seat.name for seat in seats] == ["Pat"]
        assert db.session.scalars(select(Bill.total_cents)).one() == 20_000
        notes = select(Document.id).where(Document.series == Series.CREDIT_NOTE)
        return (
            db.session.get_one(Invoice, invoice_id).revision,
            len(db.session.scalars(notes).all()),
            ledger.invoice_balances([invoice_id])[invoice_id],
            ledger.suspense_cents(),
        )

    result: tuple[int, ...] = store(office, tenant_id, found)
    return result


REVISED, CREDITED = (2, 0, 0, 10_000), (1, 1, -10_000, 0)
"""What is left over of $300.00 waits for finance; what was credited goes back by itself."""


def acts(team: tuple[UUID, UUID, UUID]) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return the acts of finance, who records a check, and of the team."""
    team_id, seat_id, invoice_id = team
    facts = CheckFacts(number="1187", cents=30_000, received_on=TODAY)
    instead = Substitution(person=named("pat@x.org principal", None))
    return (
        lambda: recording.record_check(facts, towards=[(invoice_id, None)], by=FINANCE),
        lambda: registration.substitute(team_id, seat_id, instead, coordinating()),
    )


def test_a_payment_while_a_substitution_runs_is_the_teams_either_way(
    office: Flask, tenant_id: UUID, team: tuple[UUID, UUID, UUID]
) -> None:
    turns = iter(acts(team))
    one_each = threading.Lock()

    def act() -> None:
        with one_each:
            mine = next(turns, None)
        if mine is not None:
            mine()

    rush(office, tenant_id, act)

    assert outcome(office, tenant_id, team[2]) in {REVISED, CREDITED}


def test_who_looked_before_the_substitution_pays_more_than_is_open(
    office: Flask,
    tenant_id: UUID,
    team: tuple[UUID, UUID, UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: the invoice was revised as open, and took what nobody owes."""
    pay, replace = acts(team)
    seen = store(office, tenant_id, lambda: ledger.invoice_balances([team[2]])[team[2]])
    applied = Applied(to={team[2]: seen}, left_cents=0)
    monkeypatch.setattr(applying, "_apply", lambda *_: applied)
    for act in (replace, pay):
        with office.app_context(), as_tenant(tenant_id), transaction():
            act()

    assert outcome(office, tenant_id, team[2]) not in {REVISED, CREDITED}
