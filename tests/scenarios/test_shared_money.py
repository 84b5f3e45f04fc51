"""What several payers share, and what goes back when a host cancels."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.billing.service import CostItem
from events.billing.service.reckoning import live_shares
from events.institutes.domain.cancelling import Announcement
from events.institutes.service.cancelling import cancel_institute
from events.invoices import service as invoices
from events.invoices.domain import Method, PayerKind
from events.invoices.service import InvoiceView, OrderFacts, PayerFacts
from events.payments.domain import RefundWay
from events.payments.models import Refund
from events.payments.service import deposits
from events.registration.models import Team
from tests.factories import make_team
from tests.scenarios.paying import (
    DISTRICT,
    FINANCE,
    HOST,
    LOCAL,
    all_of_it,
    bill_to,
    half,
    invoices_for,
    pay_by_check,
    seats,
)
from tests.scenarios.programme_of import CATALYST, GREAT_LAKES, PAL, acceptance, load
from tests.scenarios.registering import district


def test_PAL1_to_PAL3_union_and_district_share_the_cost(tenant: object, frozen: Any) -> None:
    one, two, three = (acceptance(PAL, name) for name in ("PAL1", "PAL2", "PAL3"))
    frozen(one["clock"])
    institute = load(PAL)
    abcft = PayerFacts(kind=PayerKind.LOCAL, name="ABCFT", contact_email="abcft@example.org")
    usd = PayerFacts(kind=PayerKind.LEA, name="ABC USD", contact_email="usd@example.org")
    for payer in (abcft, usd):
        with transaction():
            billing.name_cost_payer(institute, payer, None, by=FINANCE)
    costs = billing.find_costs(institute)
    assert costs is not None
    with transaction():
        rules = [(share.id, half()) for share in live_shares(costs)]
        billing.share_institute_cost(institute, rules, by=FINANCE)

    def standing() -> dict[str, InvoiceView]:
        db.session.expire_all()
        found = invoices.invoices_about(f"institute:{institute.id}")
        return {view.invoice.payer.name: view for view in found}

    due = {name: view.balance_cents for name, view in standing().items()}
    assert {"invoices_cents": due, "sum_cents": sum(due.values())} == one["then"]

    frozen(two["clock"])
    pay_by_check(standing()["ABCFT"], "1187", 922_688)
    views = standing()
    assert {
        **{name: view.standing.value for name, view in views.items()},
        "event_balance_cents": sum(view.balance_cents for view in views.values()),
    } == two["then"]

    before = {name: view.invoice.number for name, view in views.items()}
    frozen(three["clock"])
    with transaction():
        billing.set_cost(institute, CostItem(what="Hotel", cents=120_000), by=FINANCE)
    views = standing()
    assert views["ABCFT"].invoice.total_cents == three["then"]["ABCFT_new_cents"]
    assert views["ABCFT"].balance_cents == three["then"]["ABCFT_due_now_cents"]
    assert three["then"]["kept"] == "original invoice numbers, revision 2"
    assert {name: view.invoice.number for name, view in views.items()} == before
    assert {view.invoice.revision for view in views.values()} == {2}


def test_PAL7_three_visitors_pay_three_times_their_fee(tenant: object, frozen: Any) -> None:
    given = acceptance(PAL, "PAL7")
    frozen(given["clock"])
    institute = load(PAL)
    people = {f"v{n}@visitors.example.org": "visitor" for n in range(3)}
    team = make_team(institute, district("Long Beach", "CA"), people, kind="visitors")
    with transaction():
        billing.follow(team)
    bill_to(team, (DISTRICT, all_of_it()))

    assert {"invoice_total_cents": sum(view.balance_cents for view in invoices_for(team))} == given[
        "then"
    ]


def catalyst(frozen: Any, test: str, affiliation: str) -> tuple[dict[str, Any], Team]:
    given = acceptance(CATALYST, test)
    frozen(given["clock"])
    institute = load(CATALYST)
    people = {"sue@district.example.org": "superintendent", "lee@local.example.org": "union_leader"}
    team = make_team(institute, district("Newark", "NJ"), people)
    with transaction():
        billing.follow(team)
    with transaction():
        billing.say_for_price(team.id, billing.Said(affiliations=(affiliation,)), HOST)
    bill = billing.find_bill(team)
    assert bill is not None
    usual = billing.suggested_payers(bill)
    known = {PayerKind.LEA: DISTRICT, PayerKind.LOCAL: LOCAL}
    bill_to(
        team,
        *((known[kind], ShareRule(basis=Basis.PERCENT, value=part)) for kind, _, part in usual),
    )
    return given["then"], team


def by_kind(team: Team) -> dict[str, int]:
    words = {PayerKind.LEA: "district", PayerKind.LOCAL: "local association"}
    return {words[view.invoice.payer.kind]: view.balance_cents for view in invoices_for(team)}


def test_NC3_an_NEA_team_is_credited_half_and_shares_the_rest(tenant: object, frozen: Any) -> None:
    then, team = catalyst(frozen, "NC3", "NEA")
    bill = billing.find_bill(team)
    assert bill is not None

    assert {
        "lines_cents": [line["cents"] for line in bill.lines],
        "invoices_cents": by_kind(team),
    } == then


def test_NC4_an_AFT_team_pays_it_all_in_halves(tenant: object, frozen: Any) -> None:
    then, team = catalyst(frozen, "NC4", "AFT")

    assert {"invoices_cents": by_kind(team)} == then


def six_of_elgin(frozen: Any, test: str) -> tuple[dict[str, Any], Team]:
    given = acceptance(GREAT_LAKES, test)
    frozen(given["clock"])
    institute = load(GREAT_LAKES)
    people = {f"p{n}@elgin.example.org": "teacher" for n in range(6)}
    team = make_team(institute, district("Elgin", "IL"), people)
    with transaction():
        billing.follow(team)
    return given["then"], team


def test_IL1_the_local_registers_and_the_district_is_billed_by_purchase_order(
    tenant: object, frozen: Any
) -> None:
    then, team = six_of_elgin(frozen, "IL1")
    bill_to(team, (DISTRICT, all_of_it()), method=Method.PURCHASE_ORDER)
    (view,) = invoices_for(team)
    with transaction():
        facts = OrderFacts(number="PO 20-1187", amount_cents=75_000)
        billing.take_order(view.invoice.id, facts, by=DISTRICT.contact_email)

    (view,) = invoices_for(team)
    assert view.balance_cents == then["invoice_total_cents"]
    assert billing.pays_online(view) is then["card_button"]
    assert [order.number for order in view.orders] == ["PO 20-1187"]
    assert view.standing == "open"
    assert view.invoice.payer.kind is PayerKind.LEA


def test_IL2_the_local_pays_for_two_and_the_district_for_four(tenant: object, frozen: Any) -> None:
    then, team = six_of_elgin(frozen, "IL2")
    bill_to(team, (LOCAL, seats(2)), (DISTRICT, seats(4)))

    words = {PayerKind.LEA: "district", PayerKind.LOCAL: "local"}
    found = {words[view.invoice.payer.kind]: view.balance_cents for view in invoices_for(team)}
    assert {"invoices_cents": found} == then


def test_IL9_a_cancelled_event_mails_checks_back_and_writes_refunds(
    tenant: object, frozen: Any
) -> None:
    given = acceptance(GREAT_LAKES, "IL9")
    frozen("2019-10-20T09:00-05:00")
    institute = load(GREAT_LAKES)
    for n, name in enumerate(("Elgin", "Batavia")):
        people = {f"p{m}@{name.lower()}.example.org": "teacher" for m in range(2)}
        team = make_team(institute, district(name, "IL", n + 1), people)
        with transaction():
            billing.follow(team)
        payer = PayerFacts(
            kind=PayerKind.LEA, name=name, contact_email=f"ap@{name.lower()}.example.org"
        )
        bill_to(team, (payer, all_of_it()))
        (view,) = invoices_for(team)
        check = pay_by_check(view, f"10{n}", 25_000)
        if name == "Batavia":
            with transaction():
                deposits.make_deposit([check.id], clock.now().date(), by=FINANCE)
    frozen(datetime(2019, 11, 1, 15, tzinfo=UTC))
    with transaction():
        said = Announcement(reason="The building is closed.", survey_url="https://example.org/s")
        cancel_institute(institute, said, by=FINANCE)

    ways = {refund.payment.number: refund.way for refund in db.session.scalars(select(Refund))}
    assert given["then"]["uncashed_checks"] == "list to mail back"
    assert given["then"]["paid_checks"] == "refund checks"
    assert ways == {"100": RefundWay.MAIL_BACK, "101": RefundWay.CHECK}
    open_ = select(Team)
    assert [
        view.balance_cents for team in db.session.scalars(open_) for view in invoices_for(team)
    ] == [0, 0]
