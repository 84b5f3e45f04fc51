"""Densities: networkx's formula, and what never counts."""

from random import Random

import pytest

from cohorts.surveys.engine.change import change_between, moved_by, other_schools
from cohorts.surveys.engine.density import Answered, Tie, among, network_of

pytestmark = pytest.mark.pure


def answered(roster, ties, *, silent=()):
    people = frozenset(roster)
    return Answered(roster=people, respondents=people - set(silent), ties=[Tie(*t) for t in ties])


def test_undirected_density_counts_a_pair_once_however_many_name_each_other():
    network = network_of(answered("ABC", ["ABx", "BAx", "BCx"]), ["x"])
    assert (network.topics["x"].ties, network.topics["x"].pairs) == (3, 2)
    assert network.topics["x"].directed == 3 / 6
    assert network.topics["x"].undirected == 2 / 3


def test_naming_oneself_twice_or_someone_off_the_roster_adds_nothing():
    plain = network_of(answered("ABC", ["ABx"]), ["x"])
    noisy = network_of(answered("ABC", ["ABx", "ABx", "AAx", "AZx", "ZAx"]), ["x"])
    assert noisy == plain


def test_fewer_than_two_people_have_no_density_and_nobody_no_response():
    alone = network_of(answered("A", ["AAx"]), ["x"])
    assert (alone.any_topic.directed, alone.response) == (None, 1.0)
    assert network_of(answered("", []), []).response is None


def test_density_against_counting_by_hand():
    random = Random(7)
    people = [f"p{n}" for n in range(30)]
    ties = [(random.choice(people), random.choice(people), random.choice("xy")) for _ in range(400)]
    said = answered(people, ties, silent=people[:6])
    for topic in "xy":
        told = {(a, b) for a, b, t in ties if t == topic and a != b}
        inside = {(a, b) for a, b in told if {a, b} <= said.respondents}
        density = network_of(said, "xy").topics[topic]
        assert density.directed == len(told) / (30 * 29)
        assert density.directed_answered == len(inside) / (24 * 23)
        assert density.undirected == 2 * len({frozenset(one) for one in told}) / (30 * 29)


def test_nc9_who_left_and_who_came_are_both_outside_the_same_roster():
    before = answered(["sup", "pres", "p1", "p2"], [("sup", "pres", "x"), ("p1", "p2", "x")])
    after = answered(["interim", "pres", "p1", "p2"], [("interim", "pres", "x"), ("p1", "p2", "x")])
    change = change_between(before, after, ["x"])
    assert change.stayed == {"pres", "p1", "p2"}
    assert (change.left, change.came) == ({"sup"}, {"interim"})
    assert change.same.before.any_topic.ties == change.same.after.any_topic.ties == 1
    assert change.full.before.any_topic.ties == 2
    assert moved_by(change.same.before.response, change.same.after.response) == 0
    assert moved_by(None, 0.5) is None


def test_among_keeps_nobody_who_was_not_on_the_roster():
    said = answered("ABC", ["ABx"], silent="B")
    assert among(said, "ABZ").roster == {"A", "B"}
    assert among(said, "ABZ").respondents == {"A"}


def test_other_schools_of_a_rep_are_counted_once_and_their_own_not_at_all():
    schools = {"r": "North", "s": "South", "a": "South", "b": "East", "c": "North", "d": ""}
    ties = [("r", one, topic) for one in "abcd" for topic in "xy"] + [("s", "r", "x")]
    said = answered("rsabcd", ties, silent="s")
    assert other_schools("rs", schools, said) == {"r": 2}
