"""Calendars that were broken by hand are found and named."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from consortium import clock
from consortium.calendar.models import CalendarInvitation
from consortium.database import db
from events.agenda.models import CalendarNotice
from events.agenda.service.notices import Why, want_everyone
from events.institutes.models import Institute
from events.schedule.models import Session
from tests.consortium.verify.breaking import violations


def breaks(code: str) -> int:
    db.session.commit()
    return len(violations(code))


def test_a_number_that_was_never_told_is_found(keynote: Session) -> None:
    assert breaks("I32") == 0

    db.session.execute(update(CalendarInvitation).values(lift=-1))

    assert breaks("I32") == 2


def test_a_session_at_another_instant_than_its_wall_time_is_found(keynote: Session) -> None:
    assert breaks("I33") == 0
    assert keynote.starts_at is not None

    keynote.starts_at -= timedelta(hours=1)

    assert breaks("I33") == 1


def test_calendars_that_nobody_looked_after_are_found(
    app: Flask, keynote: Session, institute: Institute
) -> None:
    assert breaks("I35") == 0

    keynote.cancelled_at = clock.now() + timedelta(days=-2)
    db.session.execute(update(CalendarInvitation).values(told_at=clock.now() - timedelta(days=3)))
    assert breaks("I35") == 2
    want_everyone(institute.id, why=Why.PROGRAMME)
    late = clock.now() - timedelta(hours=1)
    db.session.execute(update(CalendarNotice).values(due_at=late))

    assert breaks("I35") == 4
