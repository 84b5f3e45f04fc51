import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cohorts.matching.engine import scan as scanning
from cohorts.matching.engine import search as searching
from cohorts.matching.engine.bidding import bid
from cohorts.matching.engine.crowd import crowd_of
from cohorts.matching.engine.prices import bound_of, without_groups
from cohorts.matching.engine.scan import Scan, all_pairs
from cohorts.matching.engine.search import Search
from cohorts.matching.engine.weights import Weights
from tests.cohorts.matching.engine.judging import best_of_all, crowded, faults, possible

pytestmark = pytest.mark.pure
TRIED = 13  # pairs of which all matchings are tried


def found(people, **options):
    search = Search(crowd=crowd_of(people, Weights()), **options)
    search.run()
    return search


def pairs_of(search):
    return [
        (search.crowd.people[one].id, search.crowd.people[other].id)
        for one, other, _ in search.best.pairs
    ]


@given(st.integers(2, 9), st.integers(0, 10_000), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_few_people_get_the_best_of_all_matchings(number, seed, most):
    people = crowded(number, seed, most=most)
    assume(len(possible(people)) <= TRIED)
    search = found(people)
    assert faults(people, pairs_of(search)) == []
    assert (search.best.covered, search.best.weight) == best_of_all(people)
    assert search.best.proven or not search.best.pairs


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_people_keep_every_rule_and_come_near_the_bound(seed):
    people = crowded(300, seed, leas=90)
    search = found(people)
    assert faults(people, pairs_of(search)) == []
    allowed = possible(people)
    assert search.best.weight == sum(allowed[pair] for pair in pairs_of(search))
    assert 0.995 <= search.best.weight / search.bound <= 1


@pytest.mark.parametrize("seed", [4, 5])
def test_nobody_is_left_out_whom_a_table_of_all_pairs_would_cover(seed, monkeypatch):
    people = crowded(250, seed, leas=60, most=1)
    whole = found(people)
    monkeypatch.setattr(searching, "TABLE", 10)
    scanned = found(people)
    assert faults(people, pairs_of(scanned)) == []
    assert scanned.best.covered == whole.best.covered
    assert scanned.best.weight >= 0.995 * whole.best.weight


def test_a_scan_finds_what_a_table_finds():
    people = crowded(400, 7, leas=100)
    crowd = crowd_of(people, Weights())
    table, scan = all_pairs(crowd), Scan(crowd)
    prices = bid(crowd, table, np.zeros(crowd.size, np.float32), np.inf, 30)
    for margin in (0.0, 25.0, 2000.0):
        near = scan.near(prices, margin)
        beyond = table.weights - prices[table.ones] - prices[table.others]
        wanted = table.where(beyond >= -margin)
        assert set(near.ends()) == set(wanted.ends())
        assert len(set(near.ends())) == len(near.ones)


def test_prices_prove_a_bound_on_every_matching():
    people = crowded(7, 12, leas=6)
    best = best_of_all(people)[1]
    crowd = crowd_of(people, Weights())
    chance = np.random.default_rng(1)
    for _ in range(20):
        prices = chance.uniform(0, 400, crowd.size)
        bound = bound_of(crowd, without_groups(prices), all_pairs(crowd))
        assert bound >= best > 0


def test_the_same_people_give_the_same_matching_in_whatever_order_they_come():
    people = crowded(120, 3)
    once, again = found(people), found(list(reversed(people)))
    assert once.best == again.best


def test_nobody_at_all_and_nobody_who_consents():
    assert found([]).best.pairs == ()
    alone = [person for person in crowded(30, 1) if not person.consents]
    assert found(alone).best.pairs == ()


def test_a_search_that_has_no_time_ends_with_a_matching_that_keeps_the_rules(monkeypatch):
    monkeypatch.setattr(searching, "TABLE", 10)
    people = crowded(300, 2, leas=90)
    hurried, calm = found(people, deadline=0.0, clock=lambda: 1.0), found(people)
    assert faults(people, pairs_of(hurried)) == []
    assert hurried.best.pairs
    assert hurried.best.weight <= calm.best.weight


def test_more_time_finds_the_best_where_a_matching_is_larger(monkeypatch):
    monkeypatch.setattr(searching, "FEW", 10)
    people = crowded(60, 9)
    ticks = itertools.count()
    patient = found(people, deadline=1e9, clock=lambda: next(ticks) / 1000)
    monkeypatch.setattr(searching, "FEW", 4000)
    best = found(people)
    assert patient.best.proven
    assert (patient.best.covered, patient.best.weight) == (best.best.covered, best.best.weight)


def test_who_stops_the_search_keeps_the_best_so_far():
    people = crowded(200, 5)

    def stop(step, _share):
        if step == "chains":
            raise KeyboardInterrupt

    search = Search(crowd=crowd_of(people, Weights()), said=stop)
    with pytest.raises(KeyboardInterrupt):
        search.run()
    assert search.best.pairs
    assert faults(people, pairs_of(search)) == []


@pytest.mark.parametrize("most_pairs", [150_000, 1_000])
def test_people_who_are_all_alike_get_their_peers_without_a_table_of_everyone(
    most_pairs, monkeypatch
):
    monkeypatch.setattr(searching, "FULL", most_pairs)
    monkeypatch.setattr(scanning, "MOST", 20_000)
    alike = crowded(1, 2)[0]
    people = [
        replace(alike, id=f"P{n:03d}", lea=f"D{n:03d}", goals=("a",), most=3, never=frozenset())
        for n in range(300)
    ]
    search = found(people)
    assert faults(people, pairs_of(search)) == []
    assert search.best.covered == 300
    assert len(search.best.pairs) >= 448  # of 450 at most
