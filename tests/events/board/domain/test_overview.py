from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from consortium.people.domain import Side
from events.board.domain.overview import Gap, NextDue, SideLine, next_due, overview
from events.board.domain.teams import Completeness, RoleBook, TeamFilter, judged, lacks_side
from events.institutes.domain import Due, RoleRule, Strength
from tests.events.board.lines import make_line, make_member
from tests.factories import NOON

pytestmark = pytest.mark.pure

NEW_YORK = ZoneInfo("America/New_York")
BOOK = RoleBook(
    rules=tuple(
        RoleRule(code=code, label=label, side=side, strength=Strength.REQUIRED, min=1)
        for code, label, side in (
            ("superintendent", "Superintendent", Side.MANAGEMENT),
            ("union_leader", "Association president", Side.LABOR),
            ("board_member", "Board member", Side.GOVERNANCE),
        )
    )
)


def test_overview_counts_teams_by_status_and_registered_ones_by_completeness() -> None:
    lines = [
        make_line("A", complete=True),
        make_line("B", complete=False),
        make_line("C", complete=None),
        make_line("D", status="draft", complete=False),
        make_line("E", status="waitlisted"),
        make_line("F", status="withdrawn"),
        make_line("G", visitors=True),
        make_line("H", visitors=True, status="draft"),
    ]

    found = overview(lines, BOOK)

    assert found.teams == {"registered": 3, "draft": 1, "waitlisted": 1, "withdrawn": 1}
    assert found.completeness == {
        Completeness.COMPLETE: 1,
        Completeness.INCOMPLETE: 1,
        Completeness.NOT_JUDGED: 1,
    }
    assert found.visitor_groups == 1


def test_overview_says_which_roles_how_many_teams_lack() -> None:
    lines = [
        make_line("A", missing=("union_leader", "board_member")),
        make_line("B", missing=("board_member",)),
        make_line("C", status="draft", missing=("union_leader",)),
        make_line("D", status="waitlisted", missing=("custodian",)),
        make_line("E", status="withdrawn", missing=("union_leader",)),
    ]

    assert overview(lines, BOOK).gaps == (
        Gap(code="board_member", label="Board member", registered=2, others=0),
        Gap(code="union_leader", label="Association president", registered=1, others=1),
        Gap(code="custodian", label="Custodian", registered=0, others=1),
    )


def test_overview_weighs_the_sides_of_registered_teams() -> None:
    lines = [
        make_line(
            "A",
            make_member("superintendent"),
            make_member("union_leader", status="invited"),
            make_member("board_member", "superintendent"),
        ),
        make_line("B", make_member("superintendent")),
        make_line("C", make_member("union_leader"), status="draft"),
        make_line("D", make_member("visitor"), visitors=True),
    ]

    found = overview(lines, BOOK)

    assert found.sides == (
        SideLine(side=Side.LABOR, seats=1, confirmed=0, percent=25, teams_without=1),
        SideLine(side=Side.MANAGEMENT, seats=2, confirmed=2, percent=50, teams_without=0),
        SideLine(side=Side.GOVERNANCE, seats=1, confirmed=1, percent=25, teams_without=1),
    )
    assert (found.seats, found.confirmed, found.unconfirmed) == (5, 4, 1)


def test_overview_of_nothing_divides_nothing() -> None:
    found = overview([], BOOK)

    assert [line.percent for line in found.sides] == [0, 0, 0]
    assert (found.seats, found.gaps, found.asking_host) == (0, (), ())


def test_a_team_without_a_side_is_one_where_nobody_fills_its_roles() -> None:
    both = make_line("A", make_member("superintendent", "union_leader"))

    assert not lacks_side(both, Side.LABOR, BOOK)
    assert lacks_side(make_line("B", make_member("superintendent")), Side.LABOR, BOOK)
    assert not lacks_side(make_line("C", make_member("visitor"), visitors=True), "labor", BOOK)


LINES = (
    make_line("A", make_member("superintendent"), complete=True, state="NJ"),
    make_line("B", make_member("union_leader"), complete=False, missing=("board_member",)),
    make_line("C", status="draft", complete=False, state="DE", missing=("union_leader",)),
    make_line("D", status="withdrawn", complete=None),
    make_line("E", visitors=True, complete=None),
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, "ABCE"),
        ({"standing": "withdrawn"}, "D"),
        ({"standing": "draft"}, "C"),
        ({"completeness": "incomplete"}, "BC"),
        ({"completeness": "not_judged"}, "E"),
        ({"state": "DE"}, "C"),
        ({"role": "board_member"}, "B"),
        ({"side": "labor"}, "AC"),
        ({"side": "labor", "standing": "registered"}, "A"),
    ],
)
def test_filter_chooses_the_teams(wanted: dict[str, str], names: str) -> None:
    assert "".join(team.name for team in TeamFilter(**wanted).chosen(LINES, BOOK)) == names


def test_judged_puts_the_rows_answer_in_words() -> None:
    assert [judged(answer).words for answer in (True, False, None)] == [
        "Complete",
        "Incomplete",
        "Not judged",
    ]


def test_next_due_is_the_first_that_has_not_passed() -> None:
    past = Due(code="letters", what="Letters go out", on=date(2026, 3, 1))
    today = Due(code="rsvp_by", what="", on=date(2026, 3, 2), at=time(8, 0))
    later = Due(code="register_by", what="Registration closes", on=date(2026, 4, 1))

    assert next_due([later, past, today], NEW_YORK, at=NOON) == NextDue(due=today, days_left=0)
    assert next_due([later, past], NEW_YORK, at=NOON) == NextDue(due=later, days_left=30)
    assert next_due([past], NEW_YORK, at=NOON) is None
    assert NextDue(due=today, days_left=0).what == "Rsvp by"
    assert NextDue(due=later, days_left=30).what == "Registration closes"
