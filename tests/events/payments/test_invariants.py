"""What verify says of payments: nothing while all is well, and whatever was tampered with."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import delete, update

from consortium.database import db, transaction
from events.payments.domain import PaymentStatus, RefundStatus
from events.payments.models import Deposit, MoneyException, Payment, Refund
from events.payments.service import invariants
from events.payments.service.exceptions import open_exceptions, resolve_exception
from events.payments.service.refund_paying import fail_refund, mail_back, pay_refund_check
from events.payments.service.refunds import decide_refund, refund_credit
from events.payments.service.returns import return_check
from tests.events.invoices.stage import FINANCE, adjust, make_invoice
from tests.events.payments.stage import TODAY, check, deposit, transfer

pytestmark = pytest.mark.usefixtures("tenant")

ALL: tuple[Callable[[], Iterator[str]], ...] = (
    invariants.refunded_wrongly,
    invariants.refunds_owed_wrongly,
    invariants.odd_checks,
    invariants.checks_miscounted,
    invariants.deposits_off,
    invariants.unwatched_money,
)


def found() -> list[str]:
    return [words for find in ALL for words in find()]


def tamper(model: Any, row_id: Any, **values: Any) -> None:
    with transaction():
        db.session.execute(update(model).where(model.id == row_id).values(**values))


def test_nothing_is_wrong_after_everything_that_may_happen() -> None:
    invoice = make_invoice(30_000)
    one = check(40_000, [(invoice.id, None)], number="1")
    two, three = check(5_000, number="2"), check(6_000, number="3")
    wire = transfer(7_000)
    deposit(one.id, two.id)
    adjust(invoice.id, 10_000)
    with transaction():
        (refund,) = refund_credit(invoice.id, why="Two cancel", by=FINANCE)
        pay_refund_check(refund.id, "501", TODAY, by=FINANCE)
        return_check(two.id, TODAY, "NSF", by=FINANCE)
        back = decide_refund(three.id, cents=6_000, why="Not ours", by=FINANCE)
        mail_back(back.id, TODAY, by=FINANCE)
        failed = decide_refund(wire.id, cents=1_000, why="Too much", by=FINANCE)
        fail_refund(failed.id, "Lost.", by=FINANCE)
        decide_refund(wire.id, cents=2_000, why="Too much", by=FINANCE)
    with transaction():
        return_check(one.id, TODAY, "NSF", by=FINANCE)

    assert found() == []


def test_money_left_alone_on_purpose_is_watched() -> None:
    check(5_000)
    (row,) = open_exceptions()
    with transaction():
        resolve_exception(row.id, "They keep it for next year.", by=FINANCE)
    assert found() == []
    tamper(MoneyException, row.id, cents=1)
    (words,) = found()
    assert "has $50.00 that belong to no invoice" in words


def test_money_that_nobody_looks_at_is_found() -> None:
    check(5_000)
    with transaction():
        db.session.execute(delete(MoneyException))
    (words,) = found()
    assert words.endswith("no exception says so.")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"refunded_cents": 1}, "counts $0.01 as refunded"),
        ({"status": PaymentStatus.DEPOSITED}, "is deposited in no deposit"),
        ({"status": PaymentStatus.RETURNED}, "is returned without a reversing entry"),
        ({"status": PaymentStatus.RECEIVED}, "is in a state that checks do not have"),
        ({"amount_cents": 5_001}, "is $50.01 of checks on hand; the books say $50.00"),
    ],
)
def test_a_check_that_was_tampered_with(values: dict[str, Any], words: str) -> None:
    tamper(Payment, check(5_000).id, **values)
    assert any(words in one for one in found()), found()


def test_a_returned_check_made_good_by_hand() -> None:
    payment = check(5_000)
    deposit(payment.id)
    with transaction():
        return_check(payment.id, TODAY, "NSF", by=FINANCE)
    tamper(Payment, payment.id, status=PaymentStatus.DEPOSITED)
    (words,) = found()
    assert "was reversed and is not marked as returned" in words


def test_a_check_on_hand_that_is_in_a_deposit() -> None:
    payment = check(5_000)
    deposit(payment.id)
    tamper(Payment, payment.id, status=PaymentStatus.ON_HAND)
    assert any("is on hand and in a deposit" in words for words in found())


@pytest.mark.parametrize("values", [{"total_cents": 5_001}, {"checks": 2}])
def test_a_deposit_that_does_not_add_up(values: dict[str, Any]) -> None:
    tamper(Deposit, deposit(check(5_000).id), **values)
    (words,) = found()
    assert words.startswith("deposit:")
    assert words.endswith("has 1 over $50.00.")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"cents": 999}, ["its refunds come to $9.99", "has refunds over $9.99 to pay out"]),
        ({"status": RefundStatus.PAID, "check_number": "5"}, ["has refunds over $0.00"]),
        ({"status": RefundStatus.FAILED}, ["come to $0.00", "has refunds over $0.00"]),
    ],
)
def test_a_refund_that_was_tampered_with(values: dict[str, Any], words: list[str]) -> None:
    payment = check(5_000)
    with transaction():
        refund = decide_refund(payment.id, cents=1_000, why="Too much", by=FINANCE)
    tamper(Refund, refund.id, **values)
    told = found()
    assert len(told) == len(words)
    assert all(part in one for part, one in zip(words, told, strict=True)), told
