from dataclasses import replace
from uuid import UUID

import pytest

from consortium.people.domain import Side
from events.registration.domain import SeatShown, TeamShown, sides_after, sides_beside

pytestmark = pytest.mark.pure

ADA = SeatShown(
    seat_id=UUID(int=1), person_id=UUID(int=11), name="Ada", role_codes=("superintendent",)
)
BO = SeatShown(seat_id=UUID(int=2), person_id=UUID(int=12), name="Bo", role_codes=("union_leader",))
TEAM = TeamShown(name="Oak Park", site="", seats=(ADA, BO), waived=())


@pytest.mark.parametrize(
    ("held", "beside"),
    [
        ([Side.LABOR], (Side.MANAGEMENT,)),
        ([Side.MANAGEMENT], (Side.LABOR,)),
        ([Side.GOVERNANCE], (Side.LABOR, Side.MANAGEMENT)),
        ([Side.OTHER], (Side.LABOR, Side.MANAGEMENT)),
        ([Side.LABOR, Side.MANAGEMENT], ()),
        ([Side.GOVERNANCE, Side.LABOR], ()),
    ],
)
def test_the_second_lead_comes_from_the_other_side(
    held: list[Side], beside: tuple[Side, ...]
) -> None:
    assert sides_beside(held) == beside


@pytest.mark.parametrize(
    ("mine", "others", "after"),
    [
        (Side.LABOR, [], (Side.LABOR,)),
        (Side.MANAGEMENT, [Side.LABOR], (Side.MANAGEMENT,)),
        (Side.GOVERNANCE, [], (Side.GOVERNANCE, Side.LABOR, Side.MANAGEMENT)),
        (Side.OTHER, [Side.LABOR], (Side.OTHER, Side.MANAGEMENT)),
    ],
)
def test_a_lead_hands_over_within_the_own_side(
    mine: Side, others: list[Side], after: tuple[Side, ...]
) -> None:
    assert sides_after(mine, others) == after


def test_a_team_shown_is_known_again_whatever_the_order_of_its_people() -> None:
    assert replace(TEAM, seats=(BO, ADA)).fingerprint == TEAM.fingerprint


@pytest.mark.parametrize(
    "other",
    [
        replace(TEAM, name="Oak Park SD"),
        replace(TEAM, site="Lincoln School"),
        replace(TEAM, seats=(ADA,)),
        replace(TEAM, seats=(ADA, replace(BO, name="Bo Field"))),
        replace(TEAM, seats=(ADA, replace(BO, person_id=UUID(int=13)))),
        replace(TEAM, seats=(ADA, replace(BO, role_codes=("board_member",)))),
        replace(TEAM, waived=("board_member",)),
    ],
)
def test_a_team_that_differs_in_anything_is_another(other: TeamShown) -> None:
    assert other.fingerprint != TEAM.fingerprint
