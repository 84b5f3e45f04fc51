"""What no rule settles is opened once, told once, and stays until someone says what was done."""

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.ids import new_id
from consortium.outbox.models import OutboxEmail
from events.invoices.domain import MoneyRefused
from events.payments.domain import ExceptionKind
from events.payments.models import MoneyException
from events.payments.service import exceptions
from events.payments.service.assigning import apply_payment
from events.payments.service.exceptions import (
    open_exception,
    open_exceptions,
    resolve_exception,
    resolved_exceptions,
)
from events.payments.service.refunds import decide_refund
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import check, waiting
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("tenant")


def differ(words: str = "They differ by $5.00.") -> MoneyException:
    with transaction():
        return open_exception(ExceptionKind.DIFFERENCE, "stripe:today", cents=500, words=words)


def resolve(row: MoneyException, words: str = "A fee of theirs.") -> None:
    with transaction():
        resolve_exception(row.id, words, by=FINANCE)


def test_the_same_thing_is_open_once_and_told_once() -> None:
    make_person("fin@example.org", staff="finance")

    assert differ().id == differ("Again.").id

    assert waiting() == [(ExceptionKind.DIFFERENCE, 500)]
    assert len(db.session.scalars(select(OutboxEmail)).all()) == 1


def test_who_comes_second_at_the_same_moment_finds_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = differ()
    look, looks = exceptions._open_one, iter([None])
    monkeypatch.setattr(exceptions, "_open_one", lambda *of: next(looks, look(*of)))

    assert differ().id == first.id
    assert len(open_exceptions()) == 1


def test_what_is_settled_may_come_again() -> None:
    first = differ()
    resolve(first)
    assert differ().id != first.id
    assert [row.resolution for row in resolved_exceptions()] == ["A fee of theirs."]


def test_it_is_settled_once_with_words_and_on_record() -> None:
    row = differ()
    with pytest.raises(MoneyRefused, match="what was done"):
        resolve(row, "  ")
    resolve(row)
    with pytest.raises(MoneyRefused, match="a moment ago"):
        resolve(row)
    with pytest.raises(NotFound), transaction():
        resolve_exception(new_id(), "x", by=FINANCE)
    acts = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "resolve_exception"))
    assert [act.after["resolution"] for act in acts] == ["A fee of theirs."]


def test_a_mail_that_is_not_out_yet_ends_with_it() -> None:
    make_person("fin@example.org", staff="finance")
    resolve(differ())
    (mail,) = db.session.scalars(select(OutboxEmail)).all()
    assert mail.outcome == "superseded"


def test_it_says_what_is_left_and_ends_when_nothing_is() -> None:
    payer = make_payer()
    payment = check(30_000, payer_id=payer.id)
    invoice = make_invoice(10_000, payer)
    with transaction():
        apply_payment(payment.id, [(invoice.id, None)], by=FINANCE)
    (row,) = open_exceptions()
    assert (row.cents, "$200.00 belongs to no invoice yet" in row.words) == (20_000, True)

    with transaction():
        decide_refund(payment.id, cents=20_000, why="Too much", by=FINANCE)

    assert waiting() == []
    (row,) = resolved_exceptions()
    assert (row.resolved_by, row.cents) == (FINANCE, 20_000)
