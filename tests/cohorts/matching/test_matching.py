"""What a consortium that has said nothing else gets from the engine."""

import pytest

from cohorts.matching.domain.left_out import Lever, why_left_out
from cohorts.matching.domain.searching import Wish
from cohorts.matching.engine.asking import answer
from cohorts.matching.service.limits import NO_LIMIT, Limit, places_of
from cohorts.matching.service.people import Person
from tests.cohorts.matching.invented import asked, id_of, matched, pairs_of, someone

pytestmark = pytest.mark.pure


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def test_the_same_role_comes_before_everything_else() -> None:
    people = [
        someone("a", "1", goals=("Literacy", "Safety"), asks="reading", offers="reading"),
        someone("b", "2", "teacher", goals=("Literacy", "Safety"), asks="reading"),
        someone("c", "3"),
        someone("d", "4", "teacher"),
    ]

    assert matched(people, each=1) == {pair("a", "c"), pair("b", "d")}


def test_a_role_that_is_close_comes_before_one_that_is_not() -> None:
    people = [
        someone("a", "1", goals=("Literacy",)),
        someone("b", "2", "teacher", goals=("Literacy",)),
        someone("c", "3", "cabinet"),
    ]

    assert matched(people, each=1) == {pair("a", "c")}


def test_roles_that_are_not_close_meet_only_with_a_goal_or_help() -> None:
    unlike = [someone("a", "1"), someone("b", "2", "teacher")]
    alike = [
        someone("a", "1", asks="early literacy"),
        someone("b", "2", "teacher", offers="literacy"),
    ]

    assert matched(unlike) == set()
    assert matched(alike) == {pair("a", "b")}


def test_coverage_comes_before_what_pairs_count() -> None:
    """The best pair is a-b; but then c and d, who fit nobody else, would stay alone."""
    people = [
        someone("a", "1", goals=("Literacy",)),
        someone("b", "2", goals=("Literacy", "Safety")),
        someone("c", "3", "teacher", goals=("Literacy",)),
        someone("d", "1", "parent", goals=("Safety",)),
    ]

    assert matched(people, each=1, never={"c": "b"}) == {pair("a", "c"), pair("b", "d")}


def test_nobody_meets_two_people_of_one_lea_or_one_they_may_not() -> None:
    people = [someone("a", "1"), someone("b", "2"), someone("c", "3"), someone("d", "3")]

    found = matched(people, never={"a": "b"})

    assert pair("a", "b") not in found
    assert not {pair("a", "c"), pair("a", "d")} <= found
    assert not {pair("b", "c"), pair("b", "d")} <= found


@pytest.mark.parametrize(
    ("people", "values", "why"),
    [
        ([someone("a", "1")], {}, "Nobody from another LEA agreed to be matched."),
        (
            [someone("a", "1", site="North"), someone("b", "1", site="North")],
            {"by_site": True},
            "Nobody from another site agreed to be matched.",
        ),
        (
            [someone("a", "1"), someone("b", "2", "teacher")],
            {},
            (
                "Nobody from another LEA with the same role, a role close to it, or a shared goal "
                "agreed to be matched."
            ),
        ),
        (
            [someone("a", "1", site="North"), someone("b", "1", "teacher", site="South")],
            {"by_site": True},
            (
                "Nobody from another site with the same role, a role close to it, or a shared goal "
                "agreed to be matched."
            ),
        ),
        (
            [someone("a", "1"), someone("b", "2")],
            {"never": {"a": "b"}},
            "Everyone who would fit knows them already, or cannot be matched with them.",
        ),
        (
            [someone("a", "1"), someone("b", "2"), someone("c", "3")],
            {"each": 1},
            "Everyone who would fit already has all the peers they can have.",
        ),
    ],
)
def test_someone_left_out_is_told_why(
    people: list[Person], values: dict[str, object], why: str
) -> None:
    found = answer(asked(people, **values))

    said = {str(why_left_out(out.why, by_site="by_site" in values)) for out in found.alone}
    assert said == {why}


def test_figures_say_how_good_it_is_and_who_is_served_worst() -> None:
    people = [
        someone("a", "1"),
        someone("b", "2"),
        someone("c", "3", "teacher"),
        someone("d", "3", "teacher"),
    ]

    found = answer(asked(people))

    assert (found.people, found.peers) == (4, (2, 2))
    assert found.bound == found.weight == sum(match.weight for match in found.matches)
    worst = {one.id: (one.peers, one.lever) for one in found.worst}
    assert worst[str(id_of("c"))] == (0, Lever.GOALS)


def test_a_draft_found_again_has_the_pinned_pair_and_keeps_the_rest() -> None:
    people = [someone(f"p{n:02d}", str(n), goals=(f"Goal {n % 4}",)) for n in range(20)]
    first = answer(asked(people, each=2))
    before = {(match.one, match.other) for match in first.matches}
    ids = sorted(str(person.view.person_id) for person in people)
    pin = next(
        (one, other) for one in ids for other in ids if one < other and (one, other) not in before
    )

    again = answer(asked(people, each=2, former=tuple(before), pinned=(pin,)))

    after = {(match.one, match.other) for match in again.matches}
    assert pin in after
    assert len(before - after) <= 3
    assert again.peers == first.peers


def test_accepted_pairs_stay_and_a_late_joiner_gets_the_free_place() -> None:
    early = [someone("a", "1"), someone("b", "2"), someone("c", "3")]
    accepted = tuple((match.one, match.other) for match in answer(asked(early, each=2)).matches)
    everyone = [*early, someone("late", "4")]

    found = answer(
        asked(
            everyone,
            each=3,
            former=accepted,
            accepted=accepted,
            newcomers=(str(id_of("late")),),
        )
    )

    assert len(accepted) == 3
    assert pairs_of(found, everyone) == {
        pair("a", "b"), pair("a", "c"), pair("b", "c"),
        pair("late", "a"), pair("late", "b"), pair("late", "c"),
    }  # fmt: skip


def test_the_order_of_the_people_does_not_matter() -> None:
    people = [someone(f"p{n}", str(n), goals=(f"Goal {n % 3}",)) for n in range(12)]

    assert answer(asked(people)) == answer(asked(people[::-1]))


@pytest.mark.parametrize(
    ("limit", "active", "kept", "places"),
    [
        (NO_LIMIT, 9, 0, 3),
        (Limit(most=2), 9, 0, 2),
        (Limit(most=5), 0, 0, 3),
        (Limit(most=4, mentor=True), 0, 0, 3),
        (Limit(most=4, mentor=True), 3, 0, 1),
        (Limit(most=4, mentor=True), 4, 0, 0),
        (Limit(most=4, mentor=True), 6, 0, 0),
        (Limit(most=4, mentor=True), 3, 2, 3),
        (Limit(most=4, mentor=True), 4, 4, 4),
        (Limit(most=1), 3, 2, 2),
    ],
)
def test_a_limit_leaves_so_many_places(limit: Limit, active: int, kept: int, places: int) -> None:
    assert places_of(limit, each=3, active=active, kept=kept) == places


def test_everyone_needs_a_place_for_a_peer() -> None:
    with pytest.raises(ValueError, match="at least one place"):
        Wish(each=0)
