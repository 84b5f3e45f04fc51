import random
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings

from cohorts.matching.domain.peers import find_peers
from cohorts.matching.domain.values import Matching, Participant, Rules
from cohorts.matching.domain.weighing import possible, score_table, terms_of
from scripts.bench.peers import bound, invent
from tests.cohorts.matching.invented import best_of_all, groups, rule_sets, someone

pytestmark = pytest.mark.pure
slow = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def assert_keeps_the_hard_rules(
    matching: Matching, people: list[Participant], rules: Rules
) -> None:
    """Both agreed, different units, no repeats, ``each``, one per unit, everyone accounted for."""
    by_id = {person.id: person for person in people}
    peers = defaultdict(list)
    for pair in matching.pairs:
        first, second = by_id[pair.first], by_id[pair.second]
        assert pair.first < pair.second
        assert first.consents
        assert second.consents
        assert rules.unit_of(first) != rules.unit_of(second)
        assert second.id not in first.past | first.barred
        assert first.id not in second.past | second.barred
        peers[first.id].append(second)
        peers[second.id].append(first)
    assert len({(pair.first, pair.second) for pair in matching.pairs}) == len(matching.pairs)
    for own in peers.values():
        assert len(own) <= rules.each
        assert len({rules.unit_of(peer) for peer in own}) == len(own)
    agreed = {person.id for person in people if person.consents}
    assert set(peers) | {out.id for out in matching.left_out} == agreed
    assert not set(peers) & {out.id for out in matching.left_out}


def edges(people: list[Participant], rules: Rules) -> int:
    return sum(possible(a, b, rules) for n, a in enumerate(people) for b in people[n + 1 :])


@slow
@given(groups(), rule_sets)
def test_every_matching_keeps_the_hard_rules_and_covers_as_many_as_can_be(
    people: list[Participant], rules: Rules
) -> None:
    assume(edges(people, rules) <= 16)

    matching = find_peers(people, rules)

    assert_keeps_the_hard_rules(matching, people, rules)
    covered, weight = best_of_all(people, rules)
    assert len(matching.covered) == covered
    assert matching.weight >= 0.9 * weight


@settings(slow, max_examples=25)
@given(groups())
def test_the_result_does_not_depend_on_the_order_of_the_people(people: list[Participant]) -> None:
    shuffled = random.Random(len(people)).sample(people, len(people))

    assert find_peers(shuffled, Rules()) == find_peers(people, Rules())


@slow
@given(groups(), rule_sets)
def test_the_table_of_scores_says_what_each_pair_says(
    people: list[Participant], rules: Rules
) -> None:
    assume(people)
    table = score_table(people, rules).tolist()

    for one, row in zip(people, table, strict=True):
        for other, score in zip(people, row, strict=True):
            expected = terms_of(one, other, rules).total if possible(one, other, rules) else -1
            assert score == expected


def test_small_groups_come_out_best_nearly_always() -> None:
    chance = random.Random(7)
    ratios = []
    for seed in range(40):
        people = invent(7, seed)
        rules = Rules(each=chance.choice((1, 2, 3)))
        if edges(people, rules) > 15:
            continue
        covered, weight = best_of_all(people, rules)
        matching = find_peers(people, rules)
        assert len(matching.covered) == covered
        if weight:
            ratios.append(matching.weight / weight)

    assert len(ratios) >= 12
    assert sum(ratio == 1 for ratio in ratios) >= 0.95 * len(ratios)


def test_one_hundred_and_fifty_people_all_get_peers_near_the_bound() -> None:
    people = invent(150, seed=1)

    matching = find_peers(people, Rules())

    assert_keeps_the_hard_rules(matching, people, Rules())
    assert matching.left_out == ()
    assert matching.weight >= 0.97 * bound(people, Rules())


def test_people_who_are_all_alike_share_the_places_evenly() -> None:
    people = [someone(f"p{n:03d}", f"{n // 2:07d}") for n in range(120)]

    matching = find_peers(people, Rules())

    assert_keeps_the_hard_rules(matching, people, Rules())
    counts = Counter(id_ for pair in matching.pairs for id_ in (pair.first, pair.second))
    assert set(counts.values()) == {3}


def test_the_same_role_comes_before_everything_else() -> None:
    people = [
        someone("a", "0000001", goals=frozenset({"Literacy", "Safety"})),
        someone("b", "0000002", "teacher", goals=frozenset({"Literacy", "Safety"})),
        someone("c", "0000003"),
    ]

    first = find_peers(people, Rules(each=1))
    anyhow = find_peers([*people, someone("d", "0000004", "teacher")], Rules(each=1))

    assert [(pair.first, pair.second) for pair in first.pairs] == [("a", "c")]
    assert [out.id for out in first.left_out] == ["b"]
    assert [(pair.first, pair.second) for pair in anyhow.pairs] == [("a", "c"), ("b", "d")]


