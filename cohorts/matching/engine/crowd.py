"""People as arrays, so that the weights of many pairs are found at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cohorts.matching.engine.people import Person
from cohorts.matching.engine.weights import Weights

Ints: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int32]
Words: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]

FORBIDDEN = -1
WORD = 64  # bits
CHUNK = 1 << 18  # pairs whose arrays stay in the cache


@dataclass(frozen=True, kw_only=True, eq=False)
class Crowd:
    """People numbered 0 to n-1 in the order of their ids, and what a pair of them counts."""

    people: Sequence[Person]
    weights: Weights
    lea: Small
    state: Small
    role: Small
    band: Small
    """-1 where it is not known; so for the next three."""
    kind: Small
    locale: Small
    poverty: Small
    goals: Small
    """Each person's goals in their order, filled up with -1."""
    asks: Words
    offers: Words
    languages: Words
    others: Words
    """The languages without the main one."""
    slots: Words
    most: Ints
    """Places for peers; 0 for whoever does not consent."""
    never: Ints
    """Forbidden pairs as ``one * n + other``, in both directions, in order."""
    role_weight: Small
    """By the numbers of two roles; ``FORBIDDEN`` where they may not meet."""
    role_enough: Flags

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.people)

    def weigh(self, ones: Ints, others: Ints) -> Small:
        """Return the weight of each pair; ``FORBIDDEN`` where a rule does not allow it."""
        parts = [
            self._weigh(ones[start : start + CHUNK], others[start : start + CHUNK])
            for start in range(0, len(ones), CHUNK)
        ]
        return np.concatenate(parts) if parts else np.empty(0, np.int32)

    def _weigh(self, ones: Ints, others: Ints) -> Small:
        terms, may = self.terms(ones, others)
        weight: Small = np.add.reduce(terms)
        may &= (self.most[ones] > 0) & (self.most[others] > 0)
        may &= self.lea[ones] != self.lea[others]
        if len(self.never):
            key = ones * self.size + others
            at = np.searchsorted(self.never, key)
            may &= self.never[np.minimum(at, len(self.never) - 1)] != key
        weight[~may] = FORBIDDEN
        return weight

    def terms(self, ones: Ints, others: Ints) -> tuple[list[Small], Flags]:
        """Return the nine terms of each pair, and whether it keeps rule R6."""
        rules = self.weights
        one, other = self.role[ones], self.role[others]
        role = self.role_weight[one, other]
        reason = self.role_enough[one, other]
        goals = self._goals(ones, others, reason)
        gives = np.minimum(_common(self.offers, ones, self.asks, others), rules.help_cap)
        gets = np.minimum(_common(self.asks, ones, self.offers, others), rules.help_cap)
        reason |= (gives > 0) | (gets > 0)
        help_ = rules.help_unit * (gives + gets) + rules.help_both * ((gives > 0) & (gets > 0))
        slots = _common(self.slots, ones, self.slots, others)
        avail = rules.availability_unit * np.minimum(slots, rules.availability_cap)
        lang = rules.second_language * _meet(self.others, ones, others)
        may = reason & (role >= 0) & (slots > 0) & _meet(self.languages, ones, others)
        return [role, goals, help_, *self._places(ones, others), avail, lang], may

    def _goals(self, ones: Ints, others: Ints, reason: Flags) -> Small:
        """Return what shared goals count; mark in ``reason`` who shares one."""
        mine, theirs = self.goals[ones], self.goals[others]
        worth = np.zeros(len(ones), np.int32)
        for rank in range(self.goals.shape[1]):
            goal = mine[:, rank]
            listed = goal >= 0
            for beside in range(self.goals.shape[1]):
                same = (goal == theirs[:, beside]) & listed
                reason |= same
                unit = self.weights.goal_value(rank) * self.weights.goal_value(beside)
                if unit:
                    worth += np.int32(self.weights.goal_unit * unit) * same
        return worth

    def _places(self, ones: Ints, others: Ints) -> list[Small]:
        """Return what size, kind of place, poverty and state count."""
        rules = self.weights
        apart = np.abs(self.band[ones] - self.band[others])
        known = (self.band[ones] >= 0) & (self.band[others] >= 0)
        size = rules.size_unit * np.maximum(0, rules.size_span - apart) * known
        kind = (self.kind[ones] == self.kind[others]) & (self.kind[ones] >= 0)
        full = kind & (self.locale[ones] == self.locale[others])
        locale = rules.locale_major * kind + rules.locale_full * full
        apart = rules.poverty_slope * np.abs(self.poverty[ones] - self.poverty[others])
        known = (self.poverty[ones] >= 0) & (self.poverty[others] >= 0)
        poverty = np.maximum(0, rules.poverty_max - apart) * known
        state = rules.state_differs * (self.state[ones] != self.state[others])
        return [size, locale, poverty, state]


