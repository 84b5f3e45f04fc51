import json
import random
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.matching.engine.teams.cardinality import most_pairs, shortage
from cohorts.matching.engine.teams.items import CannotSeat
from cohorts.matching.engine.teams.pair_costs import Partner, costs
from cohorts.matching.engine.teams.pair_lp import cheapest_pairs
from cohorts.matching.engine.teams.partners import PairWish, pair_up

pytestmark = pytest.mark.pure


def best_of(cost, allowed):
    """Most pairs, then least cost, of all ways to pair."""

    @cache
    def rest(left):
        if not left:
            return (0, 0)
        first, others = left[0], left[1:]
        options = [rest(others)]
        for other in others:
            if allowed[first][other]:
                pairs, price = rest(tuple(i for i in others if i != other))
                options.append((pairs - 1, price + cost[first][other]))
        return min(options)

    pairs, price = rest(tuple(range(len(cost))))
    return -pairs, price


@st.composite
def tables(draw, most=10):
    size = draw(st.integers(2, most))
    cost = np.zeros((size, size), dtype=np.int64)
    allowed = np.zeros((size, size), dtype=bool)
    for a, b in combinations(range(size), 2):
        cost[a, b] = cost[b, a] = draw(st.integers(0, 12))
        allowed[a, b] = allowed[b, a] = draw(st.integers(0, 3)) > 0
    return cost, allowed


@settings(max_examples=150, deadline=None)
@given(tables())
def test_most_pairs_at_least_cost(table):
    cost, allowed = table
    partner = most_pairs(allowed)
    start = [(i, other) for i, other in enumerate(partner) if other > i]
    pairs, price = best_of(cost.tolist(), allowed.tolist())
    assert len(start) == pairs
    if start:
        best = cheapest_pairs(cost, allowed, start)
        assert (len(best.pairs), best.cost, best.bound) == (pairs, price, price)
        assert len({i for pair in best.pairs for i in pair}) == 2 * pairs
        assert all(allowed[pair] for pair in best.pairs)
    short = shortage(allowed, partner)
    over = len(cost) - 2 * pairs
    if short is None:
        assert over == 0
    else:
        assert len(short.groups) - len(short.hubs) == over
        assert all(len(group) % 2 for group in short.groups)
        for one, other in combinations(short.groups, 2):
            assert not any(allowed[a, b] for a in one for b in other)


def two_cycles_of_five():
    """Ten in two rings, far apart: no fraction helps but the odd sets."""
    cost = np.full((10, 10), 100)
    for ring in (range(5), range(5, 10)):
        for n, a in enumerate(ring):
            b = ring[(n + 1) % 5]
            cost[a, b] = cost[b, a] = 1
    return cost


def test_odd_rings_need_odd_sets():
    cost = two_cycles_of_five()
    allowed = ~np.eye(10, dtype=bool)
    best = cheapest_pairs(cost, allowed, [(n, n + 5) for n in range(5)])
    assert (best.cost, best.bound) == (104, 104)


def test_hard_ties_are_proven_too():
    lot = random.Random(3)
    spots = [(lot.randrange(12), lot.randrange(12)) for _ in range(60)]
    cost = np.array([[abs(a - c) + abs(b - d) for c, d in spots] for a, b in spots])
    allowed = ~np.eye(60, dtype=bool)
    best = cheapest_pairs(cost, allowed, [(n, n + 1) for n in range(0, 60, 2)])
    assert (best.cost, best.bound) == (37, 37)


def test_the_proved_optimum_of_real_districts(proved_pairs):
    for file in proved_pairs:
        problem = json.loads(file.read_text())
        check_proved(problem)


def check_proved(problem):
    teams = [
        Partner(id=d["leaid"], state=d["state"], enrollment=d["enrollment"], locale=d["locale"])
        for d in problem["districts"]
    ]
    pairing = pair_up(teams, PairWish())
    assert (pairing.cost, pairing.bound, pairing.alone) == (
        problem["optimum"],
        problem["optimum"],
        (),
    )
    price = costs(sorted(teams, key=lambda team: team.id))
    place = {id_: n for n, id_ in enumerate(sorted(team.id for team in teams))}
    assert (
        sum(price[place[a], place[b]] for a, b in problem["example_optimal_pairs"]) == pairing.cost
    )


def some(number, state="CA", start=0):
    return [
        Partner(id=f"T{n:02d}", state=state, enrollment=500 + 10 * n, locale="41")
        for n in range(start, start + number)
    ]


def pairs_of(pairing):
    return {frozenset(group.teams) for group in pairing.groups}


def test_a_third_joins_where_the_number_is_odd_and_can_stay_alone_instead():
    teams = some(3, "CA") + some(2, "NJ", 3)
    sizes = sorted(len(group.teams) for group in pair_up(teams, PairWish(other_state=False)).groups)
    assert sizes == [2, 3]
    alone = pair_up(teams, PairWish(other_state=False, threes=False)).alone
    assert [each.why for each in alone] == ["odd"]


def test_too_many_of_a_state_are_told_so():
    pairing = pair_up(some(5, "CA") + some(2, "NJ", 5), PairWish())
    assert len(pairing.groups) == 2
    assert {(each.why, each.rivals, each.partners) for each in pairing.alone} == {("few", 5, 2)}
    assert {each.why for each in pair_up(some(3), PairWish()).alone} == {"nobody"}


def test_locks_and_former_pairs():
    teams = some(4, "CA") + some(4, "NJ", 4)
    former = pairs_of(pair_up(teams, PairWish()))
    partner = next(id_ for id_ in ("T06", "T07") if {"T00", id_} not in former)
    pinned = frozenset({"T00", partner})
    wish = PairWish(pinned=(pinned,), apart=(frozenset({"T02", "T04"}),), former=tuple(former))
    pairing = pair_up(teams, wish)
    assert pinned in pairs_of(pairing)
    assert frozenset({"T02", "T04"}) not in pairs_of(pairing)
    late = pair_up([*teams, *some(1, "VT", 9), *some(1, "ME", 10)], PairWish(former=tuple(former)))
    assert late.changed == 0
    assert former < pairs_of(late)


def test_past_partners_never_meet_again():
    one, other, *rest = some(2, "CA") + some(2, "NJ", 2)
    one = Partner(id=one.id, state="CA", enrollment=500, past=frozenset({"T03"}))
    assert frozenset({"T00", "T02"}) in pairs_of(pair_up([one, other, *rest], PairWish()))


def test_a_shared_first_goal_is_worth_a_doubling():
    teams = [
        Partner(id=id_, state=id_, enrollment=size, goals=goals)
        for id_, size, goals in [
            ("a", 100, ("x",)), ("b", 100, ("y",)), ("c", 150, ("x",)), ("d", 150, ("y",)),
        ]
    ]  # fmt: skip
    assert pairs_of(pair_up(teams, PairWish())) == {frozenset("ac"), frozenset("bd")}


def test_pins_that_contradict():
    two = (frozenset({"T00", "T01"}), frozenset({"T00", "T02"}))
    with pytest.raises(CannotSeat, match="two_partners"):
        pair_up(some(4), PairWish(pinned=two))
    with pytest.raises(CannotSeat, match="pinned_and_apart"):
        pair_up(some(4), PairWish(pinned=two[:1], apart=two[:1]))
