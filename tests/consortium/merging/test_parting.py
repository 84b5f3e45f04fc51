"""A merge is undone after people went on with what it left: nothing is broken by it."""

import pytest
from sqlalchemy import select

from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service import discard_run
from consortium import clock
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Person
from events.institutes.domain import JointActKind
from events.institutes.models import PEOPLE, Institute
from events.registration import service as registration
from events.registration.models import (
    ActStatus,
    Badge,
    JointAct,
    Seat,
    SeatStatus,
    Team,
)
from events.registration.service.badges import badge_of
from events.schedule.models import Session, SessionChoice
from tests.consortium.merging.acting import BY, merge, part
from tests.consortium.merging.worlds import stored
from tests.consortium.verify.breaking import everything
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    name,
    seat_of,
    submit,
    taken,
)
from tests.factories import make_institute, make_person, make_session


@pytest.fixture
def institute(pat: Person) -> Institute:
    return make_institute()


@pytest.fixture
def team(institute: Institute, oak: Lea, twin: Person) -> Team:
    """A registered team in which both records have a seat; the twin's is confirmed."""
    members = ("ada superintendent", "pat.lee@oak.org principal", "plee@gmail.com board_member")
    team = submit(draft(institute, oak, *members))
    confirm(seat_of(team, "Plee"))
    return team


def confirm(seat: Seat) -> None:
    seat.status = SeatStatus.CONFIRMED
    badge_of(seat.institute_id, seat.person_id)
    db.session.commit()


def choose(institute: Institute, seat: Seat) -> Session:
    session = make_session(institute, "d1", "2026-05-01T09:00", "2026-05-01T10:00", capacity=1)
    choice = SessionChoice(session_id=session.id, seat_id=seat.id, chosen_at=clock.now())
    db.session.add(choice)
    session.taken = 1
    db.session.commit()
    return session


def test_in_a_team_that_was_withdrawn_since_every_seat_ends(
    institute: Institute, team: Team, pat: Person, twin: Person
) -> None:
    confirm(seat_of(team, "Pat.Lee"))
    session = choose(institute, seat_of(team, "Plee"))
    seat_of(team, "Plee").wants_peers = True
    done = merge(pat, twin)
    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    part(done)

    assert {seat.status for seat in team.seats} == {SeatStatus.WITHDRAWN}
    assert (taken(institute, PEOPLE), session.taken) == (0, 0)
    assert everything() == {}


def test_what_a_row_belonged_to_may_be_gone(
    institute: Institute, team: Team, pat: Person, twin: Person
) -> None:
    session = choose(institute, seat_of(team, "Pat.Lee"))
    peer = make_person("peer@x.org")
    run = MatchRun(institute_id=institute.id, ran_at=clock.now(), ran_by=BY, each=2, people=3)
    db.session.add(run)
    db.session.flush()
    for one in (pat, twin):
        first, second = sorted([one.id, peer.id])
        db.session.add(PeerMatch(run_id=run.id, first_id=first, second_id=second, score=1))
    db.session.commit()
    done = merge(pat, twin)
    with transaction():
        discard_run(run.id, by=BY)
        db.session.delete(session)

    part(done)

    assert db.session.scalars(select(SessionChoice)).all() == []
    assert seat_of(team, "Pat.Lee").status is SeatStatus.INVITED
    assert everything() == {}


def test_badges_are_those_of_who_is_confirmed(
    institute: Institute, team: Team, pat: Person, twin: Person, charter: Lea
) -> None:
    also = submit(draft(institute, charter, "cy superintendent", by="cy@x.org"), by="cy@x.org")
    mine = seat_of(team, "Pat.Lee")
    with transaction():
        registration.remove_member(team.id, mine.id, lead_editor())
    confirm(name(also, "pat.lee@oak.org principal", by="cy@x.org", shared=True))
    done = merge(pat, twin)
    with transaction():
        registration.decline_seat(seat_of(team, "Plee"), "", by=BY)

    part(done)

    live = select(Badge.person_id).where(Badge.voided_at.is_(None))
    assert db.session.scalars(live).all() == [pat.id]
    assert everything() == {}


def test_a_request_about_a_seat_that_ends_lapses_with_it(
    team: Team, pat: Person, twin: Person
) -> None:
    act = JointAct(
        team_id=team.id,
        act=JointActKind.SUBSTITUTE,
        subject=f"seat:{seat_of(team, 'Pat.Lee').id}",
        asked_by=BY,
        asked_side=Side.LABOR,
        asked_at=clock.now(),
    )
    db.session.add(act)
    db.session.commit()
    before = stored()

    done = merge(pat, twin)

    assert act.status is ActStatus.LAPSED
    part(done)
    assert stored() == before


def test_the_teams_history_tells_that_a_seat_ended_so(
    team: Team, pat: Person, twin: Person
) -> None:
    merge(pat, twin)

    latest = registration.history_of(team.id, coordinating(), 1).found.items[0]
    (said,) = latest.sentences
    assert said.endswith("noted that Pat Lee stood here under two addresses, and made them one.")
