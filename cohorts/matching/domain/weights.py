"""What a match counts, as data, and what can be wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consortium.words import Sentence, say

MOST = 10_000
"""What a single weight may count; the sums of all of them stay exact far beyond."""
MOST_OF_ALL = 1_000_000
MOST_ENTRIES = 200

NUMBERS = (
    "role_same", "goal_unit", "help_unit", "help_cap", "help_both", "size_unit", "size_span",
    "locale_major", "locale_full", "poverty_max", "poverty_slope", "state_differs",
    "availability_unit", "availability_cap", "second_language",
)  # fmt: skip
OPTIONAL = ("version", "role_other", "role_is_enough")
WIDEST_SPAN = 100


def faults_of(said: Mapping[str, Any]) -> Iterator[tuple[str, Sentence]]:
    """Give everything that is wrong with stated weights: its name, and what to mend."""
    known = {*NUMBERS, *OPTIONAL, "roles", "role_related", "goal_rank_values", "size_thresholds",
             "main_language"}  # fmt: skip
    for name in sorted(known - set(OPTIONAL) - set(said)):
        yield name, say("This is missing. Add it.")
    for name in said:
        if name not in known:
            yield name, say("Nobody knows this name. Correct its spelling, or remove it.")
    for name in NUMBERS:
        most = WIDEST_SPAN if name == "size_span" else MOST
        if name in said and not _whole(said[name], most):
            yield name, say("Write a whole number from 0 to %(most)s.", most=most)
    yield from _faults_of_roles(said)
    yield from _faults_of_lists(said)


def _faults_of_lists(said: Mapping[str, Any]) -> Iterator[tuple[str, Sentence]]:
    for name, most in (("goal_rank_values", 100), ("size_thresholds", 1_000_000_000)):
        if name in said and not _numbers(said[name], most):
            yield name, say("Write a list of whole numbers, none below 0.")
    if not isinstance(said.get("main_language", ""), str):
        yield "main_language", say("Write the code of a language, like “en”.")
    thresholds = said.get("size_thresholds", ())
    if _numbers(thresholds, 1_000_000_000) and list(thresholds) != sorted(set(thresholds)):
        yield "size_thresholds", say("Write them from the smallest to the largest, each once.")
    if _numbers(said.get("goal_rank_values"), 100) and _whole(said.get("goal_unit"), MOST):
        most = said["goal_unit"] * sum(value**2 for value in said["goal_rank_values"])
        if most > MOST_OF_ALL:
            yield "goal_unit", say("Shared goals can count too much together. Make it smaller.")


def _faults_of_roles(said: Mapping[str, Any]) -> Iterator[tuple[str, Sentence]]:
    roles = said.get("roles", [])
    fine = isinstance(roles, list) and all(isinstance(r, str) and r for r in roles)
    if not fine or len(set(roles)) < len(roles) or len(roles) > MOST_ENTRIES:
        yield "roles", say("Write a list of roles, each once.")
        return
    related = said.get("role_related", {})
    if not isinstance(related, dict) or len(related) > MOST_ENTRIES**2:
        yield "role_related", say("Write an object of pairs, like “superintendent|teacher”: 60.")
        return
    seen: set[frozenset[str]] = set()
    for name, worth in related.items():
        pair = name.split("|")
        if len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(roles):  # noqa: PLR2004
            yield (
                f"role_related.{name}",
                say("Write two different roles of the list, with | between."),
            )
        elif frozenset(pair) in seen:
            yield f"role_related.{name}", say("This pair stands here twice. Remove one.")
        elif not _whole(worth, MOST):
            yield f"role_related.{name}", say("Write a whole number from 0 to %(most)s.", most=MOST)
        seen.add(frozenset(pair))
    other = said.get("role_other")
    if other is not None and not _whole(other, MOST):
        yield "role_other", say("Write a whole number, or null where other roles may not meet.")
    if not isinstance(said.get("role_is_enough", False), bool):
        yield "role_is_enough", say("Write true or false.")


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _numbers(values: object, most: int) -> bool:
    return (
        isinstance(values, Sequence)
        and not isinstance(values, str)
        and len(values) <= MOST_ENTRIES
        and all(_whole(value, most) for value in values)
    )
