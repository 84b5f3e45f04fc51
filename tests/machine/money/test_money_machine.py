"""Short random histories of money in each run; scripts/bench/money_machine.py tells long ones."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from consortium import clock
from events.billing.domain.splitting import Basis
from tests.machine.money.cards import MoneyHistory

pytestmark = pytest.mark.usefixtures("app", "database")

EVERY = {
    "accept", "answer lost", "apply", "bank: fail", "bank: settle", "cancel", "change payer",
    "close", "concede", "decline", "delivered by the worker", "delivered in order",
    "delivered shuffled", "delivered some are lost", "delivered twice", "deposit", "dispute",
    "dispute won", "kept at the cut-off", "fail", "go on with order", "goes back", "join",
    "leave", "move", "order", "page is over", "paid, bank", "paid, card", "paid, other amount",
    "paid, other currency", "pause", "pay", "record", "refund", "refund made",
    "refund refused", "refunded by hand",
    "reminded", "reopen", "return", "share", "substitute", "sweep", "write off",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock_of_histories(monkeypatch: pytest.MonkeyPatch) -> None:
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    monkeypatch.setattr(MoneyHistory, "set_clock", staticmethod(set_clock), raising=False)
    MoneyHistory.done.clear()


def test_whatever_becomes_of_money_the_books_come_to_plain_sums() -> None:
    run_state_machine_as_test(
        MoneyHistory,
        settings=settings(
            max_examples=4,
            stateful_step_count=25,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_each_act_is_done_once_and_the_books_come_to_plain_sums(app: Flask) -> None:
    """What random histories are made of: none of it is left out, or only ever refused."""
    one = MoneyHistory()
    one.begin()
    acts: list[Callable[[], object]] = [
        lambda: one.shares(0, Basis.SEATS, 1),
        lambda: one.accepts(0, second=True),
        lambda: one.joins(0, "principal"),
        lambda: one.is_replaced(0, 1),
        lambda: one.leaves(0, 2),
        lambda: one.delivers("shuffled", 1),
        lambda: one.orders(3, here=False),
        lambda: one.pauses(3, 2, on=True),
        lambda: one.comes(12_345, 0, whole=False, is_check=True, known=False),
        lambda: one.comes(100, 0, whole=False, is_check=False, known=False),
        lambda: one.comes_absurdly(-1, is_check=True, minded=True),
        lambda: one.deposits({0}),
        lambda: one.applies(0, 3),
        lambda: one.moves(0, 1, 3, aside=True),
        lambda: one.refunds(9, 9, "one", mail=False),
        lambda: one.refunds(9, 9, "over", mail=False),
        lambda: one.pays_out(2),
        lambda: one.does_not_go_back(1, fails=True),
        lambda: one.bounces(3),
        lambda: one.bounces(0),
        lambda: one.bills_beside(100, minded=True),
        lambda: one.orders(4, here=True),
        lambda: one.orders_go_on(1, closes=False),
        lambda: one.pays(0, "card", at_once=False),
        lambda: one.pays(1, "other amount", at_once=True),
        lambda: one.bank_decides(0, "settle"),
        lambda: one.delivers("by the worker", 2),
        lambda: one.disputes(0, part=True),
        lambda: one.delivers("twice", 3),
        lambda: one.dispute_ends(0, won=True),
        lambda: one.concedes(2, 12_345),
        lambda: one.concedes(0, 100),
        one.credits_go_back,
        lambda: one.asks_for_refunds(answer_is_lost=True),
        lambda: one.asks_for_refunds(answer_is_lost=False),
        lambda: one.delivers("some are lost", 4),
        lambda: one.pays_later(0, "card"),
        lambda: one.orders(3, here=False),  # the first was paid, and is awaited no more
        lambda: one.waits(6),
        lambda: one.waits(6),
        one.cut_off,
        lambda: one.pays(3, "bank", at_once=True),
        lambda: one.bank_decides(0, "fail"),
        lambda: one.delivers("in order", 5),
        one.reminds,
        lambda: one.closes_a_month(minded=True),
        lambda: one.reopens_a_month(minded=True),
        lambda: one.another_pays(1, second=False, minded=True),
        lambda: one.declines(1, second=True, minded=True),
        lambda: one.writes_off(4, minded=True),
        lambda: one.shares(0, Basis.PERCENT, 1),
        lambda: one.joins(0, "principal"),
        lambda: one.pays(1, "other currency", at_once=True),
        one.closes_pages,
        one.reconciles,
        lambda: one.host_cancels(minded=True),
    ]
    for act in acts:
        act()
        one.the_books_are_right()
    one.teardown()

    assert EVERY - set(one.done) == set()
