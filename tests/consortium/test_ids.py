"""Ids: unguessable, and in the order in which they were given."""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

import pytest

from consortium.ids import Ids, new_id

pytestmark = pytest.mark.pure


def test_ids_sort_in_the_order_in_which_they_were_given() -> None:
    given = [new_id() for _ in range(10_000)]

    assert given == sorted(given)
    assert len(set(given)) == len(given)
    assert [one.hex for one in given] == sorted(one.hex for one in given)  # as SQLite keeps them


def test_an_id_is_of_version_7_and_tells_its_moment() -> None:
    before = time.time()
    one = new_id()

    assert (one.version, one.variant) == (7, RFC_4122)
    assert before - 0.001 <= (one.int >> 80) / 1000 <= time.time()


def test_a_clock_that_goes_back_does_not_change_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = Ids()
    moments = iter((2_000_000_000, 1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(time, "time_ns", lambda: next(moments))

    given = [ids.next() for _ in range(3)]

    assert given == sorted(given)


def test_threads_never_get_the_same_place() -> None:
    ids = Ids()
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: ids.next(), range(4_000)))

    assert len({one.int >> 64 for one in given}) == len(given)
