import pytest

from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.models import Person
from consortium.people.service import consents
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import SeatStatus, Team, TeamStatus
from tests.factories import make_institute, make_lea, make_team
from tests.queries import counting_queries


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_institute()


def many_teams(institute: Institute, count: int) -> list[Team]:
    return [
        make_team(
            institute, make_lea(f"34000{n:02}", f"Town {n:02}"), {f"a{n}@x.org": "superintendent"}
        )
        for n in range(count)
    ]


def test_rosters_ask_as_often_for_three_teams_as_for_one(institute: Institute) -> None:
    counts = []
    for slug, number in (("one", 1), ("three", 3)):
        there = make_institute(slug)
        for n in range(number):
            lea = db.session.get(Lea, f"34100{n:02}") or make_lea(f"34100{n:02}", f"Town {n}")
            make_team(
                there,
                lea,
                {f"a{n}@{slug}.org": "superintendent", f"b{n}@{slug}.org": "union_leader"},
            )
        db.session.expire_all()
        with counting_queries() as count:
            assert len(registration.participants_of(there.id)) == 2 * number
        counts.append(len(count))

    assert counts[0] == counts[1]


def test_a_lead_finds_the_own_teams_and_a_member_the_own_seats(institute: Institute) -> None:
    (team,) = many_teams(institute, 1)
    seat = team.seats[0]

    found = registration.team_of_lead(institute.id, seat.person_id)
    assert found is not None
    assert found.id == team.id
    assert [one.id for one in registration.teams_of_lead(seat.person_id)] == [team.id]
    assert [one.id for one in registration.seats_of_person(seat.person_id)] == [seat.id]

    seat.status = SeatStatus.DECLINED
    team.status = TeamStatus.WITHDRAWN
    db.session.commit()
    assert registration.team_of_lead(institute.id, seat.person_id) is None
    assert registration.seats_of_person(seat.person_id) == []


def test_participants_are_the_confirmed_with_what_they_agreed_to_show(
    institute: Institute,
) -> None:
    lea = make_lea("3400001", "Oak Park", locale="21", enrollment=4200)
    team = make_team(institute, lea, {"ada@x.org": "superintendent", "bo@x.org": "union_leader"})
    ada, bo = team.seats
    ada.goals, ada.wants_peers, ada.phone = ["Literacy"], True, "+16095550142"
    bo.status = SeatStatus.INVITED
    consents.give_consent(
        ada.person_id, institute.id, shares_email=True, shares_phone=False, wording="yes"
    )
    db.session.commit()

    (view,) = registration.participants_of(institute.id)

    assert (view.seat_id, view.person_id, view.email) == (ada.id, ada.person_id, "ada@x.org")
    assert (view.lea_id, view.lea_name, view.locale, view.enrollment) == (
        "3400001",
        "Oak Park",
        "21",
        4200,
    )
    assert (view.role_code, view.role_label, view.side) == (
        "superintendent",
        "Superintendent",
        "management",
    )
    assert (view.goals, view.wants_peers, view.phone) == (("Literacy",), True, "+16095550142")
    assert (view.shares_email, view.shares_phone) == (True, False)

    consents.withdraw_consent(ada.person_id, institute.id)
    (view,) = registration.participants_of(institute.id)
    assert (view.shares_email, view.shares_phone) == (False, False)
