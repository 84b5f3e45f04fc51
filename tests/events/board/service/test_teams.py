from datetime import time

import pytest

from consortium.database import db
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.board.domain.teams import TeamFilter
from events.board.service.teams import board_of, team_lines
from events.institutes.domain import AdmittedAs
from events.registration.models import TeamKind, TeamLead, TeamStatus
from tests.events.board.rows import store_team
from tests.factories import make_institute, make_person, make_tenant, soon
from tests.queries import counting_queries


@pytest.fixture(autouse=True)
def _in_a_tenant(tenant: Tenant) -> None:
    """Work for a consortium in every test."""


def test_team_lines_bring_live_seats_and_leads_with_their_addresses() -> None:
    institute = make_institute()
    team = store_team(
        institute,
        1,
        ("Ada Ng", "superintendent", "confirmed"),
        ("Bo Li", "union_leader", "invited"),
        ("Cy Moe", "principal", "declined"),
        name="Ridge",
        complete=False,
        missing=["board_member"],
        site="North School",
    )
    team.seats[1].also_role_codes = ["principal"]
    db.session.commit()

    [line] = team_lines(institute)

    assert (line.title, line.status, line.completeness) == (
        "Ridge, North School",
        "registered",
        "incomplete",
    )
    assert (line.lea_id, line.missing, line.confirmed) == ("3400001", ("board_member",), 1)
    assert [(m.name, m.email, m.role_codes) for m in line.members] == [
        ("Ada Ng", "ada.ng@example.org", ("superintendent",)),
        ("Bo Li", "bo.li@example.org", ("union_leader", "principal")),
    ]
    assert [m.name for m in line.unconfirmed] == ["Bo Li"]
    assert [lead.email for lead in line.leads] == ["ada.ng@example.org"]


def test_board_answers_the_coordinators_questions() -> None:
    institute = make_institute(deadlines=[("register_by", soon(3).date(), time(17, 0))])
    store_team(institute, 1, ("Ada", "superintendent", "confirmed"), complete=True)
    store_team(
        institute,
        2,
        ("Bo", "union_leader", "named"),
        complete=False,
        missing=["superintendent"],
        state="DE",
    )
    store_team(
        institute,
        3,
        status=TeamStatus.ASKING,
        admitted_as=AdmittedAs.BY_REQUEST,
        state="CA",
        complete=None,
    )
    store_team(institute, 4, ("Vi", "visitor", "invited"), kind=TeamKind.VISITORS, complete=None)

    board = board_of(institute)

    assert board.overview.teams == {"registered": 2, "asking": 1}
    assert board.overview.visitor_groups == 1
    assert [gap.label for gap in board.overview.gaps] == ["Superintendent"]
    assert [team.name for team in board.overview.asking_host] == ["District 3"]
    assert (board.overview.confirmed, board.overview.seats) == (1, 3)
    assert board.next_due is not None
    assert (board.next_due.what, board.next_due.days_left) == ("register_by", 3)
    assert set(board.states) == {"NJ", "DE", "CA"}
    assert [team.name for team in board.chosen(TeamFilter(completeness="incomplete"))] == [
        "District 2"
    ]


def test_board_shows_nothing_of_another_institute_or_consortium() -> None:
    institute = make_institute()
    other = make_institute("winter")
    store_team(other, 1, ("Ada", "superintendent", "confirmed"))
    with as_tenant(make_tenant("hillside").id):
        store_team(make_institute("theirs"), 2, ("Bo", "superintendent", "confirmed"))

    assert team_lines(institute) == []
    assert [team.name for team in team_lines(other)] == ["District 1"]


def test_board_asks_the_database_as_often_for_three_teams_as_for_one() -> None:
    def queries(teams: int) -> int:
        institute = make_institute(f"with-{teams}")
        for number in range(teams):
            team = store_team(
                institute,
                teams * 100 + number,
                (f"Ada {teams} {number}", "superintendent", "confirmed"),
                (f"Bo {teams} {number}", "union_leader", "invited"),
            )
            person = make_person(f"colead{teams}{number}@example.org")
            team.leads.append(TeamLead(person_id=person.id, side="labor", since=soon(0)))
        db.session.commit()
        db.session.expire_all()
        institute.terms, institute.dues  # noqa: B018  (what the page has loaded already)
        with counting_queries() as count:
            board_of(institute)
        return len(count)

    assert queries(1) == queries(3) == 3
