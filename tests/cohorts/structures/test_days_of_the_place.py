"""In the evening the world's clock is a day ahead; people date what they do by their own day."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.handover.domain.leaving import HandoverRefused
from cohorts.handover.models import RiskMail
from cohorts.handover.service.telling import tell_hosts_weekly
from cohorts.learning import service as learning
from cohorts.surveys.models import SurveyName
from consortium import clock
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.tenants.models import Tenant
from consortium.tenants.service.days import begins, today
from tests.cohorts.handover.stage import Stage, make_stage
from tests.cohorts.surveys import stage as surveys
from tests.factories import make_institute, make_team

SUNDAY = date(2026, 3, 1)
EVENING = "2026-03-02T02:30:00+00:00"
"""Half past nine on that Sunday in New York; everywhere else it is said to be Monday."""


@pytest.fixture
def evening(frozen: Any, tenant: Tenant) -> Stage:
    """Return a partnership whose first cohort has its last day today, its second one goes on."""
    stage = make_stage(days=[SUNDAY - timedelta(days=30), SUNDAY])
    lea = stage.team.lea_id
    assert lea is not None
    later = make_institute("later", kind="cohort", days=[SUNDAY, SUNDAY + timedelta(days=90)])
    make_team(later, db.session.get_one(Lea, lea), {})
    frozen(EVENING)
    return stage


def test_who_came_is_there_until_the_last_day_is_over(evening: Stage) -> None:
    sam = evening.person("sam").id
    opened = evening.opened()
    assert opened.today == SUNDAY
    assert opened.who.member(sam) is not None
    assert learning.who(evening.partnership).member(sam) is not None


def test_nobody_leaves_tomorrow(evening: Stage) -> None:
    with pytest.raises(HandoverRefused):
        evening.leave("sam", left_on=SUNDAY + timedelta(days=1))
    evening.leave("sam", left_on=SUNDAY)


def test_who_came_is_still_asked_in_a_survey(evening: Stage) -> None:
    row = surveys.instruments.write_instrument(surveys.starter(), by=surveys.BY)
    wave = surveys.waves.plan_wave(
        row.id,
        surveys.plan(opens_on=SUNDAY, closes_on=SUNDAY + timedelta(days=9)),
        institute_id=None,
        partnership_ids=[evening.partnership.id],
        by=surveys.BY,
    )
    assert surveys.roster.take_from_seats(wave.id, by=surveys.BY) == 4
    names = db.session.scalars(select(SurveyName.email)).all()
    assert "sam1@example.org" in names


def test_the_hosts_week_ends_with_their_sunday(app: Flask, evening: Stage, frozen: Any) -> None:
    with app.test_request_context(), transaction():
        tell_hosts_weekly()
    assert db.session.scalars(select(RiskMail.week)).all() == [date(2026, 2, 23)]
    frozen("2026-03-02T14:00:00+00:00")
    with app.test_request_context(), transaction():
        tell_hosts_weekly()
    weeks = select(RiskMail.week).order_by(RiskMail.week)
    assert db.session.scalars(weeks).all() == [date(2026, 2, 23), date(2026, 3, 2)]


def test_a_day_begins_at_midnight_where_the_consortium_is(evening: Stage) -> None:
    assert evening.opened().today == today() == SUNDAY
    assert begins(SUNDAY).isoformat() == "2026-03-01T00:00:00-05:00"
    assert begins(SUNDAY) <= clock.now() < begins(SUNDAY + timedelta(days=1))