def _common(left: Words, ones: Ints, right: Words, others: Ints) -> Small:
    """Return how many members two sets have in common, for each pair."""
    count = np.zeros(len(ones), np.int32)
    for word in range(left.shape[1]):
        count += np.bitwise_count(left[ones, word] & right[others, word])
    return count


def _meet(sets: Words, ones: Ints, others: Ints) -> Flags:
    """Tell for each pair whether two sets have a member in common."""
    meets: Flags = np.zeros(len(ones), np.bool_)
    for word in range(sets.shape[1]):
        meets |= (sets[ones, word] & sets[others, word]) != 0
    return meets


def crowd_of(people: Iterable[Person], weights: Weights) -> Crowd:
    """Return the people as arrays, in the order of their ids."""
    row = sorted(people, key=lambda person: person.id)
    number = {person.id: index for index, person in enumerate(row)}
    roles = sorted({person.role for person in row})
    pairs = [
        [(weights.role(one, other), weights.enough(one, other)) for other in roles] for one in roles
    ]
    topics = _numbered(topic for person in row for topic in person.asks | person.offers)
    spoken = _numbered(code for person in row for code in person.languages)
    times = _numbered(slot for person in row for slot in person.slots)
    languages = _bits((person.languages for person in row), spoken, len(row))
    main = weights.main_language
    others = languages.copy()
    if main in spoken:
        word, bit = divmod(spoken[main], WORD)
        others[:, word] &= ~(np.uint64(1) << np.uint64(bit))
    bands = {students: weights.band(students) for students in {p.enrollment for p in row}}
    return Crowd(
        people=row,
        weights=weights,
        lea=_codes(row, lambda person: person.lea),
        state=_codes(row, lambda person: person.state),
        role=_codes(row, lambda person: person.role),
        band=_or_unknown(bands[person.enrollment] for person in row),
        kind=_codes(row, lambda person: person.locale[:1], unknown=""),
        locale=_codes(row, lambda person: person.locale, unknown=""),
        poverty=_or_unknown(person.poverty for person in row),
        goals=_goals(row),
        asks=_bits((person.asks for person in row), topics, len(row)),
        offers=_bits((person.offers for person in row), topics, len(row)),
        languages=languages,
        others=others,
        slots=_bits((person.slots for person in row), times, len(row)),
        most=np.array([person.most if person.consents else 0 for person in row], np.int64),
        never=_never(row, number),
        role_weight=np.array(
            [[FORBIDDEN if w is None else w for w, _ in line] for line in pairs], np.int32
        ).reshape(len(roles), len(roles)),
        role_enough=np.array([[e for _, e in line] for line in pairs], np.bool_).reshape(
            len(roles), len(roles)
        ),
    )


def _codes(row: Sequence[Person], of: Callable[[Person], str], unknown: str | None = None) -> Small:
    """Return numbers for what people have, in the order of its text; -1 where not known."""
    values = [of(person) for person in row]
    number = {value: code for code, value in enumerate(sorted(set(values)))}
    if unknown is not None:
        number[unknown] = -1
    return np.array([number[value] for value in values], np.int32)


def _or_unknown(values: Iterable[int | None]) -> Small:
    return np.array([-1 if value is None else value for value in values], np.int32)


def _numbered(members: Iterable[str]) -> dict[str, int]:
    return {member: number for number, member in enumerate(sorted(set(members)))}


def _bits(sets: Iterable[Iterable[str]], number: dict[str, int], size: int) -> Words:
    """Return each set as bits, in as many words as the vocabulary needs."""
    words = np.zeros((size, max(1, -(-len(number) // WORD))), np.uint64)
    if words.shape[1] == 1:
        bit = {member: 1 << place for member, place in number.items()}
        words[:, 0] = [sum([bit[member] for member in members]) for members in sets]
        return words
    for row, members in enumerate(sets):
        for member in members:
            word, place = divmod(number[member], WORD)
            words[row, word] |= np.uint64(1 << place)
    return words


def _goals(row: Sequence[Person]) -> Small:
    number = _numbered(goal for person in row for goal in person.goals)
    most = max((len(person.goals) for person in row), default=0)
    goals = [[number[goal] for goal in person.goals] for person in row]
    return np.array([line + [-1] * (most - len(line)) for line in goals], np.int32).reshape(
        len(row), most
    )


def _never(row: Sequence[Person], number: dict[str, int]) -> Ints:
    keys = {
        key
        for one, person in enumerate(row)
        for other in (number[id_] for id_ in person.never if id_ in number)
        for key in (one * len(row) + other, other * len(row) + one)
    }
    return np.array(sorted(keys), np.int64)
