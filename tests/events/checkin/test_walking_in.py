"""People without a seat at the door: registered, badged and checked in, as far as there is room."""

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from events.checkin import service as checkin
from events.checkin.service import CheckInRefused
from events.checkin.service import Doors as Chosen
from events.institutes.models import PEOPLE
from events.registration.domain import RegistrationRefused
from events.registration.models import SeatStatus, Team, TeamStatus
from events.registration.service import WalkIn
from tests.events.checkin.stage import BY, MORNING, Doors
from tests.factories import make_lea


@pytest.fixture
def doors(tenant, frozen):
    doors = Doors()
    checkin.choose_doors(doors.institute, Chosen(walk_ins=True), by=BY)
    pool = doors.institute.pool(PEOPLE)
    pool.taken, pool.capacity = 3, 4
    doors.team.seats_held, doors.team.places_held = 3, {PEOPLE: 3, "teams": 1}
    doors.institute.pool("teams").taken = 1
    db.session.commit()
    frozen(MORNING)
    return doors


def walk_in(doors, **values):
    who = WalkIn(
        **{
            "name": "Wanda Walker",
            "email": "wanda@x.org",
            "role_code": "principal",
            "lea_id": doors.lea.id,
            **values,
        }
    )
    return checkin.walk_in(doors.institute, who, desk="North door", by=BY)


def test_a_walk_in_joins_the_team_gets_a_badge_and_is_here(doors):
    seat = walk_in(doors)
    assert (seat.team_id, seat.status) == (doors.team.id, SeatStatus.CONFIRMED)
    assert doors.here() == [("Wanda Walker", "12:07", None)]
    assert doors.institute.pool(PEOPLE).taken == 4
    (guest,) = [g for g in checkin.guests_of(doors.institute) if g.name == "Wanda Walker"]
    assert guest.confirmed
    assert len(guest.code) == 10
    subjects = [mail.to for mail in db.session.scalars(select(OutboxEmail))]
    assert subjects == ["wanda@x.org"]


def test_no_place_no_seat(doors):
    walk_in(doors)
    with pytest.raises(RegistrationRefused, match="Every place is taken"):
        walk_in(doors, name="Will", email="will@x.org")


def test_a_walk_in_begins_the_team_of_an_lea_that_has_none(doors):
    make_lea("3400099", "Little Meadow")
    seat = walk_in(doors, lea_id="3400099")
    team = db.session.get_one(Team, seat.team_id)
    assert (team.status, team.name) == (TeamStatus.REGISTERED, "Little Meadow")
    assert [lead.person_id for lead in team.leads] == [seat.person_id]


@pytest.mark.parametrize(
    "wrong",
    [
        {"role_code": "astronaut"},
        {"email": "ann@summer.org"},
        {"lea_id": "0600001"},
        {"lea_id": "", "place": "NJ"},
    ],
)
def test_who_may_not_come_is_told_why(doors, wrong):
    make_lea("0600001", "Far Away", state="CA")
    with pytest.raises(RegistrationRefused):
        walk_in(doors, **wrong)
    db.session.rollback()
    assert doors.here() == []


def test_walk_ins_come_only_where_the_host_says_so(doors):
    checkin.choose_doors(doors.institute, Chosen(), by=BY)
    with pytest.raises(CheckInRefused):
        walk_in(doors)


def test_nobody_walks_in_on_another_day(doors, frozen):
    frozen(MORNING.replace(day=20))
    with pytest.raises(CheckInRefused):
        walk_in(doors)
