"""Who belongs to a partnership today, on which side, and who speaks for it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from cohorts.learning.domain.partners import TableSide, Who, who_of
from consortium.people.domain import Side
from events.facade.teams import Held, Leading, TeamOfYear

pytestmark = pytest.mark.pure
TODAY = date(2027, 3, 1)
LEFT = datetime(2027, 2, 1, tzinfo=UTC)


def held(name: str, role: str, side: Side, **more: Any) -> Held:
    values: dict[str, Any] = {
        "id": uuid4(),
        "person_id": uuid4(),
        "name": name,
        "role_codes": (role,),
        "label": role.title(),
        "side": side,
        "confirmed": True,
        "replaces_id": None,
        "ended_at": None,
    }
    return Held(**(values | more))


def team(*seats: Held, **more: Any) -> TeamOfYear:
    values: dict[str, Any] = {
        "id": uuid4(),
        "institute_id": uuid4(),
        "institute_slug": "year",
        "institute_title": "The year",
        "is_cohort": True,
        "cancelled": False,
        "first_day": date(2026, 9, 1),
        "last_day": date(2027, 6, 1),
        "lea_id": "3400001",
        "site": "",
        "name": "Harbor",
        "state": "NJ",
        "group": "",
        "registered": True,
        "complete": True,
        "seats": seats,
        "leads": (),
    }
    return TeamOfYear(**(values | more))


def names(who: Who, side: TableSide | None) -> list[str]:
    return [member.name for member in who.members if member.side is side]


def test_the_board_sits_with_management_and_the_community_with_neither() -> None:
    who = who_of(
        [
            team(
                held("Sue", "superintendent", Side.MANAGEMENT),
                held("Bo", "board_member", Side.GOVERNANCE),
                held("Pat", "union_leader", Side.LABOR),
                held("Cam", "parent", Side.COMMUNITY),
            )
        ],
        TODAY,
    )
    assert names(who, TableSide.MANAGEMENT) == ["Sue", "Bo"]
    assert names(who, TableSide.LABOR) == ["Pat"]
    assert names(who, None) == ["Cam"]


def test_leads_and_holders_of_leaders_offices_speak_for_their_side() -> None:
    teacher = held("Tea", "teacher", Side.LABOR)
    assert teacher.person_id is not None
    lead = Leading(person_id=teacher.person_id, name="Tea", side=Side.LABOR)
    board = held("Bo", "board_member", Side.GOVERNANCE)
    boss = held("Sue", "superintendent", Side.MANAGEMENT)
    who = who_of([team(teacher, board, boss, leads=(lead,))], TODAY)
    assert who.may_sign(teacher.person_id) is TableSide.LABOR
    assert who.may_sign(boss.person_id) is TableSide.MANAGEMENT
    assert who.may_sign(board.person_id) is None
    assert who.may_sign(uuid4()) is None
    assert who.may_sign(None) is None


def test_principal_and_site_representative_speak_for_a_school_only() -> None:
    principal = held("Prin", "principal", Side.MANAGEMENT)
    assert who_of([team(principal)], TODAY).may_sign(principal.person_id) is None
    of_school = who_of([team(principal, site="Elm School")], TODAY)
    assert of_school.may_sign(principal.person_id) is TableSide.MANAGEMENT


@pytest.mark.parametrize("gone", [{"ended_at": LEFT}, {"confirmed": False}, {"person_id": None}])
def test_who_left_or_never_agreed_does_not_belong(gone: dict[str, Any]) -> None:
    assert who_of([team(held("Sue", "superintendent", Side.MANAGEMENT, **gone))], TODAY) == Who()


def test_between_institutes_the_newest_team_stands() -> None:
    old = team(held("Old", "superintendent", Side.MANAGEMENT), last_day=date(2025, 6, 1))
    new = team(held("New", "superintendent", Side.MANAGEMENT), last_day=date(2026, 6, 1))
    assert [one.name for one in who_of([new, old], TODAY).members] == ["New"]


def test_teams_that_are_cancelled_or_not_registered_do_not_count() -> None:
    sue = held("Sue", "superintendent", Side.MANAGEMENT)
    assert who_of([team(sue, cancelled=True), team(sue, registered=False)], TODAY) == Who()


def test_someone_in_two_running_teams_counts_once_as_in_the_newest() -> None:
    sue = UUID(int=7)
    older = team(
        held("Sue", "principal", Side.MANAGEMENT, person_id=sue), last_day=date(2027, 4, 1)
    )
    newer = team(
        held("Sue", "superintendent", Side.MANAGEMENT, person_id=sue), last_day=date(2027, 8, 1)
    )
    (member,) = who_of([older, newer], TODAY).members
    assert (member.role_code, member.speaks) == ("superintendent", True)