def test_coverage_comes_before_the_scores() -> None:
    """The best pair is a-b; but then c and d, who fit nobody else, would stay alone."""
    people = [
        someone("a", "0000001", goals=frozenset({"Literacy"})),
        someone("b", "0000002", goals=frozenset({"Literacy", "Safety"})),
        someone("c", "0000003", "teacher", goals=frozenset({"Literacy"}), past=frozenset("b")),
        someone("d", "0000001", "parent", goals=frozenset({"Safety"})),
    ]

    matching = find_peers(people, Rules(each=1))

    assert [(pair.first, pair.second) for pair in matching.pairs] == [("a", "c"), ("b", "d")]
    assert matching.left_out == ()


def test_a_long_chain_of_exchanges_leaves_nobody_out() -> None:
    """People on a line who fit only their neighbours: greedy pairs break it, exchanges mend it."""
    names = [f"p{n:02d}" for n in range(30)]
    goals: dict[str, set[str]] = {name: set() for name in names}
    for n, (one, other) in enumerate(pairwise(names)):
        goals[one].add(f"Goal {n}")
        goals[other].add(f"Goal {n}")
    people = [
        someone(
            name,
            f"{n:07d}",
            f"role{n}",
            goals=frozenset(goals[name]),
            enrollment=2000 if n % 3 else None,  # some pairs weigh more than their neighbours
        )
        for n, name in enumerate(names)
    ]

    matching = find_peers(people, Rules(each=1))

    assert len(matching.pairs) == 15
    assert matching.left_out == ()


def test_a_person_meets_nobody_twice_and_nobody_of_one_lea_twice() -> None:
    people = [
        someone("a", "0000001", past=frozenset({"b"})),
        someone("b", "0000002"),
        someone("c", "0000003"),
        someone("d", "0000003"),
    ]

    matching = find_peers(people, Rules(each=3))

    assert_keeps_the_hard_rules(matching, people, Rules())
    assert ("a", "b") not in {(pair.first, pair.second) for pair in matching.pairs}
    assert matching.left_out == ()


@pytest.mark.parametrize(
    ("people", "rules", "why"),
    [
        (
            [someone("a", "0000001")],
            Rules(),
            "Nobody from another LEA agreed to be matched.",
        ),
        (
            [someone("a", "0000001"), someone("b", "0000002", consents=False)],
            Rules(),
            "Nobody from another LEA agreed to be matched.",
        ),
        (
            [someone("a", "0000001", site="North"), someone("b", "0000001", site="North")],
            Rules(same_lea_allowed=True),
            "Nobody from another site agreed to be matched.",
        ),
        (
            [someone("a", "0000001"), someone("b", "0000002", "teacher")],
            Rules(),
            (
                "Nobody from another LEA with the same role, a role close to it, or a shared goal "
                "agreed to be matched."
            ),
        ),
        (
            [someone("a", "0000001"), someone("b", "0000001", "teacher", site="North")],
            Rules(same_lea_allowed=True),
            (
                "Nobody from another site with the same role, a role close to it, or a shared goal "
                "agreed to be matched."
            ),
        ),
        (
            [someone("a", "0000001"), someone("b", "0000002", past=frozenset("a"))],
            Rules(),
            "Everyone who would fit has been their peer before, or works with them.",
        ),
        (
            [someone("a", "0000003"), someone("b", "0000001"), someone("c", "0000002")],
            Rules(each=1),
            "Everyone who would fit already has all the peers they can have.",
        ),
    ],
)
def test_someone_left_out_is_told_why(people: list[Participant], rules: Rules, why: str) -> None:
    matching = find_peers(people, rules)

    assert {str(out.why) for out in matching.left_out} == {why}


def test_nobody_who_did_not_agree_is_spoken_of() -> None:
    people = [someone("a", "0000001", consents=False), someone("b", "0000002", consents=False)]

    assert find_peers(people, Rules()) == Matching(pairs=(), left_out=())


def test_everyone_needs_a_place_for_a_peer() -> None:
    with pytest.raises(ValueError, match="at least one place"):
        Rules(each=0)


def test_the_seed_changes_the_search_but_never_the_rules() -> None:
    people = invent(24, seed=3)

    for seed in (1, 2):
        matching = find_peers(people, Rules(), seed=seed)
        assert matching == find_peers(people, Rules(), seed=seed)
        assert_keeps_the_hard_rules(matching, people, Rules())
        assert matching.left_out == ()
