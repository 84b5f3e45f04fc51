"""Reminders that the worker sends by the host's rule, in no request."""

from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.tenants.models import Tenant
from events.board.jobs import send_reminders
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import Seat, Team
from events.registration.service.standing import settle
from tests.events.board.rows import store_team
from tests.factories import make_institute, soon

ROSTER_BY = soon(20)


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    """Store a team that lacks a role and has one who has not answered; its roster is due."""
    institute = make_institute(deadlines=[("roster_by", ROSTER_BY.date(), time(17, 0))])
    store_team(
        institute,
        1,
        ("Ines", "superintendent", "confirmed"),
        ("Ivy", "cert_union_leader", "invited"),
        complete=False,
        missing=["board_member"],
    )
    return institute


def to() -> list[tuple[str, str]]:
    """Return whom mails were promised to, and of what, those dropped left out."""
    statement = select(OutboxEmail).where(OutboxEmail.outcome != "superseded")
    kinds = ("Please confirm", "not complete")
    return sorted(
        (kind, mail.to.split("@")[0])
        for mail in db.session.scalars(statement)
        for kind in kinds
        if kind in mail.subject
    )


def run(app: Flask) -> int:
    done = send_reminders(app)
    db.session.expire_all()
    return done


def test_reminders_go_out_on_their_day_and_once(
    app: Flask, institute: Institute, frozen: Any
) -> None:
    assert run(app) == 0
    frozen(ROSTER_BY - timedelta(days=14))
    assert run(app) == 2
    assert to() == [("Please confirm", "ivy"), ("not complete", "ines")]
    assert run(app) == 0
    frozen(ROSTER_BY - timedelta(days=7))
    assert run(app) == 2
    acts = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "remind")).all()
    assert [(act.actor, sum(act.after.values())) for act in acts] == [("worker", 1)] * 4


def test_whoever_was_asked_lately_is_left_in_peace(
    app: Flask, institute: Institute, frozen: Any
) -> None:
    ivy = db.session.scalars(select(Seat).where(Seat.name == "Ivy")).one()
    now = frozen(ROSTER_BY - timedelta(days=14))
    ivy.invited_at = now - timedelta(hours=30)
    db.session.commit()

    assert run(app) == 1
    assert to() == [("not complete", "ines")]


def test_a_reminder_not_sent_yet_is_dropped_when_its_fact_is_gone(
    app: Flask, institute: Institute, frozen: Any
) -> None:
    frozen(ROSTER_BY - timedelta(days=14))
    run(app)
    team = db.session.scalars(select(Team)).one()
    settle(team)
    db.session.commit()

    assert to() == [("Please confirm", "ivy")]


def test_after_the_deadline_the_lead_and_the_host_hear_of_what_is_not_complete(
    app: Flask, institute: Institute, tenant: Tenant, frozen: Any
) -> None:
    frozen(ROSTER_BY + timedelta(days=1))
    assert run(app) == 1
    assert run(app) == 0
    assert to() == [("not complete", "hello"), ("not complete", "ines")]
    mail = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.to == tenant.reply_address)
    ).one()
    assert "District 1" in mail.text
    assert "Board member: Nobody is named yet" in mail.text
    assert "http://localhost/lakeshore/manage/institutes/summer/board" in mail.text


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CANCELLED])
def test_an_institute_that_is_not_published_reminds_nobody(
    app: Flask, institute: Institute, frozen: Any, status: Status
) -> None:
    institute.status = status
    db.session.commit()
    frozen(ROSTER_BY - timedelta(days=14))

    assert run(app) == 0


def test_a_host_may_turn_a_reminder_off(app: Flask, institute: Institute, frozen: Any) -> None:
    institute.reminder_days = {"complete": [], "confirm": [9]}
    db.session.commit()
    frozen(ROSTER_BY - timedelta(days=14))
    assert run(app) == 0
    frozen(ROSTER_BY - timedelta(days=9))
    assert run(app) == 1
    assert to() == [("Please confirm", "ivy")]
