"""The feed and the mails say the same under the same numbers, and the feed is never out of date."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from consortium.calendar import service as feeds
from consortium.database import db, transaction
from consortium.people import service as people
from consortium.people.models import Person
from consortium.ports import DatedEvent
from events.agenda import service as agendas
from events.agenda.jobs.notices import tell_of_changes
from events.agenda.service import notices
from events.agenda.service.notices import Why
from events.agenda.service.stamps import COUNTED, stamp_of
from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule.models import Session, SessionChoice
from tests.browser import Browser
from tests.calendars import deliver, properties, told
from tests.factories import make_session

ANA = "ana@x.org"
SECRET = "only-for-tests-" + "x" * 32


@pytest.fixture
def chosen(institute: Institute, team: Team) -> Session:
    session = make_session(
        institute, "a1", "2026-05-01T09:00", "2026-05-01T10:00", choice_group="a"
    )
    choose(session, team)
    return session


def choose(session: Session, team: Team) -> None:
    with transaction():
        row = SessionChoice(
            session_id=session.id, seat_id=team.seats[0].id, chosen_at=session.changed_at
        )
        db.session.add(row)
        notices.want(session.institute_id, [team.seats[0].person_id], why=Why.SEAT)


def drop(session: Session, team: Team) -> None:
    with transaction():
        db.session.execute(delete(SessionChoice).where(SessionChoice.session_id == session.id))
        notices.want(session.institute_id, [team.seats[0].person_id], why=Why.SEAT)


def in_feed() -> dict[str, tuple[int, bool]]:
    """Return number and state of each session in Ana's feed, by title."""
    return {one.summary: (one.sequence, one.cancelled) for one in events()}


def events() -> list[DatedEvent]:
    return list(agendas.feed_of(person(), url_of=lambda _: "https://x.org"))


def person() -> Person:
    return people.person_for(people.identity_for(ANA))


def test_whatever_happens_mail_and_feed_have_one_number(
    app: Flask, mailer: Any, chosen: Session, team: Team
) -> None:
    for act, expected in (
        (None, ("REQUEST", 0)),
        (drop, ("CANCEL", 1)),
        (choose, ("REQUEST", 2)),
        (drop, ("CANCEL", 3)),
    ):
        if act is not None:
            act(chosen, team)
        if expected[0] == "REQUEST":
            assert in_feed() == {"A1": (expected[1], False)}  # before the mail leaves, too
        tell_of_changes(None)  # type: ignore[arg-type]
        deliver(app)

        method, _, number = told(mailer, ANA)[-1]
        assert (method, number) == expected
        assert in_feed() == {"A1": (number, method == "CANCEL")}


def test_what_was_told_by_mail_stays_in_the_feed_as_cancelled_for_thirty_days(
    app: Flask, mailer: Any, chosen: Session, team: Team, frozen: Any
) -> None:
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)
    drop(chosen, team)
    assert in_feed() == {}  # it left the agenda; nobody was told by mail yet
    tell_of_changes(None)  # type: ignore[arg-type]
    deliver(app)

    for day, there in (("2026-03-31", True), ("2026-04-02", False)):
        frozen(f"{day}T12:00+00:00")
        assert in_feed() == ({"A1": (1, True)} if there else {})


def test_what_was_never_told_by_mail_simply_leaves_the_feed(chosen: Session, team: Team) -> None:
    assert in_feed() == {"A1": (0, False)}

    drop(chosen, team)

    assert in_feed() == {}


def test_the_stamp_changes_with_every_column_of_a_session(chosen: Session) -> None:
    """A column that somebody adds tomorrow is part of it without anybody thinking of it."""
    before = stamp_of(person())
    other = {str: "x", int: 7, bool: None, dict: {"x": 1}, list: ["x"]}
    fixed = {"id", "tenant_id", "institute_id", "taken", "pick", "capacity", "room", "venue"}
    tried = 0
    for key, column in Session.__mapper__.columns.items():
        kind = column.type.python_type
        if column.name in fixed or kind not in other or column.foreign_keys:
            continue
        value = other[kind] if kind is not bool else not getattr(chosen, key)
        with db.session.begin_nested() as attempt:
            db.session.execute(update(Session).values({key: value}))
            assert stamp_of(person()) != before, key
            attempt.rollback()
        tried += 1
    assert tried > 15
    db.session.execute(update(Session).values(capacity=5, taken=3))
    after = stamp_of(person())
    db.session.execute(update(Session).values(taken=4))
    assert {"taken", "tenant_id"} == COUNTED
    assert stamp_of(person()) == after


def test_an_unchanged_feed_is_answered_without_being_made(
    app: Flask, client: Browser, chosen: Session, monkeypatch: Any
) -> None:
    with transaction():
        feed = feeds.feed_of(person(), secret=SECRET, by=ANA)
    path = f"/lakeshore/calendar/{feeds.find_token(feed, secret=SECRET)}.ics"
    first = client.get(path)
    made = []
    monkeypatch.setattr(agendas, "feed_of", lambda *_, **__: made.append(1) or [])

    again = client.get(path)
    tagged = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert again.headers["Last-Modified"] == first.headers["Last-Modified"]
    assert (tagged.status_code, made) == (304, [])
    assert properties(first.data)["SUMMARY"] == "A1"
    with transaction():
        chosen.title = "Other"
    assert client.get(path).headers["ETag"] != first.headers["ETag"]
    assert made == [1]
