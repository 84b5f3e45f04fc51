"""What a team owes follows who comes, and its invoices follow what it owes."""

from dataclasses import replace

import pytest

from consortium.database import db, transaction
from consortium.files.service import PutFile
from consortium.people.models import Person
from events.billing import service as billing
from events.billing.domain.splitting import Basis, ShareRule
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused, Series, Standing
from events.invoices.emails import link_to
from events.registration import service as registration
from events.registration.models import Team
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    FREE_FIVE,
    LOCAL,
    all_of_it,
    bill_of,
    half,
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
    letters,
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


def test_a_registered_team_has_a_bill_that_says_each_line() -> None:
    team = registered(7, FREE_FIVE)

    bill = bill_of(team)
    assert bill.total_cents == 30_000
    assert [(line["what"], line["cents"]) for line in bill.lines] == [
        ("Person who comes free", 0),
        ("Additional person", 30_000),
    ]
    assert invoices_of(team) == []


def test_who_owes_nothing_gets_a_confirmation_and_no_invoice() -> None:
    """CA2 in small."""
    team = registered(5, FREE_FIVE)

    (paper,) = invoices.papers_about(f"team:{team.id}", Series.CONFIRMATION)
    assert (paper.number, paper.total_cents) == ("C-2026-0001", 0)
    assert invoices_of(team) == []


def test_one_payer_pays_it_all_and_gets_the_invoice_by_mail() -> None:
    team = registered(7, FREE_FIVE)
    name_payers(team, DISTRICT)
    assert invoices_of(team) == []

    share(team, all_of_it())

    (view,) = invoices_of(team)
    assert (view.invoice.number, view.balance_cents) == ("INV-2026-0001", 30_000)
    (mail,) = letters("ap@elgin.example.org")
    assert "INV-2026-0001" in mail.subject
    assert "/lakeshore/pay/" in mail.text
    paper = invoices.shown(invoices.papers_of(view.invoice.id)[0])
    assert paper.share is None
    assert paper.bill_to.attention == "Ann Payable"


def test_two_payers_get_an_invoice_each_with_the_odd_cent_for_the_first() -> None:
    team = registered(7, {"rules": [{"code": "flat", "per": "team", "each_cents": 1_845_375}]})
    name_payers(team, LOCAL, DISTRICT)

    share(team, half(), half())

    assert [(one.invoice.payer.name, one.balance_cents) for one in invoices_of(team)] == [
        ("Elgin Teachers Association", 922_688),
        ("Elgin Area School District U-46", 922_687),
    ]
    paper = invoices.shown(invoices.papers_of(invoices_of(team)[0].invoice.id)[0])
    assert paper.share is not None
    assert "50% of $18,453.75" in paper.share.words


def test_shares_by_seats_follow_a_team_that_grows() -> None:
    """IL2 in small: the local pays for two, the district for four."""
    team = registered(6, FLAT)
    name_payers(team, LOCAL, DISTRICT)
    share(team, ShareRule(basis=Basis.SEATS, value=2), ShareRule(basis=Basis.SEATS, value=4))
    assert [one.balance_cents for one in invoices_of(team)] == [25_000, 50_000]

    name(team, "gil superintendent")

    assert [one.balance_cents for one in invoices_of(team)] == [29_167, 58_333]
    assert [one.invoice.revision for one in invoices_of(team)] == [2, 2]


def test_shares_that_do_not_add_up_send_nothing() -> None:
    team = registered(6, FLAT)
    name_payers(team, LOCAL, DISTRICT)

    with pytest.raises(MoneyRefused, match=r"come to \$375.00 of \$750.00"):
        share(team, half(), ShareRule(basis=Basis.AMOUNT, value=0))

    assert invoices_of(team) == []


def test_who_leaves_before_the_day_lowers_an_open_invoice() -> None:
    team = registered(7, FREE_FIVE)
    name_payers(team, DISTRICT)
    share(team, all_of_it())

    remove(team, "Ada")

    (view,) = invoices_of(team)
    assert (view.balance_cents, view.invoice.revision) == (15_000, 2)


def test_who_leaves_late_costs_what_the_host_keeps_and_a_replacement_lifts_it(
    frozen: object,
) -> None:
    team = registered(6, FLAT, payment_terms={"refunds": {"tiers": [{"days": 10}]}})
    name_payers(team, DISTRICT)
    share(team, all_of_it())
    frozen("2026-04-28T12:00-04:00")  # type: ignore[operator]  # three days before the first

    remove(team, "Ada")

    (view,) = invoices_of(team)
    assert view.balance_cents == 75_000
    assert [line["what"] for line in bill_of(team).lines][-1] == "Kept of a late cancellation"

    name(team, "gil board_member")
    assert bill_of(team).total_cents == 87_500
    name(team, "hal superintendent")

    assert bill_of(team).total_cents == 87_500
    assert [line["what"] for line in bill_of(team).lines] == ["Person"]


