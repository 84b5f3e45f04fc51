"""Two people act on one seat at the same moment: one of them is told, nothing is half done."""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.institutes.models import PEOPLE
from events.registration import service as registration
from events.registration.domain import RegistrationRefused
from events.registration.models import Badge, Seat, Team
from events.registration.service import Editor, NamedPerson, OwnDetails, Substitution, invitations
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.registration.test_rush import Rush

pytestmark = pytest.mark.real_commits


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("substitutions")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def rush(own_app: Flask) -> Iterator[Rush]:
    with own_app.app_context():
        yield Rush(own_app)


def registered(rush: Rush, count: int) -> list[tuple[UUID, Editor, UUID]]:
    """Return registered teams, who leads each, and the seat of its superintendent."""
    made = []
    for team_id, editor in rush.drafts(count):
        with as_tenant(rush.tenant_id), transaction():
            registration.submit_team(team_id, editor)
            seats = select(Seat.id).where(Seat.team_id == team_id, Seat.name == "Ada")
            made.append((team_id, editor, db.session.scalars(seats).one()))
        db.session.remove()
    return made


def substituting(team_id: UUID, editor: Editor, seat_id: UUID) -> Callable[[], str]:
    wanted = Substitution(
        person=NamedPerson(name="Kim", email=f"kim-{seat_id}@x.org", role_codes=("superintendent",))
    )
    return trying("replaced", lambda: registration.substitute(team_id, seat_id, wanted, editor))


def withdrawing(team_id: UUID, editor: Editor) -> Callable[[], str]:
    return trying("withdrawn", lambda: registration.withdraw_team(team_id, editor))


def confirming(seat_id: UUID) -> Callable[[], str]:
    def act() -> object:
        seat = db.session.get_one(Seat, seat_id)
        return registration.confirm_seat(seat, OwnDetails(name="Ada"), by="ada@x.org")

    return trying("confirmed", act)


def trying(done: str, act: Callable[[], object]) -> Callable[[], str]:
    def attempt() -> str:
        try:
            with transaction():
                act()
        except RegistrationRefused:
            return "refused"
        else:
            return done

    return attempt


def state(rush: Rush) -> list[tuple[str, list[str], int, int]]:
    """Return for each team its status, its live seats, the places held, the live badges."""
    with as_tenant(rush.tenant_id):
        teams = db.session.scalars(select(Team)).all()
        badges = db.session.scalars(
            select(func.count(Badge.id)).where(Badge.voided_at.is_(None))
        ).one()
        found = [
            (
                team.status.value,
                sorted(f"{seat.name} {seat.status.value}" for seat in team.active_seats),
                team.seats_held,
                badges,
            )
            for team in teams
        ]
    db.session.remove()
    return found


def test_a_lead_replaces_while_the_other_withdraws(rush: Rush) -> None:
    acts: list[Callable[[], str]] = []
    for team_id, editor, seat_id in registered(rush, 4):
        acts += [substituting(team_id, editor, seat_id), withdrawing(team_id, editor)]

    outcomes = rush.at_once(acts)

    assert outcomes["withdrawn"] == 4
    assert outcomes["replaced"] + outcomes["refused"] == 4
    assert {(status, tuple(seats), held) for status, seats, held, _ in state(rush)} == {
        ("withdrawn", (), 0)
    }
    assert rush.taken(PEOPLE) == 0


def test_the_old_person_confirms_by_the_link_while_a_lead_replaces(rush: Rush) -> None:
    acts: list[Callable[[], str]] = []
    for team_id, editor, seat_id in registered(rush, 4):
        acts += [substituting(team_id, editor, seat_id), confirming(seat_id)]

    outcomes = rush.at_once(acts)

    # Whoever comes first: in the end the seat is the new one's, and no badge is left over.
    assert outcomes["replaced"] == 4
    assert outcomes["confirmed"] + outcomes["refused"] == 4
    assert {(*team[1], *map(str, team[2:])) for team in state(rush)} == {
        ("Bo invited", "Kim invited", "2", "0")
    }
    assert rush.taken(PEOPLE) == 8


def test_without_a_look_under_the_lock_the_old_person_confirms_a_seat_given_away(
    rush: Rush, monkeypatch: Any
) -> None:
    """The negative control: what the page showed before the other one's act is believed."""
    monkeypatch.setattr(invitations, "_check_waits", lambda _seat: None)
    ((team_id, editor, seat_id),) = registered(rush, 1)
    replaced = threading.Event()

    def replace() -> str:
        outcome = substituting(team_id, editor, seat_id)()
        replaced.set()
        return outcome

    def confirm() -> str:
        replaced.wait(10)
        return confirming(seat_id)()

    assert rush.at_once([replace, confirm]) == {"replaced": 1, "confirmed": 1}

    ((_, seats, held, badges),) = state(rush)
    assert (len(seats), held, badges) != (2, 2, 0)


def test_one_person_confirmed_by_many_windows_has_one_badge(rush: Rush) -> None:
    ((_, _, seat_id),) = registered(rush, 1)

    outcomes = rush.at_once([confirming(seat_id)] * 6)

    assert outcomes == {"confirmed": 1, "refused": 5}
    assert [team[3] for team in state(rush)] == [1]
