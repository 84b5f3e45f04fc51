"""Two workers and the leads at once: each freed place is offered once, in order, and none lost."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.jobs import offers as steps
from events.registration.models import Team, TeamStatus
from events.registration.service import Editor, offers
from events.registration.service.finding import lock_team
from tests.events.registration.test_rush import Rush, own_app, rush
from tests.meeting import Meeting, transacting

__all__ = ["own_app", "rush"]

pytestmark = pytest.mark.real_commits

ROOM, WAITING, WORKERS = 2, 5, 3  # couples that find room, couples that wait


def queue(rush: Rush) -> list[tuple[UUID, Editor]]:
    """Fill the institute, let the rest wait in order, then make room for some of them."""
    teams = rush.drafts(WAITING)
    with as_tenant(rush.tenant_id):
        institute = db.session.get_one(Institute, rush.institute_id)
        with transaction():
            pools.set_capacity(institute, PEOPLE, 0)
        for team_id, editor in teams:
            with transaction():
                registration.join_waitlist(team_id, editor)
        with transaction():
            pools.set_capacity(institute, PEOPLE, 2 * ROOM)
    db.session.remove()
    return teams


def statuses(rush: Rush, teams: list[tuple[UUID, Editor]]) -> list[str]:
    ids = [team_id for team_id, _ in teams]
    with as_tenant(rush.tenant_id):
        found = {row.id: row.status for row in db.session.execute(select(Team.id, Team.status))}
    db.session.remove()
    return [found[team_id].value for team_id in ids]


def test_workers_at_once_offer_each_place_once_and_in_order(rush: Rush) -> None:
    teams = queue(rush)

    rush.at_once([lambda: steps.offer_freed_places(rush.app)] * WORKERS)
    steps.offer_freed_places(rush.app)

    assert statuses(rush, teams) == ["offered"] * ROOM + ["waitlisted"] * (WAITING - ROOM)
    assert (rush.taken(PEOPLE), rush.taken(TEAMS)) == (2 * ROOM, ROOM)


def test_without_holding_the_team_one_is_offered_places_twice(rush: Rush, monkeypatch: Any) -> None:
    """The negative control: who was first is not looked at again once its row is held."""
    teams = queue(rush)
    all_looked = Meeting(ROOM)

    def look_late(team_id: UUID, editor: Editor) -> Team:
        team = registration.get_team(team_id, editor)
        db.session.rollback()  # let go of the row: whoever comes meanwhile sees it as it was
        all_looked.wait()
        team = lock_team(team_id, editor)
        if team.status is TeamStatus.OFFERED:
            team.status = TeamStatus.WAITLISTED
            team.offer_expires_at = None
            team.places_held = {}
        return team

    monkeypatch.setattr(offers, "lock_team", look_late)

    # Each offers once: who went on to the second would leave no room to offer the first again.
    rush.at_once([transacting(lambda: offers.offer_next(rush.institute_id))] * ROOM)

    assert (rush.taken(PEOPLE), statuses(rush, teams).count("offered")) == (2 * ROOM, 1)


def test_an_answer_and_the_end_of_an_offer_at_once_have_one_outcome(
    rush: Rush, monkeypatch: Any
) -> None:
    teams = queue(rush)
    steps.offer_freed_places(rush.app)
    late = clock.now() + timedelta(days=2)

    def accepting(team_id: UUID, editor: Editor) -> Callable[[], str]:
        def act() -> str:
            try:
                with transaction():
                    return registration.accept_offer(team_id, editor).status.value
            except RegistrationRefused:
                return "too late"

        return act

    def lapsing(team_id: UUID, _editor: Editor) -> Callable[[], str]:
        def act() -> str:
            monkeypatch.setattr(clock, "now", lambda: late)
            with transaction():
                return "lapsed" if offers.let_offer_lapse(team_id) else "answered"

        return act

    offered = teams[:ROOM]
    outcomes = rush.at_once(
        [accepting(*one) for one in offered] + [lapsing(*one) for one in offered]
    )

    assert outcomes["registered"] + outcomes["lapsed"] == ROOM
    assert outcomes["registered"] == outcomes["answered"]
    kept = outcomes["registered"]
    assert (rush.taken(PEOPLE), rush.taken(TEAMS)) == (2 * kept, kept)
    steps.offer_freed_places(rush.app)
    assert (rush.taken(PEOPLE), rush.taken(TEAMS)) == (2 * ROOM, ROOM)


def test_declining_while_the_limits_are_changed_leaves_nobody_waiting_for_ever(rush: Rush) -> None:
    teams = queue(rush)
    steps.offer_freed_places(rush.app)
    held = Event()

    def changing() -> str:
        with transaction():
            institute = db.session.get_one(Institute, rush.institute_id)
            db.session.refresh(institute, with_for_update=True)
            held.set()
            sleep(0.2)  # the other one gives its places back meanwhile
            pools.set_capacity(institute, PEOPLE, 2 * ROOM + 1)
        return "changed"

    def declining() -> str:
        held.wait()
        with transaction():
            return registration.decline_offer(*teams[0], stay=True).status.value

    assert rush.at_once([changing, declining]) == {"changed": 1, "waitlisted": 1}


def test_whoever_grows_while_a_place_is_offered_does_not_oversell(rush: Rush) -> None:
    teams = queue(rush)
    with as_tenant(rush.tenant_id), transaction():
        registration.admit_from_waitlist(teams[0][0], Editor(email="c@x.org", coordinates=True))
    person = registration.NamedPerson(name="Di", email="di@x.org", role_codes=("principal",))

    def growing() -> str:
        try:
            with transaction():
                registration.add_member(*teams[0][:1], person, teams[0][1])
                return "grown"
        except Waitable:
            return "no place"

    rush.at_once([growing, *[lambda: steps.offer_freed_places(rush.app)] * 2])

    assert rush.taken(PEOPLE) <= 2 * ROOM
