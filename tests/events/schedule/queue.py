"""Who holds and who waits, as tests of waiting ask; counters are checked on the way."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import Seat
from events.schedule import service as schedule
from events.schedule.domain import Attendee
from events.schedule.models import Session, SessionChoice, SessionWait


def standing() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Who has which session, and who waits for which in order; counters checked on the way."""
    db.session.expire_all()
    held: dict[str, list[str]] = {}
    chosen = select(Session.code, Seat.name).join(
        SessionChoice, SessionChoice.session_id == Session.id
    )
    for code, name in db.session.execute(
        chosen.join(Seat, Seat.id == SessionChoice.seat_id).order_by(Session.code, Seat.name)
    ):
        held.setdefault(code, []).append(name)
    for session in db.session.scalars(select(Session)):
        assert session.taken == len(held.get(session.code, []))
    waiting: dict[str, list[str]] = {}
    waits = select(Session.code, Seat.name).join(SessionWait, SessionWait.session_id == Session.id)
    for code, name in db.session.execute(
        waits.join(Seat, Seat.id == SessionWait.seat_id).order_by(
            Session.code, SessionWait.since, SessionWait.id
        )
    ):
        waiting.setdefault(code, []).append(name)
    return held, waiting


def choose(institute: Institute, attendee: Attendee, *codes: str) -> None:
    for code in codes:
        schedule.choose_session(institute, attendee, code, by="them")


def wait(institute: Institute, attendee: Attendee, *codes: str, instead_of: str = "") -> None:
    for code in codes:
        schedule.wait_for_session(institute, attendee, code, instead_of=instead_of, by="them")


def changed(session: Session, **values: Any) -> Any:
    return replace(session.spec, **values)
