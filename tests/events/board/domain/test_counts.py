from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

import pytest

from events.board.domain.counts import LEAST, Group, grouped, roles_by_side

pytestmark = pytest.mark.pure

KEYS = "abcdef"


def shown(**cells: int) -> list[tuple[str, int | None]]:
    return [("+".join(group.keys), group.people) for group in grouped(cells)]


def test_large_counts_and_zeros_are_shown_as_they_are() -> None:
    assert shown(labor=30, management=40, governance=0) == [
        ("labor", 30),
        ("management", 40),
        ("governance", 0),
    ]


def test_a_small_count_is_added_to_the_smallest_large_one() -> None:
    assert shown(labor=30, management=40, community=3) == [
        ("labor+community", 33),
        ("management", 40),
    ]


def test_small_counts_that_make_a_group_of_their_own_leave_the_large_ones_alone() -> None:
    assert shown(labor=30, governance=4, community=3, either=0) == [
        ("labor", 30),
        ("governance+community", 7),
        ("either", 0),
    ]


def test_equal_large_counts_are_taken_together_since_the_choice_would_tell() -> None:
    assert shown(labor=5, management=5, community=4, governance=30) == [
        ("labor+management+community", 14),
        ("governance", 30),
    ]


def test_a_sum_that_gives_every_part_away_takes_one_more() -> None:
    ones = dict.fromkeys("abcde", 1)
    assert shown(**ones, f=20, g=30) == [("a+b+c+d+e+f", 25), ("g", 30)]
    assert shown(a=4, b=4, c=20, d=30) == [("a+b+c", 28), ("d", 30)]


def test_one_row_for_everyone_names_no_key() -> None:
    assert shown(labor=3, management=4, governance=0) == [("", 7)]
    assert shown(labor=3, management=30, governance=0) == [("", 33)]
    assert shown(labor=3, management=1) == [("", None)]
    assert shown(labor=1) == [("", None)]


def test_nobody_is_no_secret() -> None:
    assert shown(labor=0, management=0) == [("labor", 0), ("management", 0)]
    assert shown() == []


@pytest.mark.parametrize(("keys", "most"), [(1, 12), (2, 20), (3, 14), (4, 10), (5, 6)])
@pytest.mark.parametrize("empty_keys_are_listed", [True, False])
def test_nobody_can_work_out_a_small_count(
    keys: int, most: int, *, empty_keys_are_listed: bool
) -> None:
    """Every small count fits at least one other table that would be shown in the same way."""
    fitting: Mapping[tuple[Group, ...], list[set[int]]] = defaultdict(
        lambda: [set() for _ in range(keys)]
    )
    tables = []
    for counts in product(range(most + 1), repeat=keys):
        listed = {
            key: people
            for key, people in zip(KEYS, counts, strict=False)
            if people or empty_keys_are_listed
        }
        page = grouped(listed)
        tables.append((counts, page))
        for values, people in zip(fitting[page], counts, strict=True):
            values.add(people)

    given_away = [
        (counts, page)
        for counts, page in tables
        if any(
            0 < people < LEAST and len(values) == 1
            for people, values in zip(counts, fitting[page], strict=True)
        )
    ]

    assert given_away == []


@pytest.mark.parametrize(("keys", "most"), [(3, 14), (4, 10)])
def test_every_table_adds_up_to_its_total(keys: int, most: int) -> None:
    for counts in product(range(most + 1), repeat=keys):
        groups = grouped(dict(zip(KEYS, counts, strict=False)))
        if None not in [group.people for group in groups]:
            assert sum(group.people or 0 for group in groups) == sum(counts)


def test_hiding_alone_would_give_the_count_away() -> None:
    """The negative control: the search above finds the fault in plain hiding."""

    def hidden(cells: Mapping[str, int]) -> Iterable[int | None]:
        yield sum(cells.values())
        yield from (people if people >= LEAST else None for people in cells.values())

    fitting = defaultdict(set)
    for counts in product(range(10), repeat=3):
        fitting[tuple(hidden(dict(zip(KEYS, counts, strict=False))))].add(counts[0])

    assert {3} in [values for page, values in fitting.items() if page[1] is None]


def test_a_side_that_shares_its_row_shows_no_roles() -> None:
    tables = roles_by_side(
        {
            "labor": {"union_leader": 12, "teacher": 2, "esp": 6},
            "management": {"superintendent": 20, "principal": 0},
            "governance": {"board_member": 7},
            "community": {"parent": 3},
        }
    )

    assert tables == (
        (
            Group(keys=("labor",), people=20),
            (
                Group(keys=("union_leader",), people=12),
                Group(keys=("teacher", "esp"), people=8),
            ),
        ),
        (
            Group(keys=("management",), people=20),
            (
                Group(keys=("superintendent",), people=20),
                Group(keys=("principal",), people=0),
            ),
        ),
        (Group(keys=("governance", "community"), people=10), ()),
    )


def test_nobody_can_work_out_a_small_side_or_role_from_both_tables() -> None:
    roles = (("labor", "a"), ("labor", "b"), ("management", "c"), ("management", "d"))
    fitting: dict[object, list[set[int]]] = defaultdict(lambda: [set() for _ in range(6)])
    tables = []
    for counts in product(range(9), repeat=4):
        sides: dict[str, dict[str, int]] = {"labor": {}, "management": {}}
        for (side, role), people in zip(roles, counts, strict=True):
            sides[side][role] = people
        secrets = (*counts, counts[0] + counts[1], counts[2] + counts[3])
        page = roles_by_side(sides)
        tables.append((secrets, page))
        for values, people in zip(fitting[page], secrets, strict=True):
            values.add(people)

    given_away = [
        secrets
        for secrets, page in tables
        if any(
            0 < people < LEAST and len(values) == 1
            for people, values in zip(secrets, fitting[page], strict=True)
        )
    ]

    assert given_away == []
