"""What people would like to hear, and what it costs them when two sessions are side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from events.schedule.engine.rules import Item, needs_everyone
from events.schedule.engine.values import MOST_POINTS, Person, Session, points_of

Whole: TypeAlias = NDArray[np.int64]
Points: TypeAlias = NDArray[np.int16]
Flags: TypeAlias = NDArray[np.bool_]
Costs: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Points by person (in order of id) and item, and who has to be where."""

    people: tuple[Person, ...]
    points: Points
    """What each person gains by each item; none where this person has to be anyway."""
    shared: Points
    """The same, with the points of a session and its repeats divided among them (rounded up)."""
    duty: Flags
    """Who has to be at which item."""

    contents: tuple[tuple[int, ...], ...] = ()
    """The items of each content that is held more than once."""

    @property
    def most(self) -> int:
        """All points together, each content once: what no schedule can pass."""
        total = int(self.points.sum())
        for members in self.contents:
            theirs = self.points[:, members]
            total -= int(theirs.sum()) - int(theirs.max(axis=1).sum())
        return total


def wishes_of(people: Sequence[Person], items: Sequence[Item]) -> Wishes:
    """Return what the people wish for; choices of ids that are no session are left out."""
    ordered = tuple(sorted(people, key=lambda person: person.id))
    place = {item.id: n for n, item in enumerate(items) if isinstance(item, Session)}
    points = np.zeros((len(ordered), len(items)), dtype=np.int16)
    for row, person in enumerate(ordered):
        for session, rank in person.choices.items():
            column = place.get(session)
            if column is not None:
                points[row, column] = points_of(rank)
    duty = _duty(ordered, items)
    contents = contents_of(items)
    for members in contents:  # who ranked one of several repeats is as well served by another
        points[:, members] = points[:, members].max(axis=1, keepdims=True)
        knows = duty[:, members].any(axis=1)  # nor does anyone wish for what they have to hear
        points[np.ix_(knows, np.array(members))] = 0
    points[duty] = 0
    shared = points.copy()
    for members in contents:
        shared[:, members] = -(-points[:, members] // len(members))
    return Wishes(people=ordered, points=points, shared=shared, duty=duty, contents=contents)


def _duty(people: Sequence[Person], items: Sequence[Item]) -> Flags:
    duty = np.zeros((len(people), len(items)), dtype=np.bool_)
    row = {person.id: n for n, person in enumerate(people)}
    roles: dict[str, list[int]] = {}
    for n, person in enumerate(people):
        roles.setdefault(person.role, []).append(n)
    for column, item in enumerate(items):
        for presenter in item.presenters:
            if presenter in row:
                duty[row[presenter], column] = True
        for role in item.required_roles:
            duty[roles.get(role, []), column] = True
        if needs_everyone(item):
            duty[:, column] = True
    return duty


def contents_of(items: Sequence[Item]) -> tuple[tuple[int, ...], ...]:
    """Return the items of each content that is held more than once."""
    contents: dict[str, list[int]] = {}
    for n, item in enumerate(items):
        if isinstance(item, Session) and item.same_content:
            contents.setdefault(item.same_content, []).append(n)
    return tuple(tuple(members) for members in contents.values() if len(members) > 1)


def costs_side_by_side(wishes: Wishes, items: Sequence[Item], *, track: int) -> Costs:
    """Return what it costs that two items are at the same time, for each pair, in points.

    That is the lesser of both wishes of everyone who wants both, what people want and miss
    because they have to be at the other, and ``track`` points where both are of one track. The
    sum over the pairs of a slot is at least what people lose, and is it where nobody wants three.
    """
    total = np.zeros((len(items), len(items)))
    for least in range(1, MOST_POINTS + 1):
        wanted = (wishes.shared >= least).astype(np.float32)
        total += wanted.T @ wanted
    missed = wishes.duty.T.astype(np.float32) @ wishes.shared.astype(np.float32)
    total += missed + missed.T
    total += costs_of_tracks(items, track)
    np.fill_diagonal(total, 0)
    return total


def costs_of_tracks(items: Sequence[Item], track: int) -> Costs:
    """Return what it costs that two items of one track are at the same time, for each pair."""
    tracks = np.array([item.track if isinstance(item, Session) else "" for item in items])
    same = (tracks[:, None] == tracks[None, :]) & (tracks != "")[:, None]
    np.fill_diagonal(same, val=False)
    costs: Costs = track * same.astype(np.float64)
    return costs
