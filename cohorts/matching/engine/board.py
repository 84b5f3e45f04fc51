"""Who is matched with whom at a moment of the search, and what the rules still allow."""

from collections.abc import Iterable

from cohorts.matching.engine.crowd import Crowd
from cohorts.matching.engine.scan import Pairs


class Board:
    """Everyone's peers with the weight of each pair; keeps rules R4 and R7 by itself.

    That the rules allow a pair at all is the caller's to know.
    """

    def __init__(self, crowd: Crowd) -> None:
        """Begin with nobody matched."""
        self.lea: list[int] = crowd.lea.tolist()
        self.most: list[int] = crowd.most.tolist()
        self.peers: list[dict[int, int]] = [{} for _ in self.lea]
        self.bound: set[tuple[int, int]] = set()
        """Pairs that are never dropped, the smaller number first."""

    def full(self, one: int) -> bool:
        """Tell whether one person has as many peers as they may have."""
        return len(self.peers[one]) >= self.most[one]

    def clash(self, one: int, other: int) -> int | None:
        """Return the peer of ``one`` from the LEA of ``other``, if there is any."""
        lea = self.lea[other]
        for peer in self.peers[one]:
            if self.lea[peer] == lea:
                return peer
        return None

    def fits(self, one: int, other: int) -> bool:
        """Tell whether the pair could be added as things stand."""
        return (
            not self.full(one)
            and not self.full(other)
            and self.clash(one, other) is None
            and self.clash(other, one) is None
        )

    def add(self, one: int, other: int, weight: int) -> None:
        """Match two people."""
        self.peers[one][other] = weight
        self.peers[other][one] = weight

    def drop(self, one: int, other: int) -> int:
        """Part two people; return what the pair was worth."""
        del self.peers[other][one]
        return self.peers[one].pop(other)

    def bind(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Let these pairs never be dropped."""
        self.bound.update((min(pair), max(pair)) for pair in pairs)

    def loose(self, one: int, other: int) -> bool:
        """Tell whether a pair may be dropped."""
        return not self.bound or (min(one, other), max(one, other)) not in self.bound

    def pairs(self) -> list[tuple[int, int, int]]:
        """Return all pairs with their weights, the smaller number first, in order."""
        return sorted(
            (one, other, weight)
            for one, peers in enumerate(self.peers)
            for other, weight in peers.items()
            if one < other
        )

    def lonely(self) -> list[int]:
        """Return everyone who could have a peer by their own places and has none."""
        return [one for one, most in enumerate(self.most) if most and not self.peers[one]]


def rounded(board: Board, pairs: Pairs, shares: Iterable[int]) -> None:
    """Fill the board: whole pairs of the flow first, then its halves, the heaviest first."""
    listed = list(
        zip(shares, pairs.weights.tolist(), pairs.ones.tolist(), pairs.others.tolist(), strict=True)
    )
    for share, weight, one, other in sorted(
        listed, key=lambda each: (-each[0], -each[1], *each[2:])
    ):
        if share and (share > 1 or board.fits(one, other)):
            board.add(one, other, weight)
