"""The host and the other lead write down at one moment that somebody left: it is one departure."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.handover.domain.leaving import Leaving, Successor
from cohorts.handover.models import Departure
from cohorts.handover.service import departures
from cohorts.handover.service.invariants import CHECKS
from cohorts.structures import service as structures
from cohorts.structures.service import Opened, Reader
from consortium.database import db, expect_writes, transaction
from consortium.tenancy import as_tenant
from events.facade.leaving import Editor
from tests.cohorts.handover.stage import TODAY, make_stage
from tests.meeting import Meeting, at_once

pytestmark = pytest.mark.real_commits


def reports(app: Flask, tenant_id: UUID) -> list[Callable[[], object]]:
    """Return two acts: the host and the other lead know of different last days."""
    with as_tenant(tenant_id):
        stage = make_stage(int(uuid4().int % 90_000) + 1)
        key, sam = stage.partnership.id, stage.person("sam").id
        who = [(stage.reader(by), stage.editor(by)) for by in ("", "ana")]
        db.session.remove()

    def report(reader: Reader, editor: Editor, day: int) -> Callable[[], object]:
        leaving = Leaving(
            person_id=sam,
            left_on=TODAY - timedelta(days=day),
            follows="open",
            successor=Successor(),
        )

        def do() -> object:
            expect_writes()
            with app.test_request_context(), transaction():
                opened = structures.open_partnership(key, reader)
                return departures.report_departure(opened, leaving, editor)

        return do

    return [report(*one, day) for day, one in enumerate(who)]


def left(tenant_id: UUID) -> int:
    with as_tenant(tenant_id):
        found = len(db.session.scalars(select(Departure)).all())
        db.session.remove()
    return found


def test_of_two_who_report_it_at_once_one_is_told_that_it_was_done(
    own_app: Flask, tenant_id: UUID
) -> None:
    refused, broken = at_once(own_app, tenant_id, reports(own_app, tenant_id))

    assert broken == []
    assert len(refused) == 1
    assert left(tenant_id) == 1
    with as_tenant(tenant_id):
        assert [sentence for check in CHECKS for sentence in check.find()] == []


# On SQLite one transaction writes at a time, so that nobody can be this careless.
@pytest.mark.parametrize("own_app", ["postgresql"], indirect=True)
def test_without_holding_the_partnership_somebody_leaves_twice(
    own_app: Flask, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both look before either writes."""
    acts = reports(own_app, tenant_id)
    here = Meeting(2)

    def careless(opened: Opened) -> Opened:
        found = structures.open_partnership(opened.partnership.id, opened.reader)
        here.wait()
        return found

    monkeypatch.setattr(departures, "hold", lambda *_: None)
    monkeypatch.setattr(departures, "_afresh", careless)

    refused, broken = at_once(own_app, tenant_id, acts)

    assert refused == []  # nobody is told; two departures stand, or the database ended one of them
    assert broken or left(tenant_id) == 2
