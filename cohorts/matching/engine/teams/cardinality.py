"""The most pairs that can be made at all, and who must be left over when that is not everyone."""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """Why no more pairs can be made (Tutte and Berge): proof that anyone can count after.

    Without ``hubs`` the rest falls apart into ``groups`` with no possible pair between two of
    them, each odd in number. So one of each group needs a partner among the hubs, who are fewer.
    """

    groups: tuple[frozenset[int], ...]
    hubs: frozenset[int]

    def group_of(self, team: int) -> frozenset[int]:
        """Return the group that this team stands in; empty if none."""
        return next((group for group in self.groups if team in group), frozenset())


def most_pairs(allowed: np.ndarray, start: Collection[tuple[int, int]] = ()) -> list[int]:
    """Return each one's partner (-1: none) in a largest pairing, beginning from ``start``.

    ``allowed`` is a symmetric table of truth values. Edmonds' algorithm: augmenting paths, odd
    cycles shrunk to their base.
    """
    partner = [-1] * len(allowed)
    for one, other in start:
        if partner[one] < 0 and partner[other] < 0:
            partner[one], partner[other] = other, one
    neighbours = [np.flatnonzero(row).tolist() for row in allowed]
    for root in range(len(partner)):
        if partner[root] < 0:
            _Search(neighbours, partner, root).augment()
    return partner


def shortage(allowed: np.ndarray, partner: list[int]) -> Shortage | None:
    """Return the proof that a largest pairing leaves as many over as it does; None if nobody."""
    neighbours = [np.flatnonzero(row).tolist() for row in allowed]
    alone = [i for i, other in enumerate(partner) if other < 0]
    if not alone:
        return None
    outer: set[int] = set()
    for root in alone:
        search = _Search(neighbours, list(partner), root)
        search.augment()
        outer |= {i for i, seen in enumerate(search.outer) if seen}
    hubs = {other for i in outer for other in neighbours[i]} - outer
    return Shortage(groups=tuple(_groups(outer, neighbours)), hubs=frozenset(hubs))


def _groups(inside: set[int], neighbours: list[list[int]]) -> list[frozenset[int]]:
    left = set(inside)
    groups = []
    while left:
        group = {min(left)}
        open_ = list(group)
        while open_:
            near = [j for j in neighbours[open_.pop()] if j in inside and j not in group]
            group.update(near)
            open_ += near
        left -= group
        groups.append(frozenset(group))
    return groups


class _Search:
    """One search for an augmenting path from a vertex without a partner."""

    def __init__(self, neighbours: list[list[int]], partner: list[int], root: int) -> None:
        self.neighbours = neighbours
        self.partner = partner
        self.root = root
        self.base = list(range(len(partner)))
        self.parent = [-1] * len(partner)
        self.outer = [False] * len(partner)

    def augment(self) -> bool:
        """Give the root a partner, if somebody can make room; tell whether that worked."""
        self.outer[self.root] = True
        queue = deque([self.root])
        while queue:
            here = queue.popleft()
            for there in self.neighbours[here]:
                if self.base[here] == self.base[there] or self.partner[here] == there:
                    continue
                mate = self.partner[there]
                if there == self.root or (mate >= 0 and self.parent[mate] >= 0):
                    self._shrink(here, there, queue)
                elif self.parent[there] < 0:
                    self.parent[there] = here
                    if mate < 0:
                        self._flip(there)
                        return True
                    self.outer[mate] = True
                    queue.append(mate)
        return False

    def _flip(self, end: int) -> None:
        while end >= 0:
            before = self.parent[end]
            following = self.partner[before]
            self.partner[end], self.partner[before] = before, end
            end = following

    def _shrink(self, one: int, other: int, queue: deque[int]) -> None:
        """Let an odd cycle count as its base, so that all of it is outer."""
        base = self._common(one, other)
        inside: set[int] = set()
        self._mark(one, base, other, inside)
        self._mark(other, base, one, inside)
        for i, its in enumerate(self.base):
            if its in inside:
                self.base[i] = base
                if not self.outer[i]:
                    self.outer[i] = True
                    queue.append(i)

    def _common(self, one: int, other: int) -> int:
        seen = set()
        while True:
            one = self.base[one]
            seen.add(one)
            if self.partner[one] < 0:
                break
            one = self.parent[self.partner[one]]
        while True:
            other = self.base[other]
            if other in seen:
                return other
            other = self.parent[self.partner[other]]

    def _mark(self, here: int, base: int, child: int, inside: set[int]) -> None:
        while self.base[here] != base:
            inside |= {self.base[here], self.base[self.partner[here]]}
            self.parent[here] = child
            child = self.partner[here]
            here = self.parent[child]
