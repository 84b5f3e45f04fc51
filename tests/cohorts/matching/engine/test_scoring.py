from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.matching.engine.crowd import FORBIDDEN, crowd_of
from cohorts.matching.engine.people import Person
from cohorts.matching.engine.scoring import Bar, bar, terms_of, tokens
from cohorts.matching.engine.weights import Weights
from tests.cohorts.matching.engine.judging import crowded, worth

pytestmark = pytest.mark.pure
WEIGHTS = Weights()
ANA = Person(
    id="ana",
    lea="East",
    state="NJ",
    role="superintendent",
    enrollment=2000,
    locale="41",
    poverty=20,
    goals=("reading", "trust"),
    asks=frozenset({"budget"}),
    offers=frozenset({"literacy"}),
    languages=frozenset({"en", "es"}),
    slots=frozenset({"MO1", "TU2"}),
)
BEN = replace(
    ANA,
    id="ben",
    lea="West",
    state="VT",
    locale="42",
    poverty=30,
    goals=("trust", "reading"),
    asks=frozenset({"literacy"}),
    offers=frozenset({"budget"}),
)


@given(st.integers(2, 40), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_arrays_and_plain_python_and_the_contract_agree_on_every_pair(number, seed):
    people = sorted(crowded(number, seed), key=lambda person: person.id)
    crowd = crowd_of(people, WEIGHTS)
    one, other = np.triu_indices(number, 1)
    weights = crowd.weigh(one, other)
    for a, b, weight in zip(one.tolist(), other.tolist(), weights.tolist(), strict=True):
        said = worth(people[a], people[b], WEIGHTS)
        plain = bar(people[a], people[b], WEIGHTS)
        assert (said is None) == (weight == FORBIDDEN) == (plain is not None)
        if said is not None:
            assert weight == said == terms_of(people[a], people[b], WEIGHTS).total


def test_the_terms_of_a_pair():
    terms = terms_of(ANA, BEN, WEIGHTS)
    assert terms._asdict() == {
        "role": 150,
        "goals": 10 * (4 * 3 + 3 * 4),
        "help": 2 * 60 + 40,
        "size": 100,
        "locale": 40,
        "poverty": 40,
        "state": 30,
        "avail": 10,
        "lang": 30,
    }


def test_the_reasons_of_a_pair():
    assert list(tokens(ANA, BEN, WEIGHTS)) == [
        "goal:reading",
        "goal:trust",
        "a_helps_b:literacy",
        "b_helps_a:budget",
        "role:same",
        "locale:same",
        "size:similar",
        "state:other",
        "language:en",
        "language:es",
        "slots:2",
    ]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"consents": False}, Bar.CONSENT),
        ({"lea": "East"}, Bar.LEA),
        ({"never": frozenset({"ana"})}, Bar.NEVER),
        ({"role": "parent_leader"}, Bar.ROLES),
        ({"languages": frozenset({"vi"})}, Bar.LANGUAGE),
        ({"slots": frozenset({"FR3"})}, Bar.SLOT),
        ({"goals": (), "asks": frozenset(), "offers": frozenset()}, Bar.REASON),
    ],
)
def test_each_rule_forbids_the_pair_in_both_directions(change, broken):
    other = replace(BEN, **change)
    assert bar(ANA, BEN, WEIGHTS) is None
    assert bar(ANA, other, WEIGHTS) is bar(other, ANA, WEIGHTS) is broken
    crowd = crowd_of([ANA, other], WEIGHTS)
    assert crowd.weigh(np.array([0, 1]), np.array([1, 0])).tolist() == [FORBIDDEN, FORBIDDEN]


def test_where_little_is_asked_a_role_alone_can_be_reason_enough():
    silent = replace(BEN, goals=(), asks=frozenset(), offers=frozenset())
    lenient = Weights(role_is_enough=True)
    assert bar(ANA, silent, lenient) is None
    assert crowd_of([ANA, silent], lenient).weigh(np.array([0]), np.array([1]))[0] > 0
    stranger = replace(silent, role="parent_leader")
    assert bar(ANA, stranger, Weights(role_is_enough=True, role_other=0)) is Bar.REASON


def test_what_nobody_knows_counts_nothing():
    unknown = replace(BEN, enrollment=None, locale="", poverty=None)
    terms = terms_of(ANA, unknown, WEIGHTS)
    assert (terms.size, terms.locale, terms.poverty) == (0, 0, 0)
    crowd = crowd_of([ANA, unknown], WEIGHTS)
    assert crowd.weigh(np.array([0]), np.array([1])).tolist() == [terms.total]
    assert "size:similar" not in list(tokens(ANA, unknown, WEIGHTS))


def test_more_than_a_word_of_topics_languages_and_slots():
    many = [f"t{n:03d}" for n in range(150)]
    one = replace(ANA, offers=frozenset(many), slots=frozenset(many), languages=frozenset(many))
    two = replace(BEN, asks=frozenset(many[100:]), slots=frozenset(many), languages=frozenset(many))
    crowd = crowd_of([one, two], WEIGHTS)
    assert crowd.weigh(np.array([0]), np.array([1])).tolist() == [terms_of(one, two, WEIGHTS).total]
