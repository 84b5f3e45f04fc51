"""What reports count, and what they hide."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cohorts.reports.domain.composing import compose
from cohorts.reports.domain.ground import CreditGiven, Ground, YearOf
from cohorts.reports.domain.presence import school_year
from cohorts.reports.domain.scope import ReportKind
from cohorts.reports.domain.tables import Block, digest, read, written
from cohorts.reports.domain.tiles import PLACES, tile_map
from consortium.directory.domain.states import ALL_STATES
from consortium.people.domain import Side
from tests.cohorts.reports.grounds import FRAME, held, people, uid, workshop

pytestmark = pytest.mark.pure


def cells(block: Block | None) -> dict[str, tuple[object, ...]]:
    assert block is not None
    return {line.key: line.cells for line in block.every_line}


def test_nj10_rows_by_state_side_and_role_and_teams_without_a_person() -> None:
    """NJ10: three Delaware teachers are too few; as many rows hide so that none tells them."""
    report = compose(ReportKind.TEAMS, workshop(), FRAME)

    assert cells(report.block("teams")) == {
        "NJ": (10, 1, 0),
        "DE": (0, 0, 1),
        "*": (10, 1, 1),
    }
    sides = cells(report.block("sides"))
    assert sides["DE"] == (None, 0, 0, None)
    assert sides["NJ"] == (None, 12, 10, None)
    assert sides["*"] == (25, 12, 10, 47)
    roles = cells(report.block("roles"))
    assert roles["labor:teacher"] == (None, None, 11)
    assert roles["labor:union_leader"] == (0, 14, 14)
    assert "uuid" not in written(report).lower()
    assert str(uid(10_000))[:8] not in written(report).replace("00000000", "")


def test_small_teams_are_counted_by_state_and_by_side() -> None:
    """No role of a team of five can be shown, and yet nobody's total has to go."""
    team = {"teacher": (Side.LABOR, 2), "union_leader": (Side.LABOR, 1)}
    team |= {"principal": (Side.MANAGEMENT, 1), "superintendent": (Side.MANAGEMENT, 1)}
    ground = Ground(
        held=[held(1)],
        people=[
            one
            for state in ("AZ", "CO", "NM", "WA")
            for role, (side, count) in team.items()
            for one in people(count, state, side, role)
        ],
    )

    report = compose(ReportKind.REACH, ground, FRAME)

    assert cells(report.block("sides")) == {
        **dict.fromkeys(("AZ", "CO", "NM", "WA"), (None, None, 5)),
        "*": (12, 8, 20),
    }
    assert {cell for row in cells(report.block("roles")).values() for cell in row} == {None}


def test_who_came_tells_nothing_that_is_hidden_of_who_takes_part() -> None:
    """Three teachers of Delaware hide a side of who takes part; all of both states came."""
    report = compose(ReportKind.YEAR, workshop(), FRAME)

    reach = cells(report.block("sides"))
    came = cells(report.block("came_sides"))
    states = cells(report.block("came_states"))
    block = report.block("sides")
    assert block is not None
    columns = [column.key for column in block.columns]
    for side, told in zip(columns, reach["*"], strict=True):
        assert told is not None or came.get(side, (None,))[0] is None
    for state in ("NJ", "DE"):
        assert reach[state][-1] is not None or states[state] == (None, None, None)


def test_everyone_counts_once_however_often_they_came() -> None:
    ground = Ground(
        held=[held(1), held(2, first_day=date(2026, 5, 1))],
        people=[
            *people(8, "NJ", Side.LABOR, "teacher", institute=1, minutes=60),
            *people(9, "NJ", Side.LABOR, "teacher", institute=2, minutes=90),
        ],
        state_names={"NJ": "New Jersey"},
    )

    report = compose(ReportKind.ATTENDANCE, ground, FRAME)

    assert cells(report.block("came_states"))["*"] == (9, Decimal("21.5"), Decimal("2.4"))
    assert [line.cells[1:3] for line in report.block("institutes").lines] == [
        (8, Decimal("8.0")),
        (9, Decimal("13.5")),
    ]


