"""What the price hangs on: codes, affiliations, early days, the rules of the day, the LEA."""

from typing import Any

import pytest

from consortium.database import db, transaction
from consortium.directory.models import Lea
from events.billing import jobs
from events.billing import service as billing
from events.invoices.domain import MoneyRefused
from events.packets import service as packets
from events.registration import service as registration
from events.registration.models import Team
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    FREE_FIVE,
    all_of_it,
    bill_of,
    invoices_of,
    name_payers,
    pay_by_bank,
    registered,
    share,
    shares_of,
)
from tests.events.registration.builders import (
    draft,
    lead_editor,
    name,
    seat_of,
    submit,
)
from tests.factories import make_lea

OTHER = "other@example.org"
pytestmark = pytest.mark.usefixtures("lead")


def remove(team: Team, who: str) -> None:
    with transaction():
        registration.remove_member(team.id, seat_of(team, who).id, lead_editor())


def test_a_discount_code_is_used_as_often_as_it_may_be() -> None:
    code = {"code": "discount", "name": "EARLY", "basis_points": 1000, "limit": 1}
    fees = {"rules": [*FLAT["rules"], code]}
    first = registered(6, fees)
    other = draft(first.institute, make_lea("3400011", "Dundee"), "zed superintendent", by=OTHER)
    submit(other, by=OTHER)
    said = billing.Said(discount_code="early")
    with transaction():
        billing.say_for_price(first.id, said, lead_editor())

    with pytest.raises(MoneyRefused, match="as often as it may be"), transaction():
        billing.say_for_price(other.id, said, lead_editor(OTHER))

    assert bill_of(first).total_cents == 67_500
    with transaction():
        billing.say_for_price(first.id, billing.Said(), lead_editor())
    with transaction():
        billing.say_for_price(other.id, said, lead_editor(OTHER))
    assert [bill_of(team).total_cents for team in (first, other)] == [75_000, 11_250]


def test_a_bill_that_was_sent_keeps_the_rules_it_was_sent_by() -> None:
    """The host takes a rule out to write another one; nobody's invoice follows half of it."""
    team = registered(6, FLAT)
    name_payers(team, DISTRICT)
    team.institute.fees = {"rules": [{"code": "flat", "per": "person", "each_cents": 10_000}]}
    db.session.commit()
    share(team, all_of_it())
    assert [view.balance_cents for view in invoices_of(team)] == [60_000]

    team.institute.fees = {"rules": []}
    db.session.commit()
    name(team, "gil superintendent")

    assert [view.balance_cents for view in invoices_of(team)] == [70_000]


def test_the_affiliations_that_can_be_said_are_those_of_the_rules() -> None:
    rate = {"code": "affiliate_rate", "affiliation": ["CTA"], "per": "person", "each_cents": 9_000}
    team = registered(6, {"rules": [*FLAT["rules"], rate]})
    assert billing.affiliations_for(bill_of(team)) == ("CTA",)

    with transaction():
        billing.say_for_price(team.id, billing.Said(affiliations=("CTA",)), lead_editor())

    assert bill_of(team).total_cents == 54_000


def test_a_quote_says_what_the_bill_says(frozen: Any) -> None:
    """It was registered at the early price, and has a code that not every team has."""
    early = {"code": "flat", "per": "person", "each_cents": 10_000, "until": "2026-03-05"}
    code = {"code": "discount", "name": "EARLY", "basis_points": 1000}
    team = registered(6, {"rules": [*FLAT["rules"], early, code]})
    with transaction():
        billing.say_for_price(team.id, billing.Said(discount_code="early"), lead_editor())
    frozen("2026-03-08T12:00-05:00")

    with transaction():
        quote = packets.make_quote(team.id, lead_editor())

    assert (quote.total_cents, bill_of(team).total_cents) == (54_000, 54_000)


def test_who_leaves_one_school_frees_places_for_the_next_of_its_lea() -> None:
    """Five of each LEA come free: the team billed first takes them, and gives them back."""
    first = registered(4, FREE_FIVE, unit_types=["school_site"], site="Oak School")
    second = draft(
        first.institute,
        db.session.get_one(Lea, "3400010"),
        "gil superintendent",
        "hal union_leader",
        "ida board_member",
        by=OTHER,
        site="Elm School",
    )
    submit(second, by=OTHER)
    with transaction():
        billing.name_payer(second.id, DISTRICT, None, lead_editor(OTHER))
    (one,) = shares_of(second)
    with transaction():
        billing.share_costs(second.id, {one.id: all_of_it()}, lead_editor(OTHER))
    assert [bill_of(team).total_cents for team in (first, second)] == [0, 30_000]

    remove(first, "Ada")
    assert [view.balance_cents for view in invoices_of(second)] == [15_000]
    with transaction():
        registration.withdraw_team(first.id, lead_editor())

    assert [view.balance_cents for view in invoices_of(second)] == [0]


def test_a_withdrawn_team_lets_another_use_its_code() -> None:
    code = {"code": "discount", "name": "EARLY", "basis_points": 1000, "limit": 1}
    first = registered(6, {"rules": [*FLAT["rules"], code]})
    other = draft(first.institute, make_lea("3400011", "Dundee"), "zed superintendent", by=OTHER)
    submit(other, by=OTHER)
    said = billing.Said(discount_code="early")
    with transaction():
        billing.say_for_price(first.id, said, lead_editor())
    with transaction():
        registration.withdraw_team(first.id, lead_editor())

    with transaction():
        billing.say_for_price(other.id, said, lead_editor(OTHER))

    assert bill_of(other).total_cents == 11_250


def test_an_early_price_ends_for_who_has_not_paid_and_no_bank_is_paying(frozen: Any) -> None:
    early = {"code": "flat", "per": "person", "each_cents": 10_000, "until": "2026-03-05"}
    fees = {"rules": [*FLAT["rules"], early]}
    team = registered(6, fees, payment_terms={"rerate": True})
    name_payers(team, DISTRICT)
    share(team, all_of_it())
    (view,) = invoices_of(team)
    with transaction():
        checkout = pay_by_bank(view.invoice.id, 60_000)
    frozen("2026-03-08T12:00-05:00")
    assert (jobs.rate_bills(None), bill_of(team).total_cents) == (0, 60_000)  # type: ignore[arg-type]

    with transaction():
        db.session.delete(db.session.merge(checkout))

    assert (jobs.rate_bills(None), jobs.rate_bills(None)) == (1, 0)  # type: ignore[arg-type]
    (view,) = invoices_of(team)
    assert (view.balance_cents, view.invoice.revision) == (75_000, 2)
