"""What seats say of a person to the programme: sides, and the days and strands not chosen."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, select

from consortium.database import db
from events.agenda.models import CalendarNotice
from events.institutes.models import Institute, Pool, Strand
from events.registration import service as registration
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from events.registration.service.history import attendee_of, crowd_at
from events.schedule.domain import ANYBODY
from tests.factories import NOON, make_institute, make_lea, make_person, make_team

EARLIER = NOON - timedelta(days=400)


def in_two_teams(institute: Institute, team: Team) -> Team:
    """Let Ana, a principal, also sit in a second team as its union leader."""
    team.seats[0].shared = True
    second = make_team(institute, make_lea("3400002", "Small Brook"), {"bo@x.org": "principal"})
    db.session.add(
        Seat(
            team_id=second.id,
            institute_id=institute.id,
            person_id=make_person("ana@x.org").id,
            name="Ana",
            role_code="union_leader",
            status=SeatStatus.CONFIRMED,
            shared=True,
            position=5,
        )
    )
    db.session.commit()
    return second


def test_one_person_on_two_seats_has_both_sides_and_what_either_seat_chose(
    institute: Institute, team: Team
) -> None:
    day = institute.days[0]
    day.optional = True
    code = f"day:{day.on.isoformat()}"
    institute.pools.append(Pool(code=code, capacity=5))
    institute.strands.append(Strand(code="math", label="Mathematics", position=0))
    second = in_two_teams(institute, team)
    mine, other = team.seats[0], second.seats[1]
    other.choices = [code]
    db.session.commit()

    found = registration.attendees_on([mine.id, other.id])

    assert found[mine.id] == found[other.id]
    assert found[mine.id].sides == {"management", "labor"}
    assert (dict(found[mine.id].days_off), dict(found[mine.id].strands_off)) == (
        {},
        {"math": "Mathematics"},
    )
    assert registration.attendee_of(mine).days_off == {day.on: "Day 1"}


def test_an_optional_day_that_nobody_counts_is_for_whoever_comes(
    institute: Institute, team: Team
) -> None:
    institute.days[0].optional = True
    db.session.commit()

    assert registration.attendee_of(team.seats[0]).days_off == {}


def test_a_seat_given_back_or_without_a_place_is_nobodys(institute: Institute, team: Team) -> None:
    second = in_two_teams(institute, team)
    second.seats[1].status = SeatStatus.WITHDRAWN
    db.session.commit()

    found = registration.attendees_on([team.seats[0].id, second.seats[1].id])
    assert list(found) == [team.seats[0].id]
    assert found[team.seats[0].id].other_seat_ids == frozenset()

    team.status = TeamStatus.WAITLISTED
    db.session.commit()
    assert registration.attendees_on([team.seats[0].id]) == {}


def test_who_comes_is_counted_as_each_seat_says(institute: Institute, team: Team) -> None:
    day = institute.days[0]
    day.optional = True
    code = f"day:{day.on.isoformat()}"
    institute.pools.append(Pool(code=code, capacity=5))
    institute.strands.append(Strand(code="math", label="Mathematics", position=0))
    second = in_two_teams(institute, team)
    many = {f"p{n}@x.org": "principal" for n in range(3)}
    third = make_team(institute, make_lea("3400003", "High Hill"), many, cohort="one")
    third.seats[0].also_role_codes = ["superintendent"]
    third.seats[1].choices = [code, "strand:math"]
    third.seats[2].new_member = True
    second.seats[0].status = SeatStatus.DECLINED
    elsewhere = make_institute("earlier", created_at=EARLIER)
    came = make_team(elsewhere, team.lea, {"old@x.org": "principal"}, created_at=EARLIER)
    make_team(institute, make_lea("3400004", "Waiting"), status=TeamStatus.WAITLISTED)
    db.session.commit()
    coming = [*team.seats, second.seats[1], *third.seats]

    crowd = crowd_at(institute.id)

    assert crowd == Counter(replace(attendee_of(seat), seat_id=ANYBODY) for seat in coming)
    assert sum(crowd.values()) == len(coming)
    assert crowd_at(elsewhere.id) == {replace(attendee_of(came.seats[0]), seat_id=ANYBODY): 1}


def test_a_day_that_is_chosen_or_given_up_is_told_to_the_calendar(
    institute: Institute, team: Team
) -> None:
    day = institute.days[0]
    day.optional = True
    db.session.commit()
    code = f"day:{day.on.isoformat()}"

    for wanted in ([code], []):
        db.session.execute(delete(CalendarNotice))
        registration.choose_extras(team.seats[0], wanted, by="ana@x.org")
        db.session.commit()
        assert db.session.scalars(select(CalendarNotice.person_id)).all() == [
            team.seats[0].person_id
        ]
