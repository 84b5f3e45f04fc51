"""The facts of a payment follow from what was told, not from when."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.adapters.stripe_gateway.answers import REFERENCE as OF_THE_ADAPTER
from events.payments.domain import PaymentStatus
from events.payments.service.stripe.facts import Told, facts_of
from events.payments.service.stripe.kept import KNOWN, REFERENCE

pytestmark = pytest.mark.pure

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
CHARGES = st.sampled_from([None, "ch_1", "ch_2"])


@st.composite
def a_message(draw: st.DrawFn) -> Told:
    kind = draw(st.sampled_from(sorted(KNOWN - {"asked.payment", "listed.refund"})))
    said: dict[str, object] = {
        "reference": draw(st.sampled_from([None, "ours"])),
        "cents": 100,
        "currency": "usd",
        "id": draw(st.sampled_from(["a", "b"])),
        "status": draw(st.sampled_from(["succeeded", "pending", "failed", "complete", "expired"])),
        "payment_status": draw(st.sampled_from(["paid", "unpaid"])),
        "charge": draw(CHARGES),
        "method": "card",
        "ending": "4242",
        "failure": "",
        "reason": "",
        "withdrawn": draw(st.sampled_from([0, 100])),
        "reinstated": draw(st.sampled_from([0, 100])),
    }
    return Told(kind=kind, at=AT + timedelta(seconds=draw(st.integers(0, 2))), said=said)


@given(st.lists(a_message(), max_size=8), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(messages: list[Told], chance: object) -> None:
    again = [*messages, *messages]
    chance.shuffle(again)  # type: ignore[attr-defined]

    assert facts_of(again) == facts_of(messages)


@given(st.lists(a_message(), max_size=6), a_message())
def test_money_that_arrived_is_never_merely_on_its_way_again(
    messages: list[Told], more: Told
) -> None:
    before = facts_of(messages).status
    after = facts_of([*messages, more]).status

    if before in {PaymentStatus.RECEIVED, PaymentStatus.FAILED}:
        assert after is not None
    if before is PaymentStatus.RECEIVED:
        assert after is not PaymentStatus.PROCESSING


def test_the_reference_is_the_one_that_the_adapter_writes() -> None:
    assert REFERENCE == OF_THE_ADAPTER
