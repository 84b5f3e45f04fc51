"""Goals: numbers as written, owners on their own sides, how far a goal is."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from cohorts.learning.domain.partners import Member, TableSide, Who
from cohorts.plans.domain import (
    Direction,
    GoalSpec,
    Moved,
    PlanRefused,
    Progress,
    Reading,
    advice,
    check_goal,
    how_far,
    in_order,
    lacking,
    moved_in,
    owners_gone,
    read_amount,
    with_unit,
    written,
)

pytestmark = pytest.mark.pure

REP, CHIEF, BOARD, STRANGER = (UUID(int=n) for n in range(1, 5))
WHO = Who(
    members=tuple(
        Member(person_id=one, name=name, side=side, role_code="", office="", speaks=True)
        for one, name, side in (
            (REP, "Ana Ruiz", TableSide.LABOR),
            (CHIEF, "Sam Lee", TableSide.MANAGEMENT),
            (BOARD, "Bo Day", TableSide.MANAGEMENT),
        )
    )
)
TODAY = date(2026, 9, 1)


def goal(**values):
    return GoalSpec(
        **{
            "title": "Third graders who read at grade level",
            "students": True,
            "measure": "State reading test, grade 3",
            "unit": "%",
            "baseline": Decimal(60),
            "target": Decimal(80),
            "due": date(2027, 6, 1),
            "labor_owner": REP,
            "management_owner": CHIEF,
            **values,
        }
    )


def on(day, value, order=0):
    return Reading(on=date.fromisoformat(day), value=Decimal(value), order=order)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("62", Decimal(62)),
        (" 62.5% ", Decimal("62.5")),
        ("1,250", Decimal(1250)),
        ("-3.0001", Decimal("-3.0001")),
        ("−3", Decimal(-3)),
        ("1000000000", Decimal(1_000_000_000)),
        *((no, None) for no in ("", "1_000", "1e3", "NaN", "٣", "1.00001", "1,25", "2000000000")),
    ],
)
def test_numbers_are_read_as_people_write_them(text, amount):
    assert read_amount(text) == amount


def test_numbers_are_written_without_zeros_that_say_nothing():
    assert [written(Decimal(n)) for n in ("62.50", "1250", "0.0000", "-0.5")] == [
        "62.5", "1,250", "0", "-0.5",
    ]  # fmt: skip
    assert with_unit(Decimal(14), "days") == "14 days"
    assert with_unit(Decimal("62.5"), "percent") == "62.5%"
    assert with_unit(None, "days") == ""


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  x "}, "title"),
        ({"baseline": Decimal(80), "target": Decimal(60)}, "target"),
        ({"direction": Direction.LESS}, "target"),
        ({"labor_owner": CHIEF}, "labor_owner"),
        ({"management_owner": REP}, "management_owner"),
        ({"management_owner": STRANGER}, "management_owner"),
    ],
)
def test_a_goal_that_contradicts_itself_is_refused_beside_its_field(values, field):
    with pytest.raises(PlanRefused) as refused:
        check_goal(goal(**values), WHO)
    assert refused.value.field == field


def test_the_board_owns_goals_for_management_and_an_owner_who_left_may_stay_for_now():
    check_goal(goal(management_owner=BOARD), WHO)
    check_goal(goal(labor_owner=STRANGER), WHO, former=goal(labor_owner=STRANGER))
    assert owners_gone(goal(labor_owner=STRANGER), WHO) == (TableSide.LABOR,)


@pytest.mark.parametrize(
    ("start", "target", "direction", "value", "standing", "percent"),
    [
        (60, 80, Direction.MORE, 70, Progress.FORWARD, 50),
        (60, 80, Direction.MORE, "79.99", Progress.FORWARD, 99),
        (60, 80, Direction.MORE, 80, Progress.REACHED, 100),
        (60, 80, Direction.MORE, 90, Progress.REACHED, 150),
        (60, 80, Direction.MORE, 55, Progress.BACK, -25),
        (60, 80, Direction.MORE, 60, Progress.LEVEL, 0),
        (40, 10, Direction.LESS, 25, Progress.FORWARD, 50),
        (40, 10, Direction.LESS, 50, Progress.BACK, -33),
        (40, 10, Direction.LESS, 10, Progress.REACHED, 100),
        (95, 95, Direction.MORE, 96, Progress.REACHED, None),
        (95, 95, Direction.MORE, 94, Progress.BACK, None),
        (5, 5, Direction.LESS, 5, Progress.REACHED, None),
    ],
)
def test_how_far_a_goal_is_whichever_way_is_better(
    start, target, direction, value, standing, percent
):
    one = goal(baseline=Decimal(start), target=Decimal(target), direction=direction)
    far = how_far(one, [on("2026-10-01", value)])
    assert (far.standing, far.percent) == (standing, percent)


def test_readings_count_by_their_day_and_the_last_word_of_a_day_holds():
    readings = [
        on("2027-03-01", 82, 1),
        on("2026-10-01", 65, 2),
        on("2027-03-01", 78, 4),
        on("2027-01-10", 81, 3),
    ]
    assert [one.value for one in in_order(readings)] == [65, 81, 78]
    far = how_far(goal(), readings)
    assert (far.standing, far.percent, far.reached_on) == (Progress.FORWARD, 90, None)
    again = how_far(goal(), [*readings, on("2027-04-01", 80, 5), on("2027-05-01", 84, 6)])
    assert again.reached_on == date(2027, 4, 1)
    assert how_far(goal(), []).standing is Progress.UNMEASURED
    assert how_far(goal(target=None), readings).standing is Progress.UNMEASURED


@pytest.mark.parametrize(
    ("readings", "moved"),
    [
        ([], Moved(progressed=False, reached=False)),
        ([on("2026-10-01", 65)], Moved(progressed=True, reached=False)),
        ([on("2026-10-01", 55)], Moved(progressed=False, reached=False)),
        ([on("2026-06-01", 70), on("2026-10-01", 65)], Moved(progressed=False, reached=False)),
        ([on("2026-10-01", 85)], Moved(progressed=True, reached=True)),
        ([on("2026-06-01", 80), on("2026-10-01", 85)], Moved(progressed=True, reached=False)),
        ([on("2027-08-01", 85)], Moved(progressed=False, reached=False)),
    ],
)
def test_what_a_school_year_brought(readings, moved):
    assert moved_in(goal(), readings, date(2026, 7, 1), date(2027, 6, 30)) == moved


def test_a_plan_says_everything_it_lacks_before_it_is_signed():
    assert lacking([(REP, goal())], TODAY, WHO, TODAY) == ()
    assert [lack.sentence for lack in lacking([], date(2026, 8, 31), WHO, TODAY)] == [
        "Write the first goal.",
        "The date of your next meeting has passed. Set the next one.",
    ]
    bare = goal(
        title="Mentors", measure="", baseline=None, target=None, due=None, labor_owner=STRANGER,
        management_owner=None,
    )  # fmt: skip
    lacks = lacking([(REP, bare)], None, WHO, TODAY)
    assert {lack.goal_id for lack in lacks} == {REP, None}
    assert [lack.sentence for lack in lacks] == [
        "“Mentors”: say what you measure.",
        "“Mentors”: write where you stand today.",
        "“Mentors”: write the target.",
        "“Mentors”: say until when.",
        "“Mentors”: the owner on the labor side has left. Name the successor.",
        "“Mentors”: name an owner on the management side.",
        "Set the date on which your partnership meets next.",
    ]
    assert advice([goal()]) == ()
    assert advice([goal(students=False)])[0].startswith("None of your goals is about students")
