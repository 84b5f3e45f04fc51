"""Many apply, sign and decide at the same moment: one application, one word, one letter each."""

from collections.abc import Callable, Iterator
from threading import Event
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.tenancy import as_tenant
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.intake import service as intake
from events.intake.domain import IntakeRefused, Outcome
from events.intake.models import Application
from events.intake.service import NewApplication, deciding
from events.registration.models import Team
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.intake.season import HOST, apply_whole, coordinating, make_season
from tests.events.registration.test_rush import Rush, lea_of
from tests.meeting import Meeting

AT_ONCE, APPLICANTS = 6, 4
pytestmark = pytest.mark.real_commits


class SeasonRush(Rush):
    """An institute for which teams apply, in a consortium of its own."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        with as_tenant(self.tenant_id):
            self.season_id: UUID = make_season(
                "season",
                selection={"by": "urbanicity", "shares": {"suburban": 1}, "places": 2},
            ).id
        db.session.remove()

    def applied(self, number: int = 1) -> list[UUID]:
        """Let so many LEAs apply, and their leaders sign."""
        with as_tenant(self.tenant_id):
            made = [apply_whole(self.season, lea_of(n)).id for n in range(number)]
        db.session.remove()
        return made

    @property
    def season(self) -> Institute:
        return db.session.get_one(Institute, self.season_id)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("season")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def rush(own_app: Flask) -> Iterator[SeasonRush]:
    with own_app.test_request_context():
        yield SeasonRush(own_app)


def refused_or(act: Callable[[], Any]) -> Callable[[], str]:
    """Do it in a transaction; return what it says, or why it was refused."""

    def do() -> str:
        try:
            with transaction():
                return str(act())
        except IntakeRefused as refusal:
            return refusal.message.split(";")[0]

    return do


def test_people_of_one_lea_who_apply_at_once_make_one_application(rush: SeasonRush) -> None:
    lea_id = lea_of(77).id
    db.session.remove()

    def applying(n: int) -> Callable[[], str]:
        new = NewApplication(lea_id=lea_id, name=f"Ana {n}", side=Side.LABOR)
        return refused_or(
            lambda: (
                intake.start_application(
                    rush.season, new, by=people.identity_for(f"ana{n}@x.org")
                ).status.value
            )
        )

    outcomes = rush.at_once([applying(n) for n in range(AT_ONCE)])

    assert outcomes == {"draft": 1, "Town 77 applies already": AT_ONCE - 1}


@pytest.mark.parametrize("own_app", ["postgresql"], indirect=True)
def test_without_the_guard_several_coordinators_make_the_same_decision(
    rush: SeasonRush, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody waits for a colleague. (On SQLite one writes at a time.)"""
    monkeypatch.setattr(deciding, "hold_choice", lambda *_: None)
    all_looked = Meeting(AT_ONCE)
    monkeypatch.setattr(deciding, "_last_rank", lambda _: all_looked.wait() or 0)
    turned_down = rush.applied()[0]
    with as_tenant(rush.tenant_id), transaction():
        intake.choose_by_hand(turned_down, Outcome.NOT_SELECTED, "Next year.", coordinating())
    db.session.remove()

    outcomes = rush.at_once(
        [refused_or(lambda: intake.decide(rush.season, by=HOST).not_selected)] * AT_ONCE
    )

    assert outcomes["1"] > 1


@pytest.mark.parametrize("own_app", ["postgresql"], indirect=True)
def test_who_withdraws_while_the_host_decides_is_not_selected(rush: SeasonRush) -> None:
    application_id = rush.applied()[0]
    with as_tenant(rush.tenant_id), transaction():
        intake.propose_selection(rush.season, by=HOST)
    db.session.remove()
    withdrawn = Event()

    def withdrawing() -> str:
        status = intake.withdraw_application(application_id, coordinating()).status.value
        withdrawn.set()
        sleep(0.2)  # the host decides meanwhile
        return status

    def deciding_meanwhile() -> int:
        withdrawn.wait()
        return intake.decide(rush.season, by=HOST).selected

    outcomes = rush.at_once([refused_or(withdrawing), refused_or(deciding_meanwhile)])

    assert outcomes == {
        "withdrawn": 1,
        "Nothing is chosen that is not told already. Propose first.": 1,
    }


def test_coordinators_who_decide_at_once_send_each_letter_once(rush: SeasonRush) -> None:
    rush.applied(APPLICANTS)
    with as_tenant(rush.tenant_id), transaction():
        intake.propose_selection(rush.season, by=HOST)
    db.session.remove()

    outcomes = rush.at_once(
        [refused_or(lambda: intake.decide(rush.season, by=HOST).selected)] * AT_ONCE
    )

    assert outcomes == {
        "2": 1,
        "Nothing is chosen that is not told already. Propose first.": AT_ONCE - 1,
    }
    with as_tenant(rush.tenant_id):
        letters = select(func.count(OutboxEmail.id)).where(
            OutboxEmail.dedupe_key.startswith("decision:"), OutboxEmail.tenant_id == rush.tenant_id
        )
        teams = select(func.count(Team.id)).where(Team.institute_id == rush.season_id)
        told = select(func.count(Application.id)).where(Application.letter_sent_at.is_not(None))
        counts = [db.session.scalar(one) for one in (letters, teams, told)]
        pools = {pool.code: pool.taken for pool in rush.season.pools}
    assert counts == [APPLICANTS, 2, APPLICANTS]
    assert pools == {TEAMS: 2, PEOPLE: 8}
