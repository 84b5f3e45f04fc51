"""Promised mail goes out once, in order, and not when it is no longer true."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.outbox import jobs
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import delivery
from consortium.ports import Attachment, Email, GatewayDown
from tests.consortium.outbox.conftest import ScriptedMailer, promised
from tests.plans import plans_of

MINUTE = timedelta(minutes=1)


def test_due_mail_is_sent_once_with_its_rows_id(
    app: Flask, scripted: ScriptedMailer, noon: datetime
) -> None:
    ics = Attachment(
        filename="a.ics", content_type="text/calendar", content=b"\x00\xff", method="REQUEST"
    )
    email = Email(
        to="ada@example.org",
        subject="Hello",
        text="Hello.",
        html="<p>Hello.</p>",
        reply_to="b@c.org",
        from_name="Lakeshore",
        attachments=(ics,),
    )
    outbox.promise(email)
    db.session.commit()

    assert jobs.deliver_due(app) == 1
    assert jobs.deliver_due(app) == 0

    row = db.session.scalars(select(OutboxEmail)).one()
    assert scripted.sent == [Email(**{**vars(email), "message_id": f"<{row.id}@localhost>"})]
    assert (row.outcome, row.settled_at, row.attempts) == ("sent", noon, 1)
    assert row.leased_until is None


def test_mail_waits_until_it_is_due(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    promised(due_at=noon + MINUTE)

    assert jobs.deliver_due(app) == 0
    frozen(noon + MINUTE)
    assert jobs.deliver_due(app) == 1
    assert scripted.subjects == ["Hello"]


def test_same_dedupe_key_promises_once() -> None:
    promised(dedupe_key="reminder:1")
    outbox.promise(Email(to="ada@example.org", subject="Again", text=""), dedupe_key="reminder:1")
    db.session.commit()

    assert db.session.scalars(select(OutboxEmail.subject)).all() == ["Hello"]


def test_mails_to_one_address_keep_their_order_while_the_first_waits(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    for n in range(3):
        frozen(noon + n * timedelta(seconds=1))
        promised(subject=f"Mail {n}")
    scripted.fails["ada@example.org"] = GatewayDown("450 try later")
    frozen(noon + timedelta(seconds=10))
    assert jobs.deliver_due(app) == 1
    assert jobs.deliver_due(app) == 0

    scripted.fails.clear()
    frozen(noon + 2 * MINUTE)
    while jobs.deliver_due(app):
        pass

    assert scripted.subjects == ["Mail 0", "Mail 1", "Mail 2"]


def test_reminder_for_later_holds_nothing_up(
    app: Flask, scripted: ScriptedMailer, noon: datetime
) -> None:
    promised(subject="Reminder", due_at=noon + timedelta(days=3))
    promised(subject="Invitation")

    jobs.deliver_due(app)

    assert scripted.subjects == ["Invitation"]


def test_mail_that_lapses_does_not_wait_behind_others(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    promised(subject="Invitation")
    scripted.fails["ada@example.org"] = GatewayDown("450 try later")
    jobs.deliver_due(app)
    scripted.fails.clear()
    frozen(noon + timedelta(seconds=30))
    promised(subject="Your code", lapses_at=noon + 10 * MINUTE)

    jobs.deliver_due(app)

    assert scripted.subjects == ["Your code"]


def test_lapsed_mail_is_dropped_unsent(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    row = promised(lapses_at=noon + 10 * MINUTE)
    frozen(noon + 10 * MINUTE)

    jobs.deliver_due(app)

    assert scripted.sent == []
    assert (row.outcome, row.last_error) == ("failed", delivery.TOO_LATE)


def test_superseded_mail_is_not_sent(app: Flask, scripted: ScriptedMailer) -> None:
    row = promised(about="seat:1")
    outbox.supersede("seat:1")
    db.session.commit()

    assert jobs.deliver_due(app) == 0
    assert (scripted.sent, row.outcome) == ([], "superseded")


def test_mail_superseded_after_the_claim_is_not_sent(app: Flask, scripted: ScriptedMailer) -> None:
    row = promised(about="seat:1")
    (claim,) = delivery.claim()
    outbox.supersede("seat:1")
    db.session.commit()

    assert jobs.deliver(app, claim) is True
    assert (scripted.sent, row.outcome) == ([], "superseded")


def test_mail_superseded_while_it_went_out_counts_as_sent(
    app: Flask, scripted: ScriptedMailer
) -> None:
    row = promised(about="seat:1")
    scripted.while_sending = lambda: outbox.supersede("seat:1")

    jobs.deliver_due(app)

    assert (len(scripted.sent), row.outcome) == (1, "sent")


def test_superseded_mail_that_could_not_go_out_stays_superseded(
    app: Flask, scripted: ScriptedMailer
) -> None:
    row = promised(about="seat:1")
    scripted.while_sending = lambda: outbox.supersede("seat:1")
    scripted.fails["ada@example.org"] = GatewayDown("450 try later")

    jobs.deliver_due(app)

    assert row.outcome == "superseded"


def test_lease_that_ran_out_is_claimed_again_and_the_late_worker_changes_nothing(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any
) -> None:
    row = promised()
    (asleep,) = delivery.claim()
    assert delivery.take(asleep, host="localhost") is not None
    db.session.commit()
    assert delivery.claim() == []

    frozen(noon + timedelta(seconds=61))
    assert jobs.deliver_due(app) == 1
    sent_at = row.settled_at
    frozen(noon + timedelta(seconds=90))
    delivery.settle_failed(asleep, "too slow")
    delivery.put_back(asleep, "too slow")
    delivery.settle_sent(asleep)
    db.session.commit()

    assert (row.outcome, row.settled_at, row.attempts) == ("sent", sent_at, 2)
    assert len(scripted.sent) == 1


def test_claim_can_be_used_once(app: Flask, scripted: ScriptedMailer) -> None:
    promised()
    (claim,) = delivery.claim()
    db.session.commit()

    assert [jobs.deliver(app, claim) for _ in range(3)] == [True, True, True]
    assert len(scripted.sent) == 1


def test_crash_before_the_note_sends_again_under_the_same_id(
    app: Flask, scripted: ScriptedMailer, noon: datetime, frozen: Any, monkeypatch: Any
) -> None:
    promised()

    def crash(_claim: delivery.Claim) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "settle_sent", crash)
        with pytest.raises(KeyboardInterrupt):
            jobs.deliver_due(app)
    frozen(noon + timedelta(seconds=61))
    jobs.deliver_due(app)

    first, second = (email.message_id for email in scripted.sent)
    assert first == second


def test_released_claim_can_be_claimed_again(app: Flask, scripted: ScriptedMailer) -> None:
    promised()
    delivery.release(delivery.claim())
    db.session.commit()

    assert jobs.deliver_due(app) == 1


def test_next_mails_are_read_in_order_however_many_wait(noon: datetime) -> None:
    """A worker with thousands behind it would else sort them all for each ten, and once more
    for each to see who stands before it.
    """
    promised(due_at=noon)

    steps = plans_of(delivery.claim)

    if steps:  # SQLite guesses an index where it has no statistics; PostgreSQL counts rows
        for index in ("urgent", "next", "line"):
            assert f"ix_outbox_email_{index}" in "".join(steps)
        assert not [step for step in steps if "TEMP B-TREE" in step]
        assert not [step for step in steps if step.startswith("SCAN") and "INDEX" not in step]


def test_a_code_to_sign_in_goes_before_all_that_waits(
    app: Flask, scripted: ScriptedMailer, noon: datetime
) -> None:
    for number in range(delivery.FEW + 1):
        promised(to=f"lead{number}@example.org", subject="Welcome", due_at=noon - MINUTE)
    promised(subject="A place is free", lapses_at=noon + 60 * MINUTE)
    promised(subject="Your code", lapses_at=noon + MINUTE)

    jobs.deliver_due(app)

    first = ["Your code", "A place is free"]
    assert scripted.subjects == first + ["Welcome"] * (delivery.FEW - len(first))
