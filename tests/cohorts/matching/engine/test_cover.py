"""An exchange that comes back to someone on its own way keeps everyone's places."""

import pytest

from cohorts.matching.engine.board import Board
from cohorts.matching.engine.cover import cover, possible_in
from cohorts.matching.engine.crowd import crowd_of
from cohorts.matching.engine.people import Person
from cohorts.matching.engine.weights import Weights

pytestmark = pytest.mark.pure


def three(most: int) -> list[Person]:
    """Return three people of three LEAs who all fit each other."""
    same = frozenset({"en"})
    return [
        Person(id=id_, lea=id_, role="teacher", goals=("A",), languages=same, slots=same, most=most)
        for id_ in ("a", "b", "c")
    ]


@pytest.mark.parametrize(("most", "pairs"), [(1, 1), (2, 2)])
def test_the_third_of_three_gets_only_as_many_peers_as_there_are_places(
    most: int, pairs: int
) -> None:
    crowd = crowd_of(three(most), Weights())
    board = Board(crowd)
    board.add(0, 1, 1)

    cover(board, possible_in(crowd), board.lonely())

    assert len(board.pairs()) == pairs
    assert all(len(peers) <= most for peers in board.peers)
