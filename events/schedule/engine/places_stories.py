"""The same stories in every round: deal stories to people, then each story's people to rounds.

With as many places in each round, that is exact: a graph of people and stories in which nobody has
more edges than there are rounds can have its edges coloured with the rounds (König 1916), and a
story taken apart into as many nodes as it has places has, at each, at most one edge of a colour.
"""

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from events.schedule.engine.places_columns import Columns
from events.schedule.engine.places_flow import Ints
from events.schedule.engine.places_model import Offer
from events.schedule.engine.places_network import Aim, places_by_flow


def places_by_stories(columns: Columns, aim: Aim) -> NDArray[np.bool_] | None:
    """Return the best places where every round tells the same stories to as many people.

    ``None`` where that is not so, or where a person asks for something else in each round.
    """
    told = _as_stories(columns)
    if told is None:
        return None
    stories, arcs = told
    chosen = np.flatnonzero(places_by_flow(stories, aim))
    rounds = sorted({offer.round for offer in columns.offers})
    colours = _coloured(stories.taker[chosen], _split(stories, chosen, len(rounds)), len(rounds))
    result = np.zeros(len(columns.taker), dtype=np.bool_)
    for arc, colour in zip(chosen, colours, strict=True):
        person, _ = stories.takers[stories.taker[arc]]
        story = stories.offers[stories.session[arc]].id
        result[arcs[person.id, story, rounds[colour]]] = True
    return result


def _as_stories(columns: Columns) -> tuple[Columns, dict[tuple[str, str, str], int]] | None:
    """Return the rounds as one, in which each person has as many stories as there are rounds."""
    rounds = sorted({offer.round for offer in columns.offers})
    first = {offer.content: position for position, offer in enumerate(columns.offers)}
    limits = {offer.content: columns.places[position] for offer, position in _numbered(columns)}
    told = Counter((offer.content, offer.round) for offer in columns.offers)
    alike = (
        "" not in first
        and len(told) == len(columns.offers) == len(first) * len(rounds)
        and all(columns.places[at] == limits[offer.content] for offer, at in _numbered(columns))
        and columns.need.max() == 1
        and bool(columns.first.all())
        and not columns.covered
    )
    if not alike:
        return None
    names = sorted(first)
    arcs: dict[tuple[str, str, str], int] = {}
    ranks: dict[tuple[str, str], set[int]] = {}
    stays: set[tuple[str, str]] = set()
    people = {person.id: person for person, _ in columns.takers}
    for arc, (taker, session) in enumerate(zip(columns.taker, columns.session, strict=True)):
        person, round_ = columns.takers[taker]
        content = columns.offers[session].content
        arcs[person.id, content, round_] = arc
        ranks.setdefault((person.id, content), set()).add(int(columns.rank[arc]))
        if columns.stays[arc]:
            stays.add((person.id, content))
    if len(arcs) != len(ranks) * len(rounds) or any(len(some) > 1 for some in ranks.values()):
        return None
    number = {person: position for position, person in enumerate(sorted(people))}
    at = {content: position for position, content in enumerate(names)}
    table = np.asarray(
        [
            (number[person], at[content], next(iter(rank)), (person, content) in stays)
            for (person, content), rank in sorted(ranks.items())
        ],
        dtype=np.int64,
    )
    stories = Columns(
        offers=tuple(replace(columns.offers[first[name]], id=name, round="") for name in names),
        places=np.asarray([limits[name] * len(rounds) for name in names], dtype=np.int64),
        takers=tuple((people[person], "") for person in sorted(people)),
        need=np.full(len(people), len(rounds), dtype=np.int64),
        first=np.ones(len(people), dtype=np.bool_),
        taker=table[:, 0],
        session=table[:, 1],
        rank=table[:, 2],
        stays=table[:, 3] > 0,
        covered=frozenset(),
    )
    return stories, arcs


def _numbered(columns: Columns) -> list[tuple[Offer, int]]:
    return [(offer, position) for position, offer in enumerate(columns.offers)]


def _split(stories: Columns, chosen: Ints, rounds: int) -> list[int]:
    """Return for each chosen edge its node of the story: as many edges each as there are rounds."""
    seen: Counter[int] = Counter()
    nodes: dict[tuple[int, int], int] = {}
    split: list[int] = []
    for session in stories.session[chosen]:
        key = (int(session), seen[int(session)] // rounds)
        seen[int(session)] += 1
        split.append(nodes.setdefault(key, len(nodes)))
    return split


def _coloured(people: Ints, stories: list[int], colours: int) -> list[int]:
    """Return a colour for each edge, so that no two edges of a node have the same.

    Edge by edge: where both ends are free of a colour it is taken, else the path that alternates
    between a colour free here and one free there is turned round.
    """
    ends = [
        (("p", int(person)), ("s", story)) for person, story in zip(people, stories, strict=True)
    ]
    at: dict[tuple[tuple[str, int], int], int] = {}
    colour = [-1] * len(ends)
    for edge, (one, other) in enumerate(ends):
        mine = next(number for number in range(colours) if (one, number) not in at)
        theirs = next(number for number in range(colours) if (other, number) not in at)
        if mine != theirs:
            _turn(other, mine, theirs, ends, at, colour)
        colour[edge] = mine
        at[one, mine] = at[other, mine] = edge
    return colour


def _turn(  # noqa: PLR0913, PLR0917  (the graph as it is coloured so far)
    node: tuple[str, int],
    mine: int,
    theirs: int,
    ends: list[tuple[tuple[str, int], tuple[str, int]]],
    at: dict[tuple[tuple[str, int], int], int],
    colour: list[int],
) -> None:
    """Exchange two colours along the path that begins here, so that ``mine`` comes free."""
    path: list[int] = []
    wanted = mine
    while (node, wanted) in at:
        edge = at[node, wanted]
        path.append(edge)
        node = ends[edge][1] if ends[edge][0] == node else ends[edge][0]
        wanted = theirs if wanted == mine else mine
    for edge in path:
        for end in ends[edge]:
            del at[end, colour[edge]]
    for edge in path:
        colour[edge] = theirs if colour[edge] == mine else mine
        for end in ends[edge]:
            at[end, colour[edge]] = edge
