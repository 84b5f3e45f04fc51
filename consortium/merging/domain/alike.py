"""Which records look alike enough to be shown to a coordinator."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Generic, TypeVar

from consortium.directory.domain.search import folded
from consortium.merging.domain import Evidence, weight
from consortium.merging.domain.names import same_name, similar_name, words_of

MOST_ON_ONE_PHONE = 4
"""A number that more people give is a school's, and says nothing."""
SHARED_MAILBOXES = frozenset(
    {"admin", "board", "contact", "hello", "info", "mail", "office", "president", "principal"}
    | {"secretary", "staff", "superintendent", "union", "hr", "association"}
)
Id = TypeVar("Id")


@dataclass(frozen=True, kw_only=True)
class Known(Generic[Id]):
    """A person as far as it helps to tell two of them apart."""

    id: Id
    name: str
    email: str
    phone: str = ""
    offices: frozenset[tuple[str, str]] = frozenset()
    """LEA and role code, of appointments and of seats in teams; the role may be empty."""

    @cached_property
    def leas(self) -> frozenset[str]:
        """The LEAs this person has to do with."""
        return frozenset(lea for lea, _ in self.offices)

    @cached_property
    def mailbox(self) -> str:
        """What stands before the @; empty where many people read it."""
        local = self.email.partition("@")[0].partition("+")[0]
        return "" if local in SHARED_MAILBOXES else local


@dataclass(frozen=True, kw_only=True)
class Place:
    """An LEA as far as it helps to tell two of them apart."""

    id: str
    name: str
    state: str
    city: str
    open: bool


@dataclass(frozen=True, kw_only=True)
class Pair(Generic[Id]):
    """Two records that may be one, and what speaks for it."""

    one: Id
    other: Id
    evidence: frozenset[Evidence]

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return weight(self.evidence)


def same_people(known: Iterable[Known[Id]]) -> list[Pair[Id]]:
    """Return who may be one person, the most certain first.

    Never on a name alone across LEAs: only people who share a phone number or an LEA are
    compared at all, and across LEAs a phone number is not enough where the names differ.
    """
    people = _without_shared_phones(list(known))
    seen = {person.id: n for n, person in enumerate(people)}
    found: dict[tuple[int, int], Pair[Id]] = {}
    for one, other in _neighbours(people):
        key = (seen[one.id], seen[other.id])
        evidence = frozenset() if key in found else evidence_of(one, other)
        if evidence:
            found[key] = Pair(one=one.id, other=other.id, evidence=evidence)
    return sorted(found.values(), key=lambda pair: (-pair.weight, seen[pair.one], seen[pair.other]))


def evidence_of(one: Known[Id], other: Known[Id]) -> frozenset[Evidence]:
    """Return what speaks for two people being one; empty when nothing does."""
    said: set[Evidence] = set()
    together = bool(one.leas & other.leas)
    if one.phone and one.phone == other.phone and (together or _may_be_one_name(one, other)):
        said.add(Evidence.SAME_PHONE)
    if together:
        if one.mailbox and one.mailbox == other.mailbox:
            said.add(Evidence.SAME_MAILBOX)
        if same_name(one.name, other.name):
            said.add(Evidence.SAME_NAME)
        elif similar_name(one.name, other.name):
            said.add(Evidence.SIMILAR_NAME)
        if said and any(role for _, role in one.offices & other.offices):
            said.add(Evidence.SAME_OFFICE)
    return frozenset(said)


def _may_be_one_name(one: Known[Id], other: Known[Id]) -> bool:
    """Tell whether two names have a word in common, are alike, or are not known."""
    left, right = words_of(one.name), words_of(other.name)
    return not left or not right or bool({*left} & {*right}) or similar_name(one.name, other.name)


def _without_shared_phones(people: Sequence[Known[Id]]) -> list[Known[Id]]:
    giving = Counter(person.phone for person in people)
    return [
        replace(person, phone="") if giving[person.phone] > MOST_ON_ONE_PHONE else person
        for person in people
    ]


def _neighbours(people: Sequence[Known[Id]]) -> Iterator[tuple[Known[Id], Known[Id]]]:
    by_phone: dict[str, list[Known[Id]]] = defaultdict(list)
    by_lea: dict[str, list[Known[Id]]] = defaultdict(list)
    for person in people:
        if person.phone:
            by_phone[person.phone].append(person)
        for lea in person.leas:
            by_lea[lea].append(person)
    for sharing in by_phone.values():
        yield from combinations(sharing, 2)
    for colleagues in by_lea.values():
        yield from combinations(colleagues, 2)


def same_places(places: Iterable[Place]) -> list[Pair[str]]:
    """Return which LEAs may be one, the most certain first; only within one state."""
    pairs = {
        (one.id, other.id): Pair(one=one.id, other=other.id, evidence=evidence)
        for group in _neighbourhoods(sorted(places, key=lambda place: place.id))
        for one, other in combinations(group, 2)
        if (evidence := evidence_of_places(one, other))
    }
    return sorted(pairs.values(), key=lambda pair: (-pair.weight, pair.one, pair.other))


def _neighbourhoods(places: Iterable[Place]) -> Iterable[Sequence[Place]]:
    """Put together what may be one at all: LEAs of one name, and those of one city."""
    groups: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in places:
        groups[place.state, "name", *sorted(words_of(place.name))].append(place)
        if place.city:
            groups[place.state, "city", folded(place.city)].append(place)
    return groups.values()


def evidence_of_places(one: Place, other: Place) -> frozenset[Evidence]:
    """Return what speaks for two LEAs of a state being one; empty when the names do not."""
    if same_name(one.name, other.name):
        said = {Evidence.SAME_NAME}
    elif similar_name(one.name, other.name):
        said = {Evidence.SIMILAR_NAME}
    else:
        return frozenset()
    if one.city and folded(one.city) == folded(other.city):
        said.add(Evidence.SAME_CITY)
    if one.open != other.open:
        said.add(Evidence.CLOSED)
    # Towns have like names: a slip of the pen is a reason to ask only in one city.
    near = Evidence.SAME_NAME in said or Evidence.SAME_CITY in said
    return frozenset(said) if near else frozenset()
