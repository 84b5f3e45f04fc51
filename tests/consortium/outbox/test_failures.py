"""What happens to mail when the mail server does not take it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from consortium import clock
from consortium.database import db
from consortium.outbox import jobs
from consortium.outbox.service import delivery
from consortium.ports import GatewayDown, GatewayRefused, GatewayUnreachable
from tests.consortium.outbox.conftest import ScriptedMailer, promised

MINUTE = timedelta(minutes=1)


def test_refused_mail_has_failed_and_says_why(app: Flask, scripted: ScriptedMailer) -> None:
    row = promised()
    scripted.fails["ada@example.org"] = GatewayRefused("550 no such mailbox")

    jobs.deliver_due(app)
    jobs.deliver_due(app)

    assert scripted.tried == ["ada@example.org"]
    assert (row.outcome, row.last_error) == ("failed", "550 no such mailbox")


def test_busy_mailbox_is_tried_again_after_one_two_four_minutes_and_others_go_on(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    promised("busy@example.org")
    promised("ada@example.org")
    scripted.fails["busy@example.org"] = GatewayDown("450 try later")

    tried_at = []
    for minute in range(20):
        frozen(noon + minute * MINUTE)
        before = len(scripted.tried)
        jobs.deliver_due(app)
        tried_at += [minute] if "busy@example.org" in scripted.tried[before:] else []

    assert tried_at == [0, 1, 3, 7, 15]
    assert [email.to for email in scripted.sent] == ["ada@example.org"]


def test_mail_is_given_up_after_three_days(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    row = promised()
    scripted.fails["ada@example.org"] = GatewayDown("450 try later")
    waits = []
    while row.settled_at is None:
        jobs.deliver_due(app)
        if row.leased_until is not None:
            waits.append(row.leased_until - clock.now())
            frozen(row.leased_until)

    assert (row.outcome, row.last_error) == ("failed", "450 try later")
    assert row.settled_at == noon + timedelta(hours=72)
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert max(waits) == timedelta(hours=6)


def test_unreachable_server_is_asked_once_and_everything_waits_for_it(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    for n in range(5):
        promised(f"p{n}@example.org")
        scripted.fails[f"p{n}@example.org"] = GatewayUnreachable("connection refused")

    assert jobs.deliver_due(app) == 1
    assert jobs.deliver_due(app) == 0
    scripted.fails.clear()
    frozen(noon + MINUTE)
    while jobs.deliver_due(app):
        pass

    assert len(scripted.sent) == 5


def test_claims_lose_their_right_when_the_server_turns_out_to_be_away(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    for n in range(3):
        promised(f"p{n}@example.org")
        scripted.fails[f"p{n}@example.org"] = GatewayUnreachable("connection refused")
    claims = delivery.claim(lease=5 * MINUTE)
    db.session.commit()

    assert [jobs.deliver(app, claim) for claim in claims] == [False, True, True]
    assert len(scripted.tried) == 1
    scripted.fails.clear()
    frozen(noon + MINUTE)
    assert jobs.deliver_due(app) == 3
    assert len(scripted.sent) == 3


def test_mail_flows_within_the_half_hour_after_the_server_was_away_for_six_hours(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    promised()
    scripted.fails["ada@example.org"] = GatewayUnreachable("connection refused")
    for minute in range(0, 6 * 60, 5):
        frozen(noon + minute * MINUTE)
        jobs.deliver_due(app)
    scripted.fails.clear()

    for minute in range(6 * 60, 6 * 60 + 30, 5):
        frozen(noon + minute * MINUTE)
        jobs.deliver_due(app)

    assert scripted.subjects == ["Hello"]


def test_mail_that_breaks_the_mailer_does_not_stop_those_behind_it(
    app: Flask, scripted: ScriptedMailer
) -> None:
    broken = promised("broken@example.org")
    promised("ada@example.org")
    scripted.fails["broken@example.org"] = ZeroDivisionError("a bug")

    jobs.deliver_due(app)

    assert [email.to for email in scripted.sent] == ["ada@example.org"]
    assert (broken.settled_at, broken.last_error) == (None, "ZeroDivisionError('a bug')")


def test_mail_that_always_cuts_the_connection_holds_up_no_other(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    promised("poison@example.org")
    scripted.fails["poison@example.org"] = GatewayUnreachable("connection lost")
    jobs.deliver_due(app)
    for n in range(delivery.FEW):
        promised(f"p{n}@example.org")
    frozen(noon + MINUTE)

    while jobs.deliver_due(app):
        pass

    assert len(scripted.sent) == delivery.FEW
    assert scripted.tried[-1] == "poison@example.org"


@pytest.mark.parametrize(
    ("attempt", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (5000, 360)]
)
def test_waits_double_up_to_six_hours(attempt: int, minutes: int) -> None:
    assert delivery.wait_after(attempt, delivery.LONGEST_WAIT) == minutes * MINUTE
