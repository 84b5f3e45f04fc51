"""Each check finds what was broken by hand, and names it; a sound database has no violation."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update

from consortium import clock
from consortium.actions.models import ActionKey
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.merging import service as merging
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.models import PEOPLE, TEAMS, Institute, Pool
from events.registration.models import (
    ONE_SEAT_IN_TEAM,
    ONE_SEAT_PER_PERSON,
    ONE_TEAM_PER_LEA,
    Badge,
    Seat,
    SeatStatus,
    Team,
    TeamStatus,
)
from events.registration.service.extras import wait_for
from events.schedule.models import SessionChoice
from tests.consortium.verify.breaking import everything, violations, without
from tests.events.registration.builders import draft, submit, wait
from tests.factories import make_institute, make_lea, make_person, make_session, make_tenant


@pytest.fixture
def institute(lead: Person) -> Institute:
    return make_institute(pools={PEOPLE: 4, TEAMS: 2})


@pytest.fixture
def lea(tenant: Tenant) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    """Return a registered team: there is nothing wrong with it."""
    made = submit(draft(institute, lea, "ada superintendent", "bo union_leader", "cy board_member"))
    assert everything() == {}
    return made


def pool(institute: Institute, code: str = PEOPLE) -> Pool:
    found = institute.pool(code)
    assert found is not None
    return found


def test_an_oversold_pool(institute: Institute, team: Team) -> None:
    broken = pool(institute)
    with without("pool", "ck_pool_not_oversold"):
        broken.capacity = 2

    assert violations("I1") == [f"pool:{broken.id} (people): 3 of 2 places are taken."]


def test_someone_waits_while_there_is_room(team: Team, institute: Institute, frozen: Any) -> None:
    waiting = draft(
        institute, make_lea("3400002", "Elm"), "di superintendent", "ed principal", by="l2@x.org"
    )
    wait(waiting, by="l2@x.org")
    pool(institute).capacity = 9
    assert violations("I2") == []

    frozen(clock.now() + timedelta(seconds=61))
    assert violations("I2") == [
        f"team:{waiting.id} waits at institute:{institute.id}, where there is room."
    ]


def test_a_member_waits_for_a_day_on_which_there_is_room(
    team: Team, institute: Institute, frozen: Any
) -> None:
    wait_for(team.seats[0], "day:2026-05-01")
    assert violations("I2") == []

    frozen(clock.now() + timedelta(seconds=61))
    assert violations("I2") == [
        f"seat:{team.seats[0].id} waits for day:2026-05-01, where there is room."
    ]


def test_a_count_that_drifted(institute: Institute, team: Team) -> None:
    pool(institute).taken = 4
    assert violations("I3") == [f"pool:{pool(institute).id} (people): 4 taken, 3 held by teams."]


def test_places_held_by_who_does_not_come(team: Team) -> None:
    team.status = TeamStatus.WITHDRAWN
    assert violations("I3") == [f"team:{team.id} is withdrawn and holds 3 places."]


def test_sessions_counted_wrong(institute: Institute, team: Team) -> None:
    session = make_session(institute, "d1", "2026-05-01T09:00", "2026-05-01T10:00", taken=2)
    db.session.add(
        SessionChoice(session_id=session.id, seat_id=team.seats[0].id, chosen_at=clock.now())
    )
    assert violations("I3") == [f"session:{session.id}: 2 taken, 1 chosen."]


def test_an_offer_that_ran_out(team: Team, frozen: Any) -> None:
    team.status, team.waitlist_position = TeamStatus.OFFERED, 1
    team.offer_expires_at = clock.now()
    assert violations("I4") == []

    frozen(clock.now() + timedelta(seconds=61))
    assert violations("I4") == [
        f"team:{team.id} holds places of an offer that ran out at 2026-03-02T12:00+00:00."
    ]


def test_limits_below_what_is_held(institute: Institute, team: Team) -> None:
    broken = pool(institute)
    broken.capacity = broken.taken = 2
    session = make_session(
        institute, "d1", "2026-05-01T09:00", "2026-05-01T10:00", taken=0, capacity=0
    )
    db.session.add(
        SessionChoice(session_id=session.id, seat_id=team.seats[0].id, chosen_at=clock.now())
    )

    assert violations("I1") == []
    assert violations("I5") == [
        f"pool:{broken.id} (people) is limited to 2, 3 are held.",
        f"session:{session.id} is limited to 0, 1 have chosen it.",
    ]


def test_a_position_of_who_does_not_wait(team: Team) -> None:
    team.waitlist_position = 7
    assert violations("I6") == [f"team:{team.id} is registered at position 7."]


def test_a_team_with_some_of_its_places(team: Team) -> None:
    team.places_held = {PEOPLE: 2, TEAMS: 1}
    assert violations("I7") == [
        (
            f"team:{team.id} holds places for 3 people (people 2, teams 1) and needs them for 3 "
            "(people 3, teams 1)."
        )
    ]


def test_a_person_with_two_seats(team: Team) -> None:
    one, other = team.seats[:2]
    db.session.commit()
    with (
        without("seat", ONE_SEAT_PER_PERSON, index=True),
        without("seat", ONE_SEAT_IN_TEAM, index=True),
    ):
        other.person_id = one.person_id

    assert violations("I8") == [
        f"person:{one.person_id} has two seats at institute:{team.institute_id}.",
        f"person:{one.person_id} has two seats in team:{team.id}.",
    ]


def test_an_lea_with_two_teams(institute: Institute, team: Team, lea: Lea) -> None:
    other = draft(institute, make_lea("3400002", "Elm"), by="l2@x.org")
    with without("team", ONE_TEAM_PER_LEA, index=True):
        other.lea_id = lea.id

    assert violations("I8") == [f"lea:{lea.id} has two teams at institute:{institute.id}."]


def test_a_team_called_complete_that_is_not(team: Team) -> None:
    team.missing = ["union_leader"]
    assert violations("I9") == [
        (
            f"team:{team.id} is stored as complete: True, missing ['union_leader']; judged again "
            "it is True, missing []."
        )
    ]


def test_a_team_without_a_lead(team: Team) -> None:
    for row in team.leads:
        db.session.delete(row)
    assert violations("I11") == [f"team:{team.id} has no lead."]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ({"invitation_digest": "x" * 64}, "ended, and its invitation still opens."),
        ({"choices": ["day:2026-05-01"]}, "ended, and still takes part in what its holder chose."),
    ],
)
def test_what_is_left_of_a_seat_that_ended(team: Team, left: dict[str, Any], said: str) -> None:
    seat = team.seats[0]
    values = {"status": SeatStatus.REPLACED, "invitation_digest": None, **left}
    db.session.execute(update(Seat).where(Seat.id == seat.id).values(**values))

    assert violations("I12") == [f"seat:{seat.id} {said}"]


def test_a_badge_of_someone_without_a_seat(team: Team) -> None:
    badge = Badge(
        institute_id=team.institute_id,
        person_id=team.leads[0].person_id,
        code="ABC",
        made_at=clock.now(),
    )
    db.session.add(badge)

    assert violations("I12") == [
        f"badge:{badge.id} is live, and its holder has no confirmed seat there."
    ]


def test_a_seat_of_someone_who_was_merged(team: Team) -> None:
    gone, kept = team.seats[0].person_id, make_person("ada@home.org", "Ada").id
    with transaction():
        merging.merge_people(kept, gone, by="x@y.org", may_choose_staff=False)
    assert everything() == {}
    db.session.execute(update(Seat).where(Seat.id == team.seats[0].id).values(person_id=gone))

    assert violations("I13") == [f"seat:{team.seats[0].id} names person:{gone}, which was merged."]


def test_a_team_of_an_lea_that_was_merged(team: Team, lea: Lea) -> None:
    kept = make_lea("3400002", "Oak Park")
    with transaction():
        merging.merge_leas(kept.id, lea.id, by="x@y.org")
    assert everything() == {}
    db.session.execute(update(Team).where(Team.id == team.id).values(lea_id=lea.id))

    assert violations("I13") == [f"team:{team.id} names lea:{lea.id}, which was merged."]


def test_an_act_without_an_answer(tenant: Tenant) -> None:
    db.session.add(
        ActionKey(key="a@b.org:key", body_digest="x" * 64, answer="", acted_at=clock.now())
    )
    assert violations("I14") == ["The act key has no answer."]


def test_a_mail_that_nobody_sends(tenant: Tenant, frozen: Any) -> None:
    outbox.promise(Email(to="a@b.org", subject="Hello", text="Hello"))
    db.session.commit()
    mail = db.session.query(OutboxEmail).one()

    frozen(clock.now() + timedelta(minutes=16))
    assert violations("I27") == [
        f"mail:{mail.id} is due since 2026-03-02T12:00+00:00 and not settled."
    ]
    mail.outcome = "lost"
    assert violations("I26") == [f"mail:{mail.id} is neither on its way nor settled."]


def test_a_row_of_another_consortium(team: Team) -> None:
    other = make_tenant("elsewhere")
    with as_tenant(other.id):
        theirs = make_institute("theirs").id
    seat, stranger = team.seats[0], uuid4()
    with without("seat", "fk_seat_tenant_id_institute_id"):
        db.session.execute(update(Seat).where(Seat.id == seat.id).values(institute_id=theirs))
    db.session.execute(update(Seat).where(Seat.id == seat.id).values(replaces_id=stranger))

    assert violations("I39") == [
        f"seat:{seat.id} names institute:{theirs}, which this consortium does not have.",
        f"seat:{seat.id} names seat:{stranger}, which this consortium does not have.",
    ]
