"""What goes back of which payment: properties of the plan."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.payments.domain import BY_STRIPE, HELD, PaymentKind, PaymentStatus, RefundWay
from events.payments.domain.refunding import NotEnough, Source, refund_plan

pytestmark = pytest.mark.pure


def source(n: int, cents: int, kind: PaymentKind = PaymentKind.CHECK, **values: object) -> Source:
    told = {
        "status": PaymentStatus.RECEIVED,
        "received_on": date(2026, 3, n),
        "amount_cents": cents,
        "applied_cents": cents,
        **values,
    }
    return Source(payment_id=UUID(int=n), kind=kind, **told)  # type: ignore[arg-type]


@st.composite
def sources(draw: st.DrawFn) -> list[Source]:
    made = []
    for n in range(1, draw(st.integers(1, 8)) + 1):
        cents = draw(st.integers(1, 100_000))
        made.append(
            source(
                n,
                cents,
                draw(st.sampled_from(PaymentKind)),
                status=draw(st.sampled_from(sorted(HELD))),
                received_on=date(2026, 3, draw(st.integers(1, 5))),
                applied_cents=draw(st.integers(0, cents)),
            )
        )
    return made


@given(sources(), st.data())
def test_a_plan_gives_back_exactly_what_was_asked_within_each_payment(
    some: list[Source], data: st.DataObject
) -> None:
    there = sum(one.applied_cents for one in some)
    cents = data.draw(st.integers(0, there))

    plan = refund_plan(cents, some)

    by_id = {one.payment_id: one for one in some}
    assert sum(one.cents for one in plan) == cents
    assert len({one.payment_id for one in plan}) == len(plan)
    for one in plan:
        of = by_id[one.payment_id]
        assert 0 < one.cents <= of.applied_cents
        assert (one.way is RefundWay.STRIPE) == (of.kind in BY_STRIPE)
        assert (one.way is RefundWay.MAIL_BACK) == (
            of.kind is PaymentKind.CHECK
            and of.status is PaymentStatus.ON_HAND
            and one.cents == of.amount_cents
        )
    used = [by_id[one.payment_id] for one in plan]
    assert used == sorted(used, key=lambda of: of.kind not in BY_STRIPE)
    assert refund_plan(cents, reversed(some)) == plan


@given(sources())
def test_more_than_came_never_goes_back(some: list[Source]) -> None:
    with pytest.raises(NotEnough):
        refund_plan(sum(one.applied_cents for one in some) + 1, some)


def test_the_card_comes_first_then_the_newest_check() -> None:
    """A partial payment by card, check and another check."""
    card = source(1, 10_000, PaymentKind.CARD)
    old, new = source(2, 20_000), source(3, 20_000, status=PaymentStatus.ON_HAND)

    plan = refund_plan(35_000, [old, new, card])

    assert [(one.payment_id, one.cents, one.way) for one in plan] == [
        (card.payment_id, 10_000, RefundWay.STRIPE),
        (new.payment_id, 20_000, RefundWay.MAIL_BACK),
        (old.payment_id, 5_000, RefundWay.CHECK),
    ]


def test_a_part_of_a_check_on_hand_is_written_anew() -> None:
    (one,) = refund_plan(19_999, [source(1, 20_000, status=PaymentStatus.ON_HAND)])
    assert one.way is RefundWay.CHECK
