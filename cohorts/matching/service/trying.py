"""What was tried out at an institute, as a coordinator reads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cohorts.matching.domain.left_out import LEVERS, Lever
from cohorts.matching.domain.searching import SearchKind, SearchState, Wish
from cohorts.matching.service.people import Person, people_of
from cohorts.matching.service.searches import SearchView, get_search, latest_row, view_of
from consortium.errors import Refusal
from consortium.words import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Served:
    """One of those served worst."""

    person: Person
    peers: int
    weight: int
    lever: Sentence


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How good a matching is."""

    people: int
    covered: int
    pairs: int
    peers: Sequence[int]
    """How many people have 0, 1, 2, … peers."""
    weight: int
    bound: int | None
    worst: Sequence[Served]

    @property
    def percent(self) -> str:
        """How much of what could be had at best is reached."""
        return f"{100 * self.weight / self.bound:.2f}" if self.bound else "100.00"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What was tried out last."""

    search: SearchView
    wish: Wish
    now: Figures | None = None
    """``None`` until the search has ended."""
    then: Figures | None = None
    stay: int = 0
    gone: Sequence[tuple[Person, Person]] = ()
    new: Sequence[tuple[Person, Person]] = ()


def tried_out(institute_id: UUID) -> Tried | None:
    """Return what was tried out last at the institute, without people who do not agree any more."""
    search = latest_row(institute_id, SearchKind.WHAT_IF)
    if search is None:
        return None
    wish = Wish.kept(search.kind, search.wish)
    if search.state is not SearchState.DONE:
        return Tried(search=view_of(search), wish=wish)
    people = {
        str(id_): person
        for id_, person in people_of(institute_id).items()
        if person.view.wants_peers
    }
    return Tried(
        search=view_of(search),
        wish=wish,
        now=_figures(search.found["now"], people),
        then=_figures(search.found["then"], people),
        stay=search.found["stay"],
        gone=_named(search.found["gone"], people),
        new=_named(search.found["new"], people),
    )


def tried_weights(institute_id: UUID, search_id: UUID) -> Mapping[str, Any]:
    """Return the weights that a search tried out. Raises ``NotFound``, or ``Refusal`` if none."""
    search = get_search(institute_id, search_id)
    weights = Wish.kept(search.kind, search.wish).weights
    if weights is None:
        raise Refusal(say("This search tried out no other weights."))
    return weights


def _figures(kept: Mapping[str, Any], people: Mapping[str, Person]) -> Figures:
    return Figures(
        people=kept["people"],
        covered=kept["people"] - (kept["peers"][0] if kept["peers"] else 0),
        pairs=kept["pairs"],
        peers=kept["peers"],
        weight=kept["weight"],
        bound=kept["bound"],
        worst=[
            Served(
                person=people[one["id"]],
                peers=one["peers"],
                weight=one["weight"],
                lever=LEVERS[Lever(one["lever"])],
            )
            for one in kept["worst"]
            if one["id"] in people
        ],
    )


def _named(
    pairs: Iterable[Sequence[str]], people: Mapping[str, Person]
) -> Sequence[tuple[Person, Person]]:
    return [
        (people[one], people[other]) for one, other in pairs if one in people and other in people
    ]
