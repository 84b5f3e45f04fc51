"""Two who accept each other at the same moment are introduced, and told once each."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from cohorts.matching import service as matching
from cohorts.matching.models import PeerMatch
from cohorts.matching.service import accepting
from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from events import facade
from tests.cohorts.matching.meeting import COORDINATOR
from tests.cohorts.matching.test_rush import app, counted, stage
from tests.meeting import Meeting, at_once, transacting

__all__ = ["app", "stage"]
pytestmark = pytest.mark.real_commits
Stage = tuple[UUID, UUID]


def suggested(app: Flask, stage: Stage) -> tuple[UUID, UUID]:
    """Suggest two people to each other; return who they are."""
    tenant_id, institute_id = stage
    with app.test_request_context(), as_tenant(tenant_id):
        institute = facade.institute_with(institute_id)
        matching.change_terms(institute, COORDINATOR, two_sided=True)
        run = matching.run_matching(institute_id, by=COORDINATOR, each=1)
        matching.publish_run(run.id, by=COORDINATOR)
        db.session.commit()
        pair = db.session.scalars(select(PeerMatch)).one()
        both = pair.first_id, pair.second_id
        db.session.remove()
    return both


def accepted_by_both(app: Flask, stage: Stage) -> tuple[int, int]:
    """Let both of a pair accept at once; return how many are introduced, and how many are told."""
    tenant_id, institute_id = stage
    both = suggested(app, stage)

    def accepts(me: UUID, them: UUID) -> Callable[[], object]:
        def act() -> None:
            with app.test_request_context(), as_tenant(tenant_id):
                transacting(lambda: matching.accept_peer(institute_id, me, them, by="test"))()

        return act

    assert at_once(app, tenant_id, [accepts(*both), accepts(*reversed(both))]) == ([], [])
    introduced = select(func.count(PeerMatch.id)).where(PeerMatch.introduced_at.is_not(None))
    told = select(func.count(OutboxEmail.id)).where(OutboxEmail.about.startswith("introduced:"))
    return counted(app, tenant_id, introduced), counted(app, tenant_id, told)


def test_two_who_accept_at_one_moment_are_introduced_once(app: Flask, stage: Stage) -> None:
    assert accepted_by_both(app, stage) == (1, 2)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_without_asking_again_neither_sees_that_the_other_accepted(
    app: Flask, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what was read before writing says nothing of the other."""
    both_looked = Meeting(2)

    def look_then_write(match: PeerMatch, person_id: UUID) -> None:
        mine = "first_accepted_at" if match.first_id == person_id else "second_accepted_at"
        seen = match.first_accepted_at, match.second_accepted_at
        both_looked.wait()
        db.session.execute(
            update(PeerMatch)
            .where(PeerMatch.id == match.id)
            .values({mine: clock.now()})
            .execution_options(synchronize_session=False)
        )
        assert seen == (None, None)

    monkeypatch.setattr(accepting, "_accept", look_then_write)
    monkeypatch.setattr(
        accepting,
        "_introduced",
        lambda match: match.first_accepted_at is not None and match.second_accepted_at is not None,
    )
    assert accepted_by_both(app, stage) == (0, 0)


# On SQLite one transaction writes at a time: who accepts reads after the other has declined.
@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_who_accepts_while_the_other_declines_hears_that_it_is_over(
    app: Flask,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tenant_id, institute_id = stage
    one, other = suggested(app, stage)
    read, declined = Meeting(2), Meeting(2)

    def look_then_wait(match: PeerMatch) -> bool:
        read.wait()
        declined.wait()
        return match.ended_at is None

    def decline_between() -> None:
        read.wait()
        with app.test_request_context(), as_tenant(tenant_id):
            transacting(lambda: matching.decline_peer(institute_id, other, one, by="test"))()
        declined.wait()

    monkeypatch.setattr(accepting, "_both_may", look_then_wait)
    accept = transacting(lambda: accepting.accept_peer(institute_id, one, other, by="test"))

    refused, broken = at_once(app, tenant_id, [accept, decline_between])

    assert broken == []
    assert [type(one) for one in refused] == [NotFound]
