"""Whoever came first goes first, and whoever gives up holds up nobody."""

import threading
from time import monotonic, sleep

import pytest

from consortium.turns import Turns

pytestmark = pytest.mark.pure

ENOUGH = 10.0


def wait_until(turns: Turns, waiting: int) -> None:
    """Wait until so many stand in line."""
    end = monotonic() + ENOUGH
    while len(turns._waiting) < waiting:
        assert monotonic() < end
        sleep(0.001)


def test_turns_come_in_the_order_of_arrival() -> None:
    turns, came = Turns(), []

    def go(number: int) -> None:
        assert turns.take(ENOUGH)
        came.append(number)
        turns.end()

    assert turns.take(0)
    threads = [threading.Thread(target=go, args=(number,)) for number in range(8)]
    for number, thread in enumerate(threads, start=1):
        thread.start()
        wait_until(turns, number)
    turns.end()
    for thread in threads:
        thread.join()

    assert came == list(range(8))


def test_who_gives_up_leaves_the_line_and_the_next_gets_the_turn() -> None:
    turns, got = Turns(), []
    assert turns.take(0)

    assert not turns.take(0.01)
    patient = threading.Thread(target=lambda: got.append(turns.take(ENOUGH)))
    patient.start()
    wait_until(turns, 1)
    turns.end()
    patient.join()

    assert got == [True]
    assert not turns.take(0.01)
    turns.end()
    assert turns.take(0)