def test_a_bill_keeps_the_refund_terms_of_the_day_it_was_sent(frozen: object) -> None:
    """Whoever was billed while nothing was kept loses nothing by stricter terms of later."""
    kind = {"refunds": {"tiers": [{"days": 1}]}}
    team = registered(6, FLAT, payment_terms=kind)
    name_payers(team, DISTRICT)
    share(team, all_of_it())
    with transaction():
        strict = {"tiers": [{"days": 90}], "free_with_replacement": False}
        db.session.get_one(Institute, team.institute_id).payment_terms = {"refunds": strict}
    lea = make_lea("3400011", "Dundee")
    later = draft(team.institute, lea, "ida superintendent", "ned union_leader", by=OTHER)
    submit(later, by=OTHER)
    with transaction():
        billing.name_payer(later.id, LOCAL, None, lead_editor(OTHER))
    (one,) = shares_of(later)
    with transaction():
        billing.share_costs(later.id, {one.id: all_of_it()}, lead_editor(OTHER))
    frozen("2026-04-28T12:00-04:00")  # type: ignore[operator]  # three days before the first

    remove(team, "Ada")
    with transaction():
        registration.withdraw_team(later.id, lead_editor(OTHER))

    assert [view.balance_cents for view in invoices_of(team)] == [62_500]
    assert [view.balance_cents for view in invoices_of(later)] == [25_000]


def test_a_withdrawn_team_owes_nothing_before_the_time_for_refunds_is_over() -> None:
    team = registered(7, FREE_FIVE)
    name_payers(team, DISTRICT)
    share(team, all_of_it())

    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    (view,) = invoices_of(team)
    assert (view.balance_cents, view.standing) == (0, Standing.NOTHING_TO_PAY)


def test_a_payer_who_says_no_is_billed_nothing_and_the_lead_is_told() -> None:
    team = registered(7, FREE_FIVE)
    name_payers(team, LOCAL)
    share(team, all_of_it())
    (one,) = shares_of(team)

    with transaction():
        billing.decline_share(one.id, "The district promised to pay.", email="eta@example.org")

    assert [view.balance_cents for view in invoices_of(team)] == [0]
    assert "declined a share" in letters("lead@example.org")[-1].subject


def test_who_is_paying_by_bank_cannot_decline_any_more() -> None:
    team = registered(7, FREE_FIVE)
    name_payers(team, LOCAL)
    share(team, all_of_it())
    (one,) = shares_of(team)
    (view,) = invoices_of(team)
    with transaction():
        pay_by_bank(view.invoice.id, 30_000)

    with pytest.raises(MoneyRefused, match="Write to the host"), transaction():
        billing.decline_share(one.id, "We do not pay.", email="eta@example.org")


def test_only_the_contact_accepts_a_share(lead: Person) -> None:
    team = registered(7, FREE_FIVE)
    name_payers(team, LOCAL)
    share(team, all_of_it())
    (one,) = shares_of(team)

    with pytest.raises(Exception, match="no share of yours"), transaction():
        billing.accept_share(one.id, email=lead.email)
    with transaction():
        billing.accept_share(one.id, email="eta@example.org", name="Una")

    assert shares_of(team)[0].accepted_by == "Una"


def test_a_dropped_payer_owes_nothing_and_the_other_pays_all() -> None:
    team = registered(6, FLAT)
    name_payers(team, LOCAL, DISTRICT)
    share(team, half(), half())
    first, _ = shares_of(team)

    with transaction():
        billing.drop_payer(team.id, first.id, lead_editor())

    assert [one.balance_cents for one in invoices_of(team)] == [0, 75_000]


def test_another_share_has_to_be_accepted_anew() -> None:
    team = registered(6, FLAT)
    name_payers(team, LOCAL, DISTRICT)
    share(team, half(), half())
    for one, email in zip(
        shares_of(team), ("eta@example.org", DISTRICT.contact_email), strict=True
    ):
        with transaction():
            billing.accept_share(one.id, email=email)

    share(team, half(), all_of_it())

    assert [one.accepted_at is not None for one in shares_of(team)] == [True, False]


def test_an_address_is_corrected_where_no_other_team_has_that_payer() -> None:
    first = registered(6, FLAT)
    name_payers(first, DISTRICT)
    (one,) = shares_of(first)
    moved = replace(DISTRICT, address="1 New St.\nElgin, IL 60120")

    with transaction():
        billing.change_payer(first.id, one.id, moved, None, lead_editor())

    assert shares_of(first)[0].payer.address == moved.address
    other = draft(first.institute, make_lea("3400011", "Dundee"), "zed superintendent", by=OTHER)
    submit(other, by=OTHER)
    with transaction():
        billing.name_payer(other.id, moved, None, lead_editor(OTHER))
    (theirs,) = shares_of(other)
    with pytest.raises(MoneyRefused, match="Other teams"), transaction():
        billing.change_payer(other.id, theirs.id, DISTRICT, None, lead_editor(OTHER))


def test_the_w9_goes_with_an_invoice_where_the_host_says_so() -> None:
    with transaction():
        file = PutFile(
            key="w9", filename="w9.pdf", content_type="application/pdf", size=9, sha256="0"
        )
        invoices.keep_w9(file, by="finance@example.org")
    team = registered(6, FLAT, payment_terms={"w9": "attached"})
    name_payers(team, DISTRICT)

    share(team, all_of_it())

    (mail,) = letters("ap@elgin.example.org")
    (view,) = invoices_of(team)
    assert f"{link_to(view.invoice)}/w9" in mail.text
    assert f"{link_to(view.invoice)}/w9" in (mail.html or "")
