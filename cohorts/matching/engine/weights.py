"""What a match counts: whole numbers, so that two programs agree to the unit."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SIZE_THRESHOLDS = (
    75, 106, 150, 212, 300, 424, 600, 849, 1200, 1697, 2400, 3394, 4800, 6788, 9600, 13576,
    19200, 27153, 38400, 54306, 76800, 108612, 153600, 217223, 307200, 434446,
)  # fmt: skip
"""Students from which the next size band begins; each is about 1.41 times the one before."""

ROLES = (
    "superintendent",
    "union_president",
    "board_member",
    "principal",
    "teacher",
    "central_office",
    "classified_leader",
    "parent_leader",
)
RELATED = {
    ("superintendent", "central_office"): 75,
    ("union_president", "classified_leader"): 75,
    ("union_president", "teacher"): 60,
    ("board_member", "parent_leader"): 60,
    ("principal", "central_office"): 60,
}


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The nine terms of a pair's weight, and which roles may meet at all."""

    roles: Sequence[str] = ROLES
    role_same: int = 150
    role_related: Mapping[tuple[str, str], int] = field(default_factory=lambda: dict(RELATED))
    role_other: int | None = None
    """What a pair of roles that are not named counts; ``None`` forbids it."""
    role_is_enough: bool = False
    """Whether the same or a related role alone is reason enough to meet, without goal or help."""
    goal_rank_values: Sequence[int] = (4, 3, 2, 1)
    goal_unit: int = 10
    help_unit: int = 60
    help_cap: int = 2
    help_both: int = 40
    size_thresholds: Sequence[int] = SIZE_THRESHOLDS
    size_unit: int = 20
    size_span: int = 5
    locale_major: int = 40
    locale_full: int = 20
    poverty_max: int = 60
    poverty_slope: int = 2
    state_differs: int = 30
    availability_unit: int = 5
    availability_cap: int = 6
    second_language: int = 30
    main_language: str = "en"

    def role(self, one: str, other: str) -> int | None:
        """Return what these two roles count together, or ``None`` where they may not meet."""
        if one == other:
            return self.role_same if one in self.roles or self.role_other is not None else None
        for pair in ((one, other), (other, one)):
            if pair in self.role_related:
                return self.role_related[pair]
        return self.role_other

    def enough(self, one: str, other: str) -> bool:
        """Tell whether these two roles may meet without a shared goal and without help."""
        if not self.role_is_enough:
            return False
        return one == other or self.related(one, other)

    def related(self, one: str, other: str) -> bool:
        """Tell whether these two roles are named as close to each other."""
        return (one, other) in self.role_related or (other, one) in self.role_related

    def band(self, students: int | None) -> int | None:
        """Return the size band of an LEA, ``None`` where nobody counted its students."""
        return None if students is None else bisect_right(self.size_thresholds, students)

    def goal_value(self, rank: int) -> int:
        """Return what a goal counts that someone lists at this rank, from 0."""
        return self.goal_rank_values[rank] if rank < len(self.goal_rank_values) else 0
