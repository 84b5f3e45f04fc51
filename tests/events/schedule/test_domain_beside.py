"""Long programmes are compared by groups and by time, and nothing is missed by it."""

import random
from datetime import datetime, timedelta
from itertools import combinations, count
from typing import Any

import pytest

from events.schedule.domain import PlannedSession, clashes_of
from events.schedule.domain.beside import beside_each_other, group_of
from events.schedule.domain.sessions import in_order
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure
MORNING = datetime(2026, 5, 1, 8)


def at(minutes: int, lasting: int = 60, **values: Any) -> PlannedSession:
    starts = MORNING + timedelta(minutes=minutes)
    return planned(
        starts=starts.isoformat(), ends=(starts + timedelta(minutes=lasting)).isoformat(), **values
    )


def some(chance: random.Random) -> list[PlannedSession]:
    """Return thirty sessions in a day, for whom it may be, and one without a date."""
    roles = ("*", "principal", "teacher", "superintendent")
    sessions = [
        at(
            chance.randrange(0, 300, 15), chance.choice((15, 45, 90)), code=f"s{n}",
            audience_roles=tuple(chance.sample(roles, chance.randint(1, 2))),
            audience_sides=chance.choice(((), (), ("labor",), ("management",))),
            strand=chance.choice(("", "", "literacy", "budget")),
            cohort=chance.choice(("", "both", "one", "two")),
            venue=chance.choice(("", "", "Hotel")),
        )
        for n in range(30)
    ]  # fmt: skip
    return [*sessions, planned("undated", starts="")]


@pytest.mark.parametrize("seed", range(20))
def test_each_pair_is_found_that_comparing_all_with_all_would_find(seed: int) -> None:
    sessions = some(random.Random(seed))
    pairs = list(combinations(sorted(sessions, key=in_order), 2))
    expected = {
        (one.code, other.code)
        for one, other in pairs
        if one.overlaps(other) and group_of(one).shares(group_of(other))
    }

    found = [(one.code, other.code) for one, other in beside_each_other(sessions)]

    assert set(found) == expected
    assert len(found) == len(expected) > 0


class Counted(tuple[str, ...]):
    """Roles that count how often they are looked at."""

    __slots__ = ()
    looks = count()

    def __iter__(self) -> Any:
        next(self.looks)
        return super().__iter__()


def test_a_programme_twice_as_long_takes_twice_as_long() -> None:
    """Each session's roles are read as often in a long programme as in a short one."""
    read = []
    for number in (100, 200, 400):
        before = next(Counted.looks)
        clashes_of(
            [
                at(60 * (n % 2), audience_roles=Counted((f"role{n}",)), venue=f"Hotel {n % 2}")
                for n in range(number)
            ],
            rooms={},
        )
        read.append((next(Counted.looks) - before - 1) / number)

    assert read[0] == read[1] == read[2]
