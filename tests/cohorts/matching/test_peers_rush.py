"""People who ask, lock, limit, decline and publish at the same moment: said once, shown to none."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import func, select, text

from cohorts.invariants import checks
from cohorts.matching import service as matching
from cohorts.matching.domain.searching import SearchState, Wish
from cohorts.matching.models import (
    ONE_LOCK,
    ONE_SEARCH,
    MatchLock,
    MatchRun,
    PeerLimit,
    PeerMatch,
    PeerSearch,
)
from cohorts.matching.service import Limit, fitting, limits, publishing, searches
from consortium import errands
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from consortium.verify.service import examine
from tests.cohorts.matching.meeting import COORDINATOR, bring, person
from tests.cohorts.matching.test_rush import app, counted, press_together, stage
from tests.factories import make_institute
from tests.meeting import Meeting, at_once, transacting

__all__ = ["app", "stage"]
pytestmark = pytest.mark.real_commits
Stage = tuple[UUID, UUID]
ANA, BEN, MO = (f"{name}@example.org" for name in ("ana", "ben", "mo"))
on_postgresql = pytest.mark.parametrize("app", ["postgresql"], indirect=True)
"""SQLite has one writer at a time, guarded or not."""


def asked(app: Flask, stage: Stage) -> tuple[int, int]:
    """Let all ask for a search; return how many did, and how many searches there are."""
    tenant_id, institute_id = stage
    through = press_together(
        app, tenant_id, lambda: matching.ask_search(institute_id, Wish(), COORDINATOR)
    )
    return through, counted(app, tenant_id, select(func.count(PeerSearch.id)))


def taken(app: Flask, tenant_id: UUID) -> int:
    """Let workers take the search; return how many have it."""
    with app.app_context(), as_tenant(tenant_id):
        search_id = db.session.scalars(select(PeerSearch.id).limit(1)).one()

    def take() -> None:
        if searches.take_search(search_id) is None:
            raise Conflict("Another worker has it.")

    return press_together(app, tenant_id, take)


def locked(app: Flask, stage: Stage) -> int:
    """Let half keep a pair and half forbid it; return how often something is said of it."""
    tenant_id, institute_id = stage
    with app.app_context(), as_tenant(tenant_id):
        pair = person(ANA), person(BEN)
    ways: cycle[Callable[[], Any]] = cycle(
        [
            lambda: matching.pin_pair(institute_id, *pair, by=COORDINATOR),
            lambda: matching.forbid_pair(institute_id, *pair, reason="Why.", by=COORDINATOR),
        ]
    )

    def say_something() -> object:
        return next(ways)()

    press_together(app, tenant_id, say_something)
    return counted(app, tenant_id, select(func.count(MatchLock.id)))


def limited(app: Flask, tenant_id: UUID) -> int:
    """Let each say another limit, all having seen that there is none; return who got through."""
    with app.app_context(), as_tenant(tenant_id):
        ana = person(ANA)
    wishes = cycle([*(Limit(most=n) for n in range(1, 6)), Limit(paused=True)])
    return press_together(
        app,
        tenant_id,
        lambda: matching.change_limit(ana, next(wishes), by=ANA, was="0"),
    )


def test_what_is_said_at_one_moment_is_said_once(app: Flask, stage: Stage) -> None:
    tenant_id, _ = stage

    assert asked(app, stage) == (1, 1)
    assert taken(app, tenant_id) == 1
    assert locked(app, stage) == 1
    assert limited(app, tenant_id) == 1
    said = select(AuditEntry.after).where(AuditEntry.act == "change_limit")
    with app.app_context(), as_tenant(tenant_id):
        row = db.session.scalars(select(PeerLimit)).one()
        assert [after["most"] for after in db.session.scalars(said)] == [row.most]


@on_postgresql
def test_without_the_guards_it_is_said_many_times(
    app: Flask,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: each guard alone is what the test before this one rests on."""
    tenant_id, _ = stage
    with app.app_context(), as_tenant(tenant_id), transaction():
        db.session.execute(text(f"DROP INDEX {ONE_SEARCH}"))
        db.session.execute(text(f"ALTER TABLE match_lock DROP CONSTRAINT {ONE_LOCK}"))
    through, there = asked(app, stage)
    assert through == there > 1
    assert locked(app, stage) > 1

    all_looked = Meeting(6)

    def look_then_take(_table: object, search_id: UUID) -> bool:
        search = db.session.scalars(select(PeerSearch).where(PeerSearch.id == search_id)).one()
        free = search.state is SearchState.WAITING
        all_looked.wait()
        search.state = SearchState.RUNNING
        return free

    monkeypatch.setattr(errands, "_claimed", look_then_take)
    assert taken(app, tenant_id) > 1

    assert limited(app, tenant_id) == 1
    with app.app_context(), as_tenant(tenant_id), transaction():
        row = db.session.scalars(select(PeerLimit)).one()
        row.most = None
    all_read = Meeting(6)

    def read_without_holding(person_id: UUID, _by: str) -> PeerLimit:
        found = select(PeerLimit).where(PeerLimit.person_id == person_id)
        row = db.session.scalars(found).one()
        all_read.wait()
        return row

    monkeypatch.setattr(limits, "hold_people", lambda *_: None)
    monkeypatch.setattr(limits, "_held", read_without_holding)
    assert limited(app, tenant_id) > 1


