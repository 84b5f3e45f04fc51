"""Each check of invoices and bills finds what it is for, when the rows are tampered with."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from consortium.database import db, transaction
from events.billing import service as billing
from events.billing.service import invariants as bills
from events.invoices.service import invariants
from events.registration.models import Team
from tests.events.billing.stage import DISTRICT, FLAT, LOCAL, half, name_payers, registered, share
from tests.events.invoices.stage import adjust, make_invoice
from tests.events.registration.builders import lead_editor

Finder = Callable[[], Iterator[str]]
EVERY: tuple[Finder, ...] = (
    invariants.not_as_booked,
    invariants.numbers_left_out,
    invariants.revisions_lost,
    invariants.unreadable_papers,
    bills.shares_off,
    bills.invoices_off,
    bills.codes_miscounted,
)


def unguarded(statement: str) -> None:
    """Change what the database would refuse to change, as someone with its keys could."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DROP TRIGGER document_no_update"))
        db.session.execute(text("DROP TRIGGER document_no_delete"))
    else:
        db.session.execute(text("ALTER TABLE document DISABLE TRIGGER document_never_changed"))
    db.session.execute(text(statement))
    db.session.flush()
    db.session.expire_all()


@pytest.fixture
def team(lead: object) -> Team:
    """Return a team whose bill two payers share, and which came with a discount code."""
    code = {"code": "discount", "name": "EARLY", "basis_points": 5000, "limit": 2}
    team = registered(6, {"rules": [{**FLAT["rules"][0], "each_cents": 25_000}, code]})
    with transaction():
        billing.say_for_price(team.id, billing.Said(discount_code="early"), lead_editor())
    name_payers(team, LOCAL, DISTRICT)
    share(team, half(), half())
    return team


def test_what_stands_as_it_was_written_is_clean(team: Team) -> None:
    invoice = make_invoice(30_000)
    adjust(invoice.id, 45_000)

    assert [said for find in EVERY for said in find()] == []


@pytest.mark.parametrize(
    ("statement", "find", "words"),
    [
        (
            "UPDATE invoice SET total_cents = total_cents + 1",
            invariants.not_as_booked,
            "and the books have 37500",
        ),
        (
            "UPDATE invoice SET serial = 7 WHERE serial = 2",
            invariants.numbers_left_out,
            "2 invoices up to number 7",
        ),
        (
            "UPDATE number_series SET last = 9",
            invariants.numbers_left_out,
            "INV-2026-0009 is the last number given, and there are 2 papers",
        ),
        ("DELETE FROM document", invariants.revisions_lost, "not each of them is kept"),
        ("UPDATE document SET total_cents = 5", invariants.unreadable_papers, "something else"),
        ("UPDATE document SET paper = '{}'", invariants.unreadable_papers, "cannot be read"),
        ("UPDATE bill SET total_cents = 5", bills.shares_off, "comes to 5 cents"),
        ("UPDATE bill_share SET cents = 5", bills.invoices_off, "a share of 5"),
        ("UPDATE discount_use SET taken = 2", bills.codes_miscounted, "2 uses, and 1 bills"),
        ("UPDATE bill SET discount_code = ''", bills.codes_miscounted, "1 uses, and 0 bills"),
        ("DELETE FROM discount_use", bills.codes_miscounted, "0 uses, and 1 bills"),
    ],
)
def test_tampering_is_found(team: Team, statement: str, find: Finder, words: str) -> None:
    unguarded(statement)

    assert any(words in said for said in find())