def test_hours_are_hidden_where_the_people_are() -> None:
    report = compose(ReportKind.ATTENDANCE, workshop(), FRAME)

    assert cells(report.block("came_states"))["DE"] == (None, None, None)
    assert cells(report.block("came_states"))["NJ"] == (None, None, None)
    assert cells(report.block("came_states"))["*"][0] == 47


def test_new_and_returning_do_not_tell_a_hidden_state() -> None:
    found = cells(compose(ReportKind.REACH, workshop(), FRAME).block("newness"))

    assert found == {"DE": (None, None), "NJ": (None, None), "*": (11, 36)}


def test_retention_between_school_years() -> None:
    years = [
        YearOf(year="2024–25", leas=frozenset("abcd"), people=frozenset(map(uid, range(20)))),
        YearOf(year="2025–26", leas=frozenset("abce"), people=frozenset(map(uid, range(6, 30)))),
    ]

    (line,) = compose(ReportKind.RETENTION, Ground(years=years), FRAME).blocks[0].lines

    assert line.cells == (4, 3, Decimal("75.0"), 20, 14, Decimal("70.0"), 10)


def test_few_who_did_not_come_again_are_not_told() -> None:
    years = [
        YearOf(year="2024–25", leas=frozenset("ab"), people=frozenset(map(uid, range(20)))),
        YearOf(year="2025–26", leas=frozenset("ab"), people=frozenset(map(uid, range(2, 22)))),
    ]

    (line,) = compose(ReportKind.RETENTION, Ground(years=years), FRAME).blocks[0].lines

    assert line.cells[3:] == (20, None, None, None)


def test_school_years_begin_in_july() -> None:
    assert school_year(date(2027, 6, 30)) == "2026–27"
    assert school_year(date(2026, 7, 1)) == "2026–27"
    assert school_year(date(1999, 12, 1)) == "1999–00"


def test_credit_is_counted_by_kind_and_hidden_with_its_people() -> None:
    def given(first: int, count: int, name: str) -> list[CreditGiven]:
        return [
            CreditGiven(person_id=uid(n), name=name, unit="hours", amount=Decimal(5))
            for n in range(first, first + count)
        ]

    ground = replace(workshop(), credits=[*given(0, 30, "PD"), *given(40, 12, "CEU")])
    assert [line.cells for line in compose(ReportKind.CREDIT, ground, FRAME).blocks[0].lines] == [
        (12, Decimal(60), "hours"),
        (30, Decimal(150), "hours"),
    ]

    ground = replace(workshop(), credits=[*given(0, 30, "PD"), *given(40, 3, "CEU")])
    assert [line.cells for line in compose(ReportKind.CREDIT, ground, FRAME).blocks[0].lines] == [
        (None, None, "hours"),
        (None, None, "hours"),
    ]


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_report_is_read_back_as_it_was_written(kind: ReportKind) -> None:
    for ground in (workshop(), Ground()):
        report = compose(kind, ground, FRAME)
        text = written(report)

        assert read(text) == report
        assert written(read(text)) == text
        assert digest(text) == digest(written(compose(kind, ground, FRAME)))


def test_what_nobody_collected_says_so() -> None:
    report = compose(ReportKind.PLANS, workshop(), FRAME)

    assert report.blocks[0].lines == ()
    assert report.blocks[0].nothing.startswith("Not collected")


def test_every_state_has_its_square_and_none_lie_on_each_other() -> None:
    """But for the codes of federal schools, which lie in no state."""
    assert set(ALL_STATES) - set(PLACES) == {"BI", "DD"} & set(ALL_STATES)
    assert len(set(PLACES.values())) == len(PLACES)


def test_shades_are_quarters_of_the_largest_count() -> None:
    shown = tile_map({"NJ": 40, "DE": 10, "PA": 11, "CA": 1}, {})

    shades = {tile.code: tile.shade for tile in shown.tiles if tile.count}
    assert shades == {"NJ": 4, "DE": 1, "PA": 2, "CA": 1}
    assert next(tile.shade for tile in shown.tiles if tile.code == "TX") == 0
