"""People choose and leave while the host publishes or cancels: all of it comes about."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.agenda.models import CalendarNotice
from events.institutes.domain.cancelling import Announcement
from events.institutes.models import Institute
from events.institutes.service import cancelling
from events.institutes.service.cancelling import cancel_institute
from events.registration.models import Seat, SeatStatus
from events.registration.service.leaving import end_seat
from events.schedule import service as schedule
from events.schedule.models import Release, Session, SessionChoice, SessionWait
from events.schedule.service import applying, turns
from tests.events.agenda.test_rush import PEOPLE, PLACES, Hall, choosing, hall, place_of
from tests.meeting import Meeting

__all__ = ["hall"]

pytestmark = pytest.mark.real_commits


@pytest.fixture
def drafted(hall: Hall) -> Hall:
    """A change of the first session waits to be published."""
    with as_tenant(hall.tenant_id), transaction():
        institute = db.session.scalars(select(Institute)).one()
        session = schedule.get_session(institute, "a1")
        spec = replace(session.spec, title="Elsewhere", capacity=PLACES + 2)
        schedule.edit_session(institute, session, spec, version=session.version, by="x")
    db.session.remove()
    return hall


def publish() -> None:
    institute = db.session.scalars(select(Institute)).one()
    seen = schedule.pending(institute).seen
    schedule.publish_programme(institute, seen=seen, by="x", accept=True)


def leave(n: int) -> None:
    place = place_of(n)
    end_seat(db.session.get_one(Seat, place.attendee.seat_id), SeatStatus.WITHDRAWN)


def cancel() -> None:
    cancel_institute(
        db.session.scalars(select(Institute)).one(), Announcement(reason="Snow"), by="x"
    )


def test_people_choose_and_leave_while_the_programme_is_published(drafted: Hall) -> None:
    drafted.at_once([choosing(n, "a1") for n in range(PLACES)])

    refused = drafted.at_once(
        [
            publish,
            *(choosing(n, "a1") for n in range(PLACES, PEOPLE - 2)),
            *(choosing(n, "a2") for n in range(PEOPLE - 2, PEOPLE)),
            lambda: leave(0),
        ]
    )

    places = drafted.places()
    assert places["a1"][0] == places["a1"][1] <= PLACES + 2
    assert places["a2"] == (2, 2)
    assert refused == PEOPLE - 2 - PLACES - (places["a1"][0] - (PLACES - 1))
    with as_tenant(drafted.tenant_id):
        assert len(db.session.scalars(select(Release)).all()) == 1
        assert len(db.session.scalars(select(CalendarNotice)).all()) == PEOPLE
    db.session.remove()


def test_nobody_has_or_awaits_what_was_cancelled_at_that_moment(hall: Hall) -> None:
    hall.at_once([cancel, *(choosing(n, "a1") for n in range(PEOPLE))])

    with as_tenant(hall.tenant_id):
        assert db.session.scalars(select(Institute)).one().cancelled
        assert db.session.scalars(select(SessionWait)).all() == []
        session = db.session.scalars(select(Session).where(Session.code == "a1")).one()
        held = select(SessionChoice).where(SessionChoice.session_id == session.id)
        assert session.taken == len(db.session.scalars(held).all())
    db.session.remove()


@pytest.mark.parametrize("hall", ["postgresql"], indirect=True)
def test_they_block_each_other_when_the_turn_comes_before_the_institute(
    drafted: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: someone has the turn, and the host the institute."""
    both = Meeting(2)
    take_turn, hold_sessions = turns.take_turn, turns.hold_sessions

    def turn_first(institute_id: UUID) -> None:
        take_turn(institute_id)
        both.wait()

    def institute_first(institute_id: UUID) -> None:
        db.session.get_one(Institute, institute_id, with_for_update=True)
        both.wait()
        hold_sessions(institute_id)

    monkeypatch.setattr(turns, "takes_place", lambda _: True)
    monkeypatch.setattr(cancelling, "takes_place", lambda _: True)
    monkeypatch.setattr("events.schedule.service.choices.take_turn", turn_first)
    monkeypatch.setattr(applying, "hold_sessions", institute_first)

    with pytest.raises(AssertionError, match=r"deadlock|lock timeout"):
        drafted.at_once([publish, choosing(0, "a1")])
