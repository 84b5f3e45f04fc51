"""Who waits for a session: the wait ends with a seat that a merge ends, and comes back with it."""

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service.badges import badge_of
from events.schedule.models import RankedRound, Ranking, SessionChoice, SessionWait
from tests.consortium.merging.acting import merge, part
from tests.consortium.verify.breaking import everything
from tests.events.registration.builders import draft, seat_of, submit
from tests.factories import make_institute, make_session


@pytest.fixture
def institute(pat: Person) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute, oak: Lea, twin: Person) -> Team:
    """A team in which both records have a seat; Ada has the only place of a session."""
    members = ("ada superintendent", "pat.lee@oak.org principal", "plee@gmail.com board_member")
    team = submit(draft(institute, oak, *members))
    sure = seat_of(team, "Plee")
    sure.status = SeatStatus.CONFIRMED
    badge_of(sure.institute_id, sure.person_id)
    session = make_session(
        institute, "d1", "2026-05-01T09:00", "2026-05-01T10:00", choice_group="A", capacity=1
    )
    session.taken = 1
    held = SessionChoice(
        session_id=session.id, seat_id=seat_of(team, "Ada").id, chosen_at=clock.now()
    )
    db.session.add(held)
    db.session.commit()
    return team


def wait(seat: Seat) -> None:
    session_id = db.session.scalars(select(SessionChoice.session_id)).one()
    db.session.add(SessionWait(session_id=session_id, seat_id=seat.id, since=clock.now()))
    db.session.commit()


def test_a_wait_ends_with_the_seat_and_comes_back_with_it(
    team: Team, pat: Person, twin: Person
) -> None:
    ends = seat_of(team, "Pat.Lee")
    wait(ends)

    done = merge(pat, twin)
    assert db.session.scalars(select(SessionWait)).all() == []
    assert everything() == {}
    part(done)

    assert db.session.scalars(select(SessionWait.seat_id)).all() == [ends.id]
    assert everything() == {}


def test_the_wait_of_the_seat_that_stays_stays(team: Team, pat: Person, twin: Person) -> None:
    stays = seat_of(team, "Plee")
    wait(stays)

    merge(pat, twin)

    assert db.session.scalars(select(SessionWait.seat_id)).all() == [stays.id]
    assert everything() == {}


def test_a_ranking_follows_the_person_to_the_seat_that_stays(
    team: Team, pat: Person, twin: Person
) -> None:
    ends, stays = seat_of(team, "Pat.Lee"), seat_of(team, "Plee")
    session_id = db.session.scalars(select(SessionChoice.session_id)).one()
    row = RankedRound(
        institute_id=team.institute_id, choice_group="A", until=clock.now(), any_free=True
    )
    db.session.add(row)
    db.session.flush()
    wanted = [str(session_id)]
    db.session.add(Ranking(round_id=row.id, seat_id=ends.id, wanted=wanted, ranked_at=clock.now()))
    db.session.commit()

    done = merge(pat, twin)
    assert db.session.scalars(select(Ranking.seat_id)).all() == [stays.id]
    assert everything() == {}
    part(done)

    assert db.session.scalars(select(Ranking.seat_id)).all() == [ends.id]
