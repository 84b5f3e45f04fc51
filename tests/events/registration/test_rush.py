"""Many teams want the last places at the same moment: nothing is oversold, lost or doubled."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.models import PEOPLE, TEAMS, Institute, Pool
from events.institutes.service import pools
from events.registration import service as registration
from events.registration.domain import RegistrationRefused, Waitable
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.registration.service import Editor, LedAlready, NamedPerson, Start
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.registration.builders import draft
from tests.factories import make_institute, make_lea, make_tenant
from tests.meeting import Meeting

TEAMS_WANTING, PLACES = 16, 11  # two people each: five teams find room, one place stays free

pytestmark = pytest.mark.real_commits


class Rush:
    """An institute with few places, in a consortium of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tenant_id: UUID = make_tenant(f"rush-{uuid4().hex[:8]}").id
        with as_tenant(self.tenant_id):
            self.contact = db.session.get_one(Tenant, self.tenant_id).reply_address
            self.institute_id = make_institute(pools={PEOPLE: PLACES, TEAMS: 50}).id
        db.session.remove()

    def drafts(self, count: int) -> list[tuple[UUID, Editor]]:
        """Return drafts of as many LEAs, two people in each, and who leads them."""
        made = []
        with as_tenant(self.tenant_id):
            institute = db.session.get_one(Institute, self.institute_id)
            for n in range(count):
                lea = lea_of(n)
                lead = f"lead{n}@x.org"
                team = draft(institute, lea, "ada superintendent", "bo union_leader", by=lead)
                person = people.person_for(people.identity_for(lead))
                made.append((team.id, Editor(email=lead, person_id=person.id)))
        db.session.remove()
        return made

    def at_once(self, acts: Sequence[Callable[[], object]]) -> Counter[str]:
        """Do all acts at the same moment; return how they ended."""
        together = threading.Barrier(len(acts))
        outcomes: list[str] = []
        broken: list[BaseException] = []

        def do(act: Callable[[], object]) -> None:
            try:
                with self.app.app_context(), as_tenant(self.tenant_id):
                    together.wait()
                    outcomes.append(str(act()))
            except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
                broken.append(error)

        threads = [threading.Thread(target=do, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert broken == []
        return Counter(outcomes)

    def teams(self) -> list[tuple[TeamStatus, int, int, int | None]]:
        """Return for each team its status, the places it holds, its people, its position."""
        people_of = (
            select(func.count(Seat.id))
            .where(Seat.team_id == Team.id, Seat.status.in_(ACTIVE_SEATS))
            .scalar_subquery()
        )
        statement = select(Team.status, Team.seats_held, people_of, Team.waitlist_position)
        with as_tenant(self.tenant_id):
            rows = [tuple(row) for row in db.session.execute(statement)]
        db.session.remove()  # an open reader would keep SQLite's writers waiting
        return rows

    def taken(self, code: str) -> int:
        with as_tenant(self.tenant_id):
            taken = db.session.scalars(select(Pool.taken).where(Pool.code == code)).one()
        db.session.remove()
        return taken


def lea_of(n: int) -> Lea:
    """Return the LEA with this number; all consortia share it."""
    lea_id = f"34{n:05}"
    return db.session.get(Lea, lea_id) or make_lea(lea_id, f"Town {n}")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("rush")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def rush(own_app: Flask) -> Iterator[Rush]:
    with own_app.app_context():
        yield Rush(own_app)


def submitting(team_id: UUID, editor: Editor) -> Callable[[], TeamStatus]:
    """Submit a team as a person does: what is full leads to the waitlist."""

    def act() -> TeamStatus:
        try:
            with transaction():
                return registration.submit_team(team_id, editor).status
        except Waitable:
            with transaction():
                return registration.join_waitlist(team_id, editor).status

    return act


def test_the_last_places_go_to_as_many_teams_as_fit_and_the_rest_wait_in_order(
    rush: Rush,
) -> None:
    outcomes = rush.at_once([submitting(*one) for one in rush.drafts(TEAMS_WANTING)])

    teams = rush.teams()
    registered = [team for team in teams if team[0] is TeamStatus.REGISTERED]
    waiting = [team for team in teams if team[0] is TeamStatus.WAITLISTED]
    assert outcomes == {"registered": 5, "waitlisted": 11}
    assert [team[1:3] for team in registered] == [(2, 2)] * 5
    assert sorted(team[3] or 0 for team in waiting) == list(range(1, 12))
    assert (rush.taken(PEOPLE), rush.taken(TEAMS)) == (10, 5)


def test_without_the_guard_the_same_rush_oversells(rush: Rush, monkeypatch: Any) -> None:
    """The negative control: look first, then take, as a careless program would."""
    monkeypatch.setattr(pools, "take", lambda *_: True)
    all_looked = Meeting(TEAMS_WANTING)

    def looking_first(team_id: UUID, editor: Editor) -> Callable[[], str]:
        def act() -> str:
            held = db.session.scalars(select(func.sum(Team.seats_held))).one()
            db.session.rollback()
            all_looked.wait()
            if held + 2 > PLACES:
                return "full"
            with transaction():
                return registration.submit_team(team_id, editor).status.value

        return act

    rush.at_once([looking_first(*one) for one in rush.drafts(TEAMS_WANTING)])

    assert sum(team[1] for team in rush.teams()) > PLACES


def test_one_team_submitted_by_many_at_once_is_registered_once(rush: Rush) -> None:
    ((team_id, editor),) = rush.drafts(1)

    def act() -> str:
        try:
            with transaction():
                return registration.submit_team(team_id, editor).status.value
        except RegistrationRefused as refusal:
            return refusal.message

    outcomes = rush.at_once([act] * 8)

    assert outcomes == {"registered": 1, "This team is registered already.": 7}
    assert (rush.taken(PEOPLE), rush.taken(TEAMS)) == (2, 1)


def test_leads_of_one_lea_who_start_at_once_make_one_team(rush: Rush) -> None:
    lea_id = lea_of(99).id
    db.session.remove()

    def starting(n: int) -> Callable[[], str]:
        def act() -> str:
            start = Start(lea_id=lea_id, lead_name=f"Lead {n}", side=Side.LABOR)
            try:
                with transaction():
                    institute = db.session.get_one(Institute, rush.institute_id)
                    by = people.identity_for(f"new{n}@x.org")
                    return registration.start_team(institute, start, by=by).status.value
            except LedAlready as refusal:
                return refusal.message

        return act

    assert rush.at_once([starting(n) for n in range(8)]) == {
        "draft": 1,
        "Town 99 has a team for this institute already, led by n…@x.org. Ask to be named there, "
        f"or write to {rush.contact}.": 7,
    }


def naming(team_id: UUID, editor: Editor, *, shared: bool) -> Callable[[], str]:
    def act() -> str:
        person = NamedPerson(
            name="Cy", email="cy@x.org", role_codes=("board_member",), shared=shared
        )
        try:
            with transaction():
                registration.add_member(team_id, person, editor)
                return "named"
        except RegistrationRefused:
            return "refused"

    return act


def test_teams_that_name_one_person_at_once_do_not_both_get_the_person(rush: Rush) -> None:
    outcomes = rush.at_once([naming(*one, shared=False) for one in rush.drafts(6)])

    assert outcomes == {"named": 1, "refused": 5}


def test_teams_that_share_a_new_person_know_one_and_the_same(rush: Rush) -> None:
    outcomes = rush.at_once([naming(*one, shared=True) for one in rush.drafts(6)])

    assert outcomes == {"named": 6}
    with as_tenant(rush.tenant_id):
        persons = set(db.session.scalars(select(Seat.person_id).where(Seat.name == "Cy")))
    assert len(persons) == 1


def test_leads_who_add_people_at_once_lose_nobody(rush: Rush) -> None:
    ((team_id, editor),) = rush.drafts(1)

    def adding(n: int) -> Callable[[], str]:
        def act() -> str:
            person = NamedPerson(name=f"P{n}", email=f"p{n}@x.org", role_codes=("principal",))
            with transaction():
                registration.add_member(team_id, person, editor)
            return "added"

        return act

    assert rush.at_once([adding(n) for n in range(6)]) == {"added": 6}
    with as_tenant(rush.tenant_id):
        team = registration.get_team(team_id, editor)
        positions = sorted(seat.position for seat in team.seats)
    assert positions == list(range(8))
