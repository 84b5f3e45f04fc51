"""What teams and hosts are billed, who pays it, and what goes back."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from consortium.database import db, transaction
from events.billing import service as billing
from events.billing.jobs import refund_credits
from events.invoices import service as invoices
from events.invoices.domain import Series
from events.payments.domain import RefundWay
from events.payments.models import Refund
from events.registration import service as registration
from events.registration.models import Team
from tests.scenarios.paying import (
    DISTRICT,
    HOST,
    all_of_it,
    bill_to,
    invoices_for,
    pay_by_card,
)
from tests.scenarios.programme_of import CALMI
from tests.scenarios.registering import Scene, district

Scenes = Callable[[str, str], Scene]
EXPECTED = ("superintendent", "cert_union_leader", "class_union_leader", "board_member")
SEVEN = (*EXPECTED, "cabinet", "site_leader", "site_leader")


def calmi_team(here: Scene, *roles: str) -> Team:
    here.draft(district("San Diego", "CA"), *roles)
    here.submit()
    return here.team


def test_CA1_two_of_seven_are_invoiced(scene: Scenes) -> None:
    here = scene(CALMI, "CA1")
    team = calmi_team(here, *SEVEN)
    bill_to(team, (DISTRICT, all_of_it()))

    (view,) = invoices_for(team)
    charged = [line for line in billing.find_bill(team).lines if line["cents"]]  # type: ignore[union-attr]
    assert {
        "complete": team.complete,
        "billable_people": int(charged[0]["how"].split()[0]),
        "invoice_total_cents": view.balance_cents,
    } == here.then


def test_CA2_a_team_that_comes_free_gets_a_confirmation_without_a_payment_page(
    scene: Scenes,
) -> None:
    here = scene(CALMI, "CA2")
    team = calmi_team(here, *EXPECTED, "board_member")

    (paper,) = invoices.papers_about(f"team:{team.id}", Series.CONFIRMATION)
    assert team.complete is here.then["complete"]
    assert paper.total_cents == here.then["invoice_total_cents"]
    page = here.client.get(f"{here.path}/bill").text
    assert "There is nothing to pay" in page
    assert "/pay/" not in page
    assert here.client.get(f"{here.path}/bill/confirmation.pdf").data.startswith(b"%PDF")


def test_CA3_one_free_person_who_cancels_brings_one_price_back(
    scene: Scenes, app: Any, frozen: Any
) -> None:
    here = scene(CALMI, "CA3")
    team = calmi_team(here, *SEVEN)
    bill_to(team, (DISTRICT, all_of_it()))
    (view,) = invoices_for(team)
    card = pay_by_card(view, 30_000)
    here.go_to("2017-06-01T10:00-07:00")
    free = next(seat for seat in team.seats if seat.role_code == "superintendent")
    with transaction():
        registration.remove_member(team.id, free.id, HOST)

    frozen("2017-06-02T10:01-07:00")
    refund_credits(app)

    refund = db.session.scalars(select(Refund)).one()
    (view,) = invoices_for(team)
    assert {
        "people": len(here.team.held_seats),
        "billable_people": view.owed_cents // 15_000,
        "refund_cents": refund.cents,
    } == here.then
    assert (refund.payment_id, refund.way) == (card.id, RefundWay.STRIPE)
    assert view.balance_cents == 0


def test_CA4_a_team_that_lacks_a_role_is_saved_and_billed(scene: Scenes) -> None:
    here = scene(CALMI, "CA4")
    roles = ("superintendent", "cabinet", "cert_union_leader", "board_member")
    team = calmi_team(here, *roles, "site_leader", "site_leader")
    bill_to(team, (DISTRICT, all_of_it()))

    (view,) = invoices_for(team)
    assert {
        "saved": True,
        "complete": team.complete,
        "missing": team.missing,
        "invoice_total_cents": view.balance_cents,
    } == here.then


def test_CA5_a_waiver_makes_the_team_complete_and_changes_no_price(scene: Scenes) -> None:
    here = scene(CALMI, "CA5")
    roles = ("superintendent", "cabinet", "cert_union_leader", "board_member")
    team = calmi_team(here, *roles, "site_leader", "site_leader")
    bill_to(team, (DISTRICT, all_of_it()))
    with transaction():
        registration.waive_role(team.id, "class_union_leader", "no classified unit", HOST)

    assert {"complete": here.team.complete} == here.then
    assert [view.balance_cents for view in invoices_for(team)] == [15_000]


def test_CA6_a_substitution_changes_no_invoice(scene: Scenes) -> None:
    here = scene(CALMI, "CA6")
    here.go_to("2017-05-10T10:00-07:00")
    team = calmi_team(here, *SEVEN)
    bill_to(team, (DISTRICT, all_of_it()))
    here.go_to(here.clock)
    leaving = next(seat for seat in team.seats if seat.role_code == "class_union_leader")
    with transaction():
        registration.substitute(
            team.id,
            leaving.id,
            registration.Substitution(
                person=registration.NamedPerson(
                    name="Pat", email="pat@district.example.org", role_codes=("site_leader",)
                )
            ),
            HOST,
        )

    (view,) = invoices_for(team)
    assert view.balance_cents - 30_000 == here.then["invoice_change_cents"]
    assert view.invoice.revision == 1
    assert here.team.missing == here.then["missing"]
