"""Counts of people that nobody can be picked out of.

Whoever may see numbers but no names must not learn, by subtraction either, how many people are
in a group of fewer than ``LEAST``. Hiding small numbers is not enough: the total minus the
numbers shown gives them away. So small groups are added together until the sum says nothing
about its parts, and every table still adds up to the same total.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, kw_only=True)
class Group:
    """One row of a table: its keys, counted together; no keys stand for all of the table's."""

    keys: tuple[str, ...]
    people: int | None
    """None where so few are meant that even their number tells."""


def grouped(cells: Mapping[str, int]) -> tuple[Group, ...]:
    """Return the table of these counts that may be shown.

    - No count between 1 and ``LEAST`` - 1: every count is shown as it is. Zero is no secret.
    - Else the small ones share a row. While that row has one key, fewer than ``LEAST`` people,
      or a sum that only one set of small parts makes, the smallest large ones join it; equals
      join together, since which of them did would tell on the others.
    - When that leaves nothing else to show, one row stands for all and names no key; it has no
      number where the sum is small.

    For every count between 1 and ``LEAST`` - 1 at least one other value fits what is shown,
    even for someone who knows this rule, and whether or not empty keys are listed; the tests
    try every small table.
    """
    small = {key for key, people in cells.items() if 0 < people < LEAST}
    if not small:
        return tuple(Group(keys=(key,), people=people) for key, people in cells.items())
    together = _together(small, cells)
    people = sum(cells[key] for key in together)
    if people == sum(cells.values()):
        return (Group(keys=(), people=people if people >= LEAST else None),)
    shared = Group(keys=tuple(key for key in cells if key in together), people=people)
    return tuple(
        shared if key in together else Group(keys=(key,), people=people)
        for key, people in cells.items()
        if key not in together or key == shared.keys[0]
    )


def _together(small: set[str], cells: Mapping[str, int]) -> set[str]:
    """Return the keys that share a row."""
    together = set(small)
    sizes = sorted({people for people in cells.values() if people >= LEAST})
    for size in sizes:
        if not _tells([cells[key] for key in together]):
            break
        together.update(key for key, people in cells.items() if people == size)
    return together


def _tells(parts: list[int]) -> bool:
    """Tell whether the sum of the parts gives one of them away."""
    all_small = max(parts) < LEAST
    every_part_known = all_small and sum(parts) in {len(parts), len(parts) * (LEAST - 1)}
    return len(parts) == 1 or sum(parts) < LEAST or every_part_known


def roles_by_side(
    roles: Mapping[str, Mapping[str, int]],
) -> tuple[tuple[Group, tuple[Group, ...]], ...]:
    """Return the sides with the roles on them, as they may be shown together.

    ``roles`` maps each side to its roles' counts. Roles add up to their side, so a side that
    shares its row with another shows none: they would give its number away.
    """
    sides = grouped({side: sum(its_roles.values()) for side, its_roles in roles.items()})
    return tuple(
        (side, grouped(roles[side.keys[0]]) if len(side.keys) == 1 and side.people else ())
        for side in sides
    )
