"""Freed places are offered in order, for a while, once each."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.errors import Refusal
from consortium.jobs import Worker
from events.institutes.models import GUESTS, PEOPLE, TEAMS, Institute
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.jobs import offers as steps
from events.registration.models import SeatStatus, Team, TeamStatus
from tests.events.registration.builders import (
    coordinating,
    draft,
    lead_editor,
    letters,
    name,
    submit,
    taken,
    wait,
)
from tests.factories import make_institute, make_lea, soon

COUPLE = ("ada superintendent", "bo union_leader")


@pytest.fixture
def full(tenant: Any) -> Institute:
    """Return an institute of which a couple has taken every place."""
    institute = make_institute(pools={PEOPLE: 2, TEAMS: 1})
    submit(team_of(institute, 1), by="lead1@x.org")
    return institute


def team_of(institute: Institute, n: int, *members: str, state: str = "NJ") -> Team:
    lea_id = f"34{n:05}"
    lea = db.session.get(Lea, lea_id) or make_lea(lea_id, f"Town {n}", state=state)
    return draft(institute, lea, *(members or COUPLE), by=f"lead{n}@x.org")


def waiting(institute: Institute, n: int, *members: str, **values: Any) -> Team:
    return wait(team_of(institute, n, *members, **values), by=f"lead{n}@x.org")


def withdraw(institute: Institute, n: int = 1) -> None:
    team = db.session.scalars(select(Team).where(Team.name == f"Town {n}")).one()
    with transaction():
        registration.withdraw_team(team.id, lead_editor(f"lead{n}@x.org"))


def work(app: Flask) -> int:
    """Do one round of what the worker does for the waitlist of teams."""
    done = Worker(app, (steps.take_offers_back, steps.offer_freed_places)).run_once()
    db.session.expire_all()
    return done


def accept(team: Team, n: int) -> Team:
    with transaction():
        return registration.accept_offer(team.id, lead_editor(f"lead{n}@x.org"))


def last_act(team: Team) -> AuditEntry:
    rows = select(AuditEntry).where(AuditEntry.subject == f"team:{team.id}")
    return db.session.scalars(rows.order_by(AuditEntry.id.desc()).limit(1)).one()


def test_a_freed_place_is_offered_to_the_first_and_held_for_it(full: Institute, app: Flask) -> None:
    first, second = waiting(full, 2), waiting(full, 3)
    assert work(app) == 0

    withdraw(full)
    assert work(app) == 1

    assert (first.status, first.places_held, first.seats_held) == (
        TeamStatus.OFFERED,
        {PEOPLE: 2, TEAMS: 1},
        2,
    )
    assert first.offer_expires_at == clock.now() + timedelta(hours=48)
    assert (second.status, registration.rank_of(second)) == (TeamStatus.WAITLISTED, 1)
    assert (taken(full, PEOPLE), taken(full, TEAMS)) == (2, 1)
    (mail,) = letters("lead2@x.org")
    assert mail.subject == "There are places for Town 2 at Summer Institute"
    assert "until Wednesday, March 4, 2026 at 7:00" in mail.text.replace("\u202f", " ")
    assert f"/teams/{first.id}/offer" in mail.text
    assert work(app) == 0


def test_whoever_accepts_is_registered_with_the_places_held(full: Institute, app: Flask) -> None:
    team = waiting(full, 2)
    withdraw(full)
    work(app)

    accept(team, 2)

    assert (team.status, team.waitlist_position, team.offer_expires_at) == (
        TeamStatus.REGISTERED,
        None,
        None,
    )
    assert {seat.status for seat in team.seats} == {SeatStatus.INVITED}
    assert (taken(full, PEOPLE), taken(full, TEAMS), team.seats_held) == (2, 1, 2)
    with pytest.raises(RegistrationRefused, match="registered already"):
        accept(team, 2)


def test_seats_for_nobody_go_to_the_next_when_a_team_accepts(tenant: Any, app: Flask) -> None:
    institute = make_institute(pools={PEOPLE: 0, TEAMS: 9})
    team = team_of(institute, 2)
    with transaction():
        registration.join_waitlist(team.id, lead_editor("lead2@x.org"), seats_wanted=4)
    alone = waiting(institute, 3, "cy superintendent")
    pools.set_capacity(institute, PEOPLE, 4)
    work(app)
    assert (team.seats_held, alone.status) == (4, TeamStatus.WAITLISTED)
    name(team, "di principal", by="lead2@x.org")
    assert (team.seats_held, taken(institute, PEOPLE)) == (4, 4)

    accept(team, 2)
    assert (team.seats_held, taken(institute, PEOPLE)) == (3, 3)
    work(app)

    assert alone.status is TeamStatus.OFFERED


@pytest.mark.parametrize(
    ("stay", "status", "position"),
    [(True, TeamStatus.WAITLISTED, 3), (False, TeamStatus.DRAFT, None)],
)
def test_whoever_declines_stays_as_the_last_or_leaves(
    full: Institute, app: Flask, stay: bool, status: TeamStatus, position: int | None
) -> None:
    first, second = waiting(full, 2), waiting(full, 3)
    withdraw(full)
    work(app)

    with transaction():
        registration.decline_offer(first.id, lead_editor("lead2@x.org"), stay=stay)
    work(app)

    assert (first.status, first.waitlist_position, first.places_held) == (status, position, {})
    assert second.status is TeamStatus.OFFERED
    assert (taken(full, PEOPLE), taken(full, TEAMS)) == (2, 1)


def test_an_offer_that_runs_out_goes_to_the_next_and_the_second_time_ends_the_wait(
    full: Institute, app: Flask, frozen: Any
) -> None:
    first, second = waiting(full, 2), waiting(full, 3)
    withdraw(full)
    work(app)

    frozen(soon(2))
    with pytest.raises(RegistrationRefused, match="The offer has run out"), transaction():
        registration.accept_offer(first.id, lead_editor("lead2@x.org"))
    work(app)
    assert (first.status, first.offers_missed, registration.rank_of(first)) == (
        TeamStatus.WAITLISTED,
        1,
        1,
    )
    assert second.status is TeamStatus.OFFERED
    frozen(soon(4))
    work(app)
    assert (first.status, second.offers_missed) == (TeamStatus.OFFERED, 1)
    frozen(soon(6))
    work(app)

    assert (first.status, first.waitlist_position, first.offers_missed) == (
        TeamStatus.DRAFT,
        None,
        0,
    )
    assert second.status is TeamStatus.OFFERED
    assert [mail.subject for mail in letters("lead2@x.org")] == [
        "Town 2 is off the waitlist of Summer Institute"
    ]
    assert (taken(full, PEOPLE), taken(full, TEAMS)) == (2, 1)


def test_a_raised_limit_is_offered_in_order_to_all_who_fit(full: Institute, app: Flask) -> None:
    large = waiting(full, 2, *COUPLE, "cy principal")
    small = [waiting(full, n, "di superintendent") for n in (3, 4, 5)]
    pools.set_capacity(full, TEAMS, 9)
    pools.set_capacity(full, PEOPLE, 4)

    assert work(app) == 2

    assert large.status is TeamStatus.WAITLISTED
    assert [team.status.value for team in small] == ["offered", "offered", "waitlisted"]
    with pytest.raises(Refusal) as refused:
        pools.set_capacity(full, PEOPLE, 3)
    assert refused.value.message == (
        "Places taken already: 2. Held by offers to teams that wait: 2. So the limit cannot be 3. "
        "Choose 4 or more, or try again when those teams have answered."
    )


def test_a_lower_class_is_asked_first(full: Institute, app: Flask) -> None:
    first, second = waiting(full, 2), waiting(full, 3)
    first.priority_class = 1
    db.session.commit()
    withdraw(full)

    work(app)

    assert [registration.rank_of(first), second.status] == [1, TeamStatus.OFFERED]


def test_guests_wait_for_seats_of_their_own_alone(tenant: Any, app: Flask) -> None:
    institute = make_institute(pools={PEOPLE: 9, TEAMS: 9, GUESTS: 1})
    guests = [waiting(institute, n, state="DE") for n in (2, 3)]
    assert [registration.rank_of(team) for team in guests] == [1, 2]

    home = submit(team_of(institute, 4), by="lead4@x.org")
    assert home.places_held == {PEOPLE: 2, TEAMS: 1}
    pools.set_capacity(institute, GUESTS, 3)
    work(app)

    assert [team.status.value for team in guests] == ["offered", "waitlisted"]
    assert guests[0].places_held == {GUESTS: 2, TEAMS: 1}
    assert (taken(institute, PEOPLE), taken(institute, GUESTS)) == (2, 2)


def test_whom_a_coordinator_admits_out_of_order_is_written_down(full: Institute) -> None:
    first, second = waiting(full, 2), waiting(full, 3)
    pools.set_capacity(full, PEOPLE, 6)
    pools.set_capacity(full, TEAMS, 3)

    for team in (second, first):
        with transaction():
            registration.admit_from_waitlist(team.id, coordinating())

    after = last_act(second).after
    assert (after["override"], after["passed_over"]) == (True, 1)
    assert "override" not in last_act(first).after


def test_one_press_registers_or_puts_on_the_waitlist(full: Institute) -> None:
    team = team_of(full, 2)

    with transaction():
        registration.submit_team(team.id, lead_editor("lead2@x.org"), or_wait=True)

    assert (team.status, team.waitlist_position, team.seats_wanted) == (
        TeamStatus.WAITLISTED,
        1,
        2,
    )
    assert last_act(team).act == "submit_team"


def test_a_waiting_team_changes_how_many_seats_it_wants_and_leaves(full: Institute) -> None:
    team, editor = waiting(full, 2), lead_editor("lead2@x.org")
    with pytest.raises(RegistrationRefused, match="named 2 people"), transaction():
        registration.want_seats(team.id, 1, editor)
    with pytest.raises(RegistrationRefused, match="At most 12"), transaction():
        registration.want_seats(team.id, 13, editor)
    with transaction():
        registration.want_seats(team.id, 5, editor)
    assert team.seats_wanted == 5

    with transaction():
        registration.leave_waitlist(team.id, editor)

    assert (team.status, team.waitlist_position) == (TeamStatus.DRAFT, None)
    assert [seat.status for seat in team.seats] == [SeatStatus.NAMED] * 2


def test_nobody_is_offered_a_place_when_it_is_about_to_begin(
    full: Institute, app: Flask, frozen: Any
) -> None:
    team = waiting(full, 2)
    withdraw(full)
    frozen(soon(60))

    assert work(app) == 0
    assert team.status is TeamStatus.WAITLISTED


def test_who_withdraws_while_places_are_offered_frees_them(full: Institute, app: Flask) -> None:
    waiting(full, 2)
    withdraw(full)
    work(app)

    withdraw(full, 2)

    assert (taken(full, PEOPLE), taken(full, TEAMS)) == (0, 0)
