from dataclasses import replace

import pytest

from cohorts.matching.engine.crowd import crowd_of
from cohorts.matching.engine.rematch import rematch
from cohorts.matching.engine.search import Search
from cohorts.matching.engine.weights import Weights
from tests.cohorts.matching.engine.judging import crowded, faults

pytestmark = pytest.mark.pure
PEOPLE = crowded(240, 21, leas=80)


def crowd_and_numbers(people):
    crowd = crowd_of(people, Weights())
    return crowd, {person.id: number for number, person in enumerate(crowd.people)}


@pytest.fixture(scope="module")
def former():
    """Return the ids of a matching's pairs."""
    search = Search(crowd=crowd_of(PEOPLE, Weights()))
    search.run()
    people = search.crowd.people
    return [(people[one].id, people[other].id) for one, other, _ in search.best.pairs]


def again(people, former, **named):
    """Match again, all by ids; return the pairs and the faults."""
    crowd, number = crowd_and_numbers(people)

    def numbers(pairs):
        return [(number[one], number[other]) for one, other in pairs]

    options = {name: numbers(pairs) for name, pairs in named.items() if name != "newcomers"}
    options["newcomers"] = [number[id_] for id_ in named.get("newcomers", ())]
    chosen = rematch(crowd, numbers(former), **options)
    pairs = [(crowd.people[one].id, crowd.people[other].id) for one, other, _ in chosen.pairs]
    assert faults(people, pairs) == []
    return pairs


def test_without_a_change_everything_stays(former):
    assert again(PEOPLE, former) == former


def test_a_newcomer_gets_peers_and_hardly_anything_changes(former):
    newcomer = replace(PEOPLE[3], id="P9999", lea="New", never=frozenset(), consents=True, most=3)
    pairs = again([*PEOPLE, newcomer], former, newcomers=["P9999"])
    assert sum("P9999" in pair for pair in pairs) == 3
    assert len(set(former) - set(pairs)) <= 6


def test_an_accepted_pair_is_never_broken_for_a_newcomer(former):
    newcomer = replace(PEOPLE[3], id="P9999", lea="New", never=frozenset(), consents=True, most=3)
    pairs = again([*PEOPLE, newcomer], former, accepted=former, newcomers=["P9999"])
    assert set(former) <= set(pairs)


def test_a_pinned_pair_is_in_and_the_rest_stays(former):
    crowd, number = crowd_and_numbers(PEOPLE)
    name = {at: id_ for id_, at in number.items()}
    met = {frozenset(pair) for pair in former}
    ends = Search(crowd=crowd).possible
    pin = next(
        (one.id, name[other])
        for one in PEOPLE
        for other in ends(number[one.id])
        if frozenset((one.id, name[other])) not in met
    )
    pairs = again(PEOPLE, former, pinned=[pin])
    assert tuple(sorted(pin)) in pairs
    assert len(set(former) - set(pairs)) <= 8


def test_a_forbidden_pair_goes_and_the_rest_stays(former):
    crowd, number = crowd_and_numbers(PEOPLE)
    ends = Search(crowd=crowd).possible
    one, other = next(
        pair for pair in former if all(len(ends(number[person])) > 20 for person in pair)
    )
    barred = [replace(p, never=p.never | {other}) if p.id == one else p for p in PEOPLE]
    pairs = again(barred, former)
    assert (one, other) not in pairs
    assert len(set(former) - set(pairs)) <= 6
    assert {who for pair in pairs for who in pair} >= {one, other}


def test_who_withdraws_frees_the_peers_for_others(former):
    gone = former[5][0]
    fewer = [replace(p, consents=p.id != gone and p.consents) for p in PEOPLE]
    pairs = again(fewer, former)
    assert all(gone not in pair for pair in pairs)
    kept = [pair for pair in former if gone not in pair]
    assert len(set(kept) - set(pairs)) <= 8


def test_a_pin_that_the_rules_forbid_is_refused(former):
    crowd, number = crowd_and_numbers(PEOPLE)
    lea = PEOPLE[0].lea
    mate = next(p for p in PEOPLE[1:] if p.lea == lea)
    with pytest.raises(ValueError, match="forbid"):
        rematch(crowd, [], pinned=[(number[PEOPLE[0].id], number[mate.id])])
