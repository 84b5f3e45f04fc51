import pytest

from consortium.database import db
from consortium.tenants.models import Tenant
from events.board.domain.counts import Group
from events.board.service.counts import counts_of
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, TeamKind, TeamStatus
from tests.events.board.rows import store_team
from tests.factories import make_institute
from tests.queries import counting_queries


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    return make_institute()


def crowd(prefix: str, role: str, number: int) -> list[tuple[str, str, str]]:
    return [(f"{prefix} {n}", role, "confirmed") for n in range(number)]


def test_counts_tell_numbers_and_hide_small_groups(institute: Institute) -> None:
    store_team(
        institute,
        1,
        *crowd("Sup", "superintendent", 6),
        *crowd("Lab", "union_leader", 7),
        complete=True,
    )
    store_team(
        institute,
        2,
        *crowd("Boa", "board_member", 2),
        *crowd("Pri", "principal", 3),
        complete=False,
        state="DE",
    )
    store_team(institute, 3, *crowd("Dra", "principal", 9), status=TeamStatus.DRAFT)
    store_team(institute, 4, status=TeamStatus.WAITLISTED)
    store_team(institute, 5, kind=TeamKind.VISITORS, complete=None)

    counts = counts_of(institute)

    assert counts.teams == {"registered": 2, "draft": 1, "waitlisted": 1}
    assert counts.completeness == {"complete": 1, "incomplete": 1}
    assert (counts.visitor_groups, counts.leas, counts.people) == (1, 3, 18)
    assert counts.sides == (
        (Group(keys=("labor", "governance"), people=9), ()),
        (
            Group(keys=("management",), people=9),
            (Group(keys=(), people=9),),
        ),
    )
    assert counts.states == (
        Group(keys=("DE",), people=5),
        Group(keys=("NJ",), people=13),
    )
    assert counts.newness == (Group(keys=("new",), people=0), Group(keys=("returning",), people=18))


def test_a_person_in_two_teams_is_counted_once_by_the_seat_that_is_not_shared(
    institute: Institute,
) -> None:
    first = store_team(institute, 1, *crowd("Sup", "superintendent", 5))
    second = store_team(institute, 2, *crowd("Lab", "union_leader", 5), state="DE")
    second.seats.append(
        Seat(
            institute_id=institute.id,
            person_id=first.seats[0].person_id,
            name="Sup 0",
            role_code="superintendent",
            status=SeatStatus.CONFIRMED,
            shared=True,
            position=9,
        )
    )
    db.session.commit()

    counts = counts_of(institute)

    assert counts.people == 10
    assert counts.states == (Group(keys=("DE",), people=5), Group(keys=("NJ",), people=5))


def test_counts_of_very_few_people_say_no_number(institute: Institute) -> None:
    store_team(institute, 1, *crowd("Sup", "superintendent", 3))

    counts = counts_of(institute)

    assert counts.people is None
    assert counts.sides == ((Group(keys=(), people=None), ()),)
    assert counts.states == counts.newness == (Group(keys=(), people=None),)


def test_counts_of_nothing_are_zeros(institute: Institute) -> None:
    counts = counts_of(institute)

    assert (counts.people, counts.leas, dict(counts.teams)) == (0, 0, {})
    assert [group.people for group, _ in counts.sides] == [0, 0, 0]


def test_seats_given_back_do_not_count(institute: Institute) -> None:
    team = store_team(institute, 1, *crowd("Sup", "superintendent", 6))
    team.seats[0].status = SeatStatus.DECLINED
    db.session.commit()

    assert counts_of(institute).people == 5


def test_counts_ask_the_database_as_often_for_three_teams_as_for_one(tenant: Tenant) -> None:
    def queries(teams: int) -> int:
        institute = make_institute(f"with-{teams}")
        for n in range(teams):
            store_team(institute, teams * 100 + n, (f"Ada {teams} {n}", "principal", "confirmed"))
        institute.terms  # noqa: B018  (what the page has loaded already)
        with counting_queries() as count:
            counts_of(institute)
        return len(count)

    assert queries(1) == queries(3) == 3
