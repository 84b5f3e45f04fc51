"""One of two peers declines while the other proposes a call: no call outlives the match."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from cohorts.matching import service as matching
from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.service import calls
from cohorts.matching.service.invariants_of_talking import CHECKS
from cohorts.matching.service.pairs import Couple, couple
from consortium.database import db
from consortium.errors import NotFound
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from tests.cohorts.matching.meeting import person, published
from tests.cohorts.matching.test_rush import app, stage
from tests.meeting import Meeting, at_once, writing

__all__ = ["app", "stage"]
pytestmark = pytest.mark.real_commits
ANA, BEN = "ana@example.org", "ben@example.org"
Acts = tuple[Callable[[], object], Callable[[], object]]


@pytest.fixture
def acts(app: Flask, stage: tuple[UUID, UUID]) -> Acts:
    """Return two acts: Ana proposes a call to Ben, who declines her."""
    tenant_id, here = stage
    with app.test_request_context(), as_tenant(tenant_id):
        published(db.session.get_one(Institute, here))
        ana, ben = person(ANA), person(BEN)
        db.session.remove()
    span = CallSpan(starts=datetime(2026, 3, 20, 14), time_zone="America/New_York", minutes=30)

    def within(act: Callable[[], object]) -> Callable[[], object]:
        def do() -> object:
            with app.test_request_context(), as_tenant(tenant_id):
                return writing(act)()

        return do

    return (
        within(lambda: calls.propose_time(here, ana, ben, span, place="", by=ANA)),
        within(lambda: matching.decline_peer(here, ben, ana, by=BEN)),
    )


def outlived(app: Flask, tenant_id: UUID) -> list[str]:
    with app.app_context(), as_tenant(tenant_id):
        return [sentence for check in CHECKS for sentence in check.find()]


def test_no_call_outlives_the_match_whoever_is_first(
    app: Flask,
    stage: tuple[UUID, UUID],
    acts: Acts,
) -> None:
    refused, broken = at_once(app, stage[0], acts)

    assert broken == []
    assert all(isinstance(one, NotFound) for one in refused)  # the decline came first
    assert outlived(app, stage[0]) == []


# On SQLite one transaction writes at a time, so that nobody can be this careless.
@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_who_does_not_hold_the_match_proposes_to_nobodys_peer(
    app: Flask, stage: tuple[UUID, UUID], acts: Acts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: Ana is read as a peer, then Ben declines her, then she proposes."""
    propose, decline = acts
    read, declined = Meeting(2), Meeting(2)

    def careless(*who: Any, hold: bool) -> Couple:
        found = couple(*who, hold=not hold)
        read.wait()
        declined.wait()
        return found

    def decline_between() -> None:
        read.wait()
        decline()
        declined.wait()

    monkeypatch.setattr(calls, "couple", careless)

    assert at_once(app, stage[0], [propose, decline_between]) == ([], [])

    (found,) = outlived(app, stage[0])
    assert found.endswith("stands, and its two are no peers any more.")
