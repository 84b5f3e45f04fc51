"""Two reports published at one moment are compared with each other all the same."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from threading import get_ident
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.reports.domain.scope import ReportKind, Scope
from cohorts.reports.models import PublishedReport
from cohorts.reports.service import publishing
from cohorts.reports.service.running import run_report
from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.cohorts.matching.test_rush import app
from tests.cohorts.reports.stage import BY, YEAR, grant_for, hold
from tests.factories import make_tenant
from tests.meeting import Meeting, at_once

__all__ = ["app"]
pytestmark = pytest.mark.real_commits
NJ = {"superintendent": 6, "union_leader": 7}


def publish_both(app: Flask) -> int:
    """Publish two reports at once that differ by three people; return how many are public."""
    with app.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            one, two = hold("one", {"NJ": NJ}), hold("two", {"NJ": {"principal": 3}}, first=50)
            grants = grant_for("S-1", one).id, grant_for("S-2", one, two).id
            db.session.commit()

    def publishes(grant_id: UUID) -> Callable[[], object]:
        def act() -> None:
            for _ in range(3):  # whose number was taken meanwhile looks again, as the page says
                with suppress(publishing.NumberTaken), app.test_request_context():
                    tenant = db.session.get_one(Tenant, tenant_id)
                    scope = Scope(kind=ReportKind.REACH, period=YEAR, grant_id=grant_id)
                    run, number = run_report(scope, tenant), publishing.next_number(tenant)
                    db.session.rollback()
                    with transaction():
                        publishing.publish(run, {}, number=number, by=BY)
                    return

        return act

    refused, broken = at_once(app, tenant_id, [publishes(one) for one in grants])
    assert broken == []
    with app.app_context(), as_tenant(tenant_id):
        public = db.session.scalar(select(func.count(PublishedReport.id)))
        assert public == 2 - len(refused)
        return int(public or 0)


def test_of_two_reports_at_one_moment_the_second_is_refused(app: Flask) -> None:
    assert publish_both(app) == 1


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_without_the_lock_neither_sees_the_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both look before either is public."""
    looked, check = Meeting(2), publishing.check_differences
    numbers = count(1)
    own = defaultdict[int, str](lambda: f"RP-2026-{next(numbers):04d}")

    def check_then_wait(*told: Any) -> None:
        check(*told)
        looked.wait()

    monkeypatch.setattr(publishing, "hold", lambda *_: None)
    monkeypatch.setattr(publishing, "check_differences", check_then_wait)
    monkeypatch.setattr(publishing, "next_number", lambda _: own[get_ident()])
    assert publish_both(app) == 2
