"""Which of several rules about the same thing counts on a day."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from events.institutes.domain.fees.kinds import Rule

R = TypeVar("R", bound=Rule)


def standing(rules: Iterable[R], on: date) -> Sequence[R]:
    """Return the rules that count: the dated one while it holds, else all that have no dates.

    Of several dated ones, the one that ends first counts (an early price before the next one).
    The order in which rules are written does not matter.
    """
    holding = [rule for rule in rules if rule.span.holds(on)]
    dated = [rule for rule in holding if rule.span.dated]
    return [min(dated, key=_nearest)] if dated else holding


def cheapest(rules: Iterable[R], cents: Callable[[R], int]) -> R | None:
    """Return the rule by which there is least to pay; the file's order decides nothing."""
    return min(rules, key=lambda rule: (cents(rule), _text(rule)), default=None)


def of_kind(rules: Iterable[Rule], kind: type[R]) -> list[R]:
    """Return the rules of one kind, in the order of the file."""
    return [rule for rule in rules if isinstance(rule, kind)]


def _nearest(rule: Rule) -> tuple[Any, ...]:
    begins = rule.span.begins or date.min
    # Of two that end on one day the later begun is the more particular.
    return (rule.span.ends or date.max, -begins.toordinal(), _text(rule))


def _text(rule: Rule) -> str:
    return json.dumps(rule.raw, sort_keys=True, default=str)