@pytest.fixture
def season(app: Flask, stage: Stage) -> list[UUID]:
    """Return runs of three institutes with Ana, Ben and Mo, who takes one peer at a time.

    The first is published: Ana and Ben are peers, and Mo is one's. In the others, found before,
    Ana and Ben are peers too, and Mo is Di's, or Ed's.
    """
    tenant_id, _ = stage
    runs = []
    with app.test_request_context(), as_tenant(tenant_id):
        for n, (slug, new) in enumerate((("autumn", ""), ("winter", "di"), ("spring", "ed"))):
            institute = make_institute(slug)
            for k, email in enumerate((ANA, BEN, MO, f"{new}@example.org")[: 4 if new else 3]):
                bring(institute, 10 * (n + 1) + k, {email: "superintendent"})
            with transaction():
                if new:
                    both = person(MO), person(f"{new}@example.org")
                    matching.pin_pair(institute.id, *both, by=COORDINATOR)
                else:
                    matching.change_limit(person(MO), Limit(most=1, mentor=True), by=MO)
                    limit = db.session.scalars(select(PeerLimit)).one()
                    limit.changed_at -= timedelta(days=1)
                runs.append(matching.run_matching(institute.id, COORDINATOR).id)
        with transaction():
            matching.publish_run(runs[0], COORDINATOR)
    return runs


class Season:
    """What Ana, Ben, Mo and the coordinators do."""

    def __init__(self, app: Flask, tenant_id: UUID, runs: list[UUID]) -> None:
        self.app, self.tenant_id = app, tenant_id
        with app.app_context(), as_tenant(tenant_id):
            first = db.session.get_one(MatchRun, runs[0])
            pairs = [(match.first_id, match.second_id) for match in first.matches]
            where = first.institute_id

        def declining(one: UUID, other: UUID) -> Callable[[], object]:
            return transacting(lambda: matching.decline_peer(where, one, other, by=ANA))

        def publishing_of(run_id: UUID) -> Callable[[], object]:
            def publish() -> None:
                with app.test_request_context(), as_tenant(tenant_id), transaction():
                    g.tenant = db.session.get_one(Tenant, tenant_id)
                    matching.publish_run(run_id, COORDINATOR)

            return publish

        self.declines = [declining(*pair) for pair in pairs]
        self.publications = [publishing_of(run_id) for run_id in runs[1:]]

    def do(self, acts: list[Callable[[], object]]) -> None:
        """Do these at one moment; nothing is refused."""
        assert at_once(self.app, self.tenant_id, acts) == ([], [])

    def faults(self) -> list[str]:
        """Return what must not be."""
        with self.app.app_context(), as_tenant(self.tenant_id):
            ours = [check for check in checks() if check.code != "I70-partnership"]
            # Teams that a test stores without registration have begun no partnership.
            return [line for check in ours for line in examine(check).violations]


def test_who_declined_meets_no_more_and_a_place_is_given_once(
    app: Flask,
    stage: Stage,
    season: list[UUID],
) -> None:
    played = Season(app, stage[0], season)

    played.do(played.declines + played.publications)

    assert played.faults() == []
    ended = select(func.count(PeerMatch.id)).where(PeerMatch.ended_at.is_not(None))
    assert counted(app, stage[0], ended) == 2


@on_postgresql
def test_without_looking_again_who_declined_meets_once_more_and_a_place_is_given_twice(
    app: Flask,
    stage: Stage,
    season: list[UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: what holds is holding drafts and mentors, and asking who met."""
    both_looked = Meeting(2)
    active_peers = fitting.active_peers

    def look_at_once() -> Mapping[UUID, int]:
        found = active_peers()
        both_looked.wait()
        return found

    monkeypatch.setattr(publishing, "hold_drafts", lambda: None)
    monkeypatch.setattr(publishing, "hold_people", lambda *_: None)
    monkeypatch.setattr(fitting, "active_peers", look_at_once)
    monkeypatch.setattr(fitting, "met", set)
    played = Season(app, stage[0], season)

    played.do(played.declines)
    played.do(played.publications)

    found = " ".join(played.faults())
    assert "are peers although one declined the other" in found
    with app.app_context(), as_tenant(stage[0]):
        assert f"gave person:{person(MO)} 1 peers, who takes 1" in found
