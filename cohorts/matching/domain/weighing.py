"""How well two people fit: the rules that forbid a pair, and the terms of its score."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cohorts.matching.domain import topics
from cohorts.matching.domain.values import Participant, Rules, Terms

Table = NDArray[np.int64]
IMPOSSIBLE = -1
# Each size band is about 1.41 times the one before, from 75 students to 434,446.
SIZE_THRESHOLDS = tuple(round(75 * 2 ** (step / 2)) for step in range(26))


def size_band(enrollment: int | None) -> int | None:
    """Return which of the size bands an LEA with so many students is in.

    ``None`` where nobody counted them, and for agencies that have none of their own.
    """
    return bisect_right(SIZE_THRESHOLDS, enrollment) if enrollment else None


def terms_of(one: Participant, other: Participant, rules: Rules) -> Terms:
    """Return what the score of this pair is made of, whether or not the pair is possible."""
    weights = rules.weights
    first = weights.first_factor if rules.role_first else 1
    same = one.role_code == other.role_code
    related = not same and rules.related(one.role_code, other.role_code)
    gets = min(len(topics.keys(one.asks) & topics.keys(other.offers)), weights.most_help)
    gives = min(len(topics.keys(one.offers) & topics.keys(other.asks)), weights.most_help)
    apart = one.lea_id != other.lea_id  # within one LEA its size and place say nothing
    return Terms(
        role=first * (weights.same_role * same + weights.related_role * related),
        side=weights.same_side * (one.side == other.side),
        goals=weights.goal * min(len(one.goals & other.goals), weights.most_goals),
        help=weights.help * (gets + gives) + weights.help_both * (gets > 0 and gives > 0),
        size=_size(one, other, rules) * apart,
        locale=_locale(one, other, rules) * apart,
        state=weights.other_state * (one.state != other.state),
    )


def possible(one: Participant, other: Participant, rules: Rules) -> bool:
    """Tell whether these two may be matched: both agreed, of different units, with a reason."""
    if not (one.consents and other.consents) or one.id == other.id:
        return False
    if rules.unit_of(one) == rules.unit_of(other):
        return False
    if other.id in one.past | one.barred or one.id in other.past | other.barred:
        return False
    terms = terms_of(one, other, rules)
    return bool(terms.role or terms.goals or terms.help)


def score_table(people: Sequence[Participant], rules: Rules) -> Table:
    """Return every pair's score at once; ``IMPOSSIBLE`` where a rule forbids the pair.

    Says the same as ``possible`` and ``terms_of``, many times faster.
    """
    weights = rules.weights
    first = weights.first_factor if rules.role_first else 1
    role = first * _by_role(people, rules)
    goals = weights.goal * np.minimum(_common(p.goals for p in people), weights.most_goals)
    gets = np.minimum(_hits(people), weights.most_help)
    help_ = weights.help * (gets + gets.T) + weights.help_both * ((gets > 0) & (gets.T > 0))
    lea = _same(people, lambda p: p.lea_id)
    unit = _same(people, rules.unit_of)
    score = role + goals + help_ + ~lea * (_sizes(people, rules) + _locales(people, rules))
    score += weights.same_side * _same(people, lambda p: p.side)
    score += weights.other_state * ~_same(people, lambda p: p.state)
    agreed = np.array([p.consents for p in people])
    may = (role > 0) | (goals > 0) | (help_ > 0)
    may &= agreed[:, None] & agreed[None, :] & ~unit
    np.fill_diagonal(may, val=False)
    number = {p.id: n for n, p in enumerate(people)}
    for n, person in enumerate(people):
        for id_ in person.past | person.barred:
            if id_ in number:
                may[n, number[id_]] = may[number[id_], n] = False
    return np.where(may, np.maximum(score, 1), IMPOSSIBLE)


def _size(one: Participant, other: Participant, rules: Rules) -> int:
    mine, theirs = size_band(one.enrollment), size_band(other.enrollment)
    if mine is None or theirs is None:
        return 0
    return rules.weights.size_step * max(0, rules.weights.size_span - abs(mine - theirs))


def _locale(one: Participant, other: Participant, rules: Rules) -> int:
    if not one.locale or one.locale[:1] != other.locale[:1]:
        return 0
    exact = one.locale == other.locale
    return rules.weights.locale_kind + rules.weights.locale_exact * exact


def _codes(values: Iterable[Hashable]) -> Table:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def _same(
    people: Sequence[Participant], of: Callable[[Participant], Hashable]
) -> NDArray[np.bool_]:
    codes = _codes(of(person) for person in people)
    return np.equal(codes[:, None], codes[None, :])


def _flags(sets: Sequence[frozenset[str]], columns: dict[str, int]) -> NDArray[np.float32]:
    flags = np.zeros((len(sets), max(1, len(columns))), np.float32)
    for row, members in enumerate(sets):
        flags[row, [columns[member] for member in members]] = 1
    return flags


def _common(sets: Iterable[frozenset[str]]) -> Table:
    rows = list(sets)
    flags = _flags(rows, _columns(rows))
    return (flags @ flags.T).astype(np.int64)


def _columns(sets: Iterable[frozenset[str]]) -> dict[str, int]:
    return {member: n for n, member in enumerate(sorted(frozenset[str]().union(*sets)))}


def _hits(people: Sequence[Participant]) -> Table:
    """Return how many telling words of the row's asks are in the column's offers."""
    asks = [topics.keys(person.asks) for person in people]
    offers = [topics.keys(person.offers) for person in people]
    columns = _columns([*asks, *offers])
    return (_flags(asks, columns) @ _flags(offers, columns).T).astype(np.int64)


def _by_role(people: Sequence[Participant], rules: Rules) -> Table:
    roles = sorted({person.role_code for person in people})
    worth: Any = [
        [
            rules.weights.same_role
            if one == other
            else rules.weights.related_role * rules.related(one, other)
            for other in roles
        ]
        for one in roles
    ]
    index = np.array([roles.index(person.role_code) for person in people], np.int64)
    table: Table = np.array(worth, np.int64).reshape(len(roles), len(roles))
    return table[index[:, None], index[None, :]]


def _sizes(people: Sequence[Participant], rules: Rules) -> Table:
    bands = [size_band(person.enrollment) for person in people]
    known = np.array([band is not None for band in bands])
    band = np.array([band or 0 for band in bands], np.int64)
    apart = np.abs(band[:, None] - band[None, :])
    near = rules.weights.size_step * np.maximum(0, rules.weights.size_span - apart)
    table: Table = near * (known[:, None] & known[None, :])
    return table


def _locales(people: Sequence[Participant], rules: Rules) -> Table:
    known = np.array([bool(person.locale) for person in people])
    kind = _same(people, lambda p: p.locale[:1]) & known[:, None]
    exact = _same(people, lambda p: p.locale)
    table: Table = kind * (rules.weights.locale_kind + rules.weights.locale_exact * exact)
    return table
