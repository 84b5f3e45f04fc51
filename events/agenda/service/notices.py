"""Who has to hear that an agenda changed: wanted by whoever changes one, told by the worker."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, select

from consortium import clock
from consortium.calendar.domain import about_calendar
from consortium.calendar.service import ledger
from consortium.calendar.service.ledger import in_parts
from consortium.database import db, insert_into
from consortium.ids import new_id
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import require_tenant
from events.agenda.models import CalendarNotice
from events.agenda.service import news
from events.registration.models import Seat, SeatStatus, Team, TeamStatus

QUIET = timedelta(minutes=2)
"""How long someone is left alone who may go on choosing; then one mail tells all of it."""
LONGEST_QUIET = timedelta(minutes=10)


class Why(StrEnum):
    """What may have changed an agenda."""

    PROGRAMME = "programme"
    CHOICE = "choice"
    PLACES = "places"
    INSTITUTE = "institute"
    SEAT = "seat"
    CLOCKS = "clocks"


def want(institute_id: UUID, person_ids: Iterable[UUID | None], *, why: str, note: str = "") -> int:
    """Let these people's calendars be compared with their agendas, and one mail tell each of it.

    Returns how many people they are. Whoever is waiting for a comparison already waits for one
    mail only. A mail about an earlier change that has not left is dropped: it would contradict
    the agenda, and the next one tells both. ``note`` is what the hosts say of it. Flushes.
    """
    db.session.flush()
    wanted = 0
    for some in in_parts(one for one in person_ids if one is not None):
        _forget_what_left(institute_id, some)
        outbox.supersede(*(about_calendar(institute_id, person_id) for person_id in some))
        _put(institute_id, some, why=why, note=note)
        wanted += len(some)
    return wanted


def want_everyone(institute_id: UUID, *, why: str, note: str = "") -> int:
    """Let everyone's calendar be compared who comes to the institute or was told of it."""
    return want(institute_id, people_at(institute_id), why=why, note=note)


def programme_changed(institute_id: UUID, session_ids: Collection[UUID], *, note: str = "") -> int:
    """Let whoever is affected by changed sessions be told; returns for how many that is looked at.

    Whom a session is for may be what changed, so that everyone's calendar is compared; only those
    whose own agenda differs get a mail.
    """
    return want_everyone(institute_id, why=Why.PROGRAMME, note=note) if session_ids else 0


def people_at(institute_id: UUID) -> frozenset[UUID]:
    """Return who has confirmed a seat at an institute, or may have something of it by mail."""
    coming = (
        select(Seat.person_id)
        .join(Team, Seat.team_id == Team.id)
        .where(
            Seat.institute_id == institute_id,
            Seat.status == SeatStatus.CONFIRMED,
            Team.status == TeamStatus.REGISTERED,
        )
    )
    return frozenset(db.session.scalars(coming)) | ledger.people_invited(institute_id)


def people_on(seat_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return whose seats these are."""
    return frozenset(
        person_id
        for some in in_parts(seat_ids)
        for person_id in db.session.scalars(select(Seat.person_id).where(Seat.id.in_(some)))
        if person_id is not None
    )


def institutes_of(seat_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return at which institutes these seats are."""
    statement = select(Seat.institute_id).where(Seat.id.in_(seat_ids)).distinct()
    return frozenset(db.session.scalars(statement))


def _forget_what_left(institute_id: UUID, person_ids: Collection[UUID]) -> None:
    """Begin anew with those whose last mail is settled: what was said in it was read."""
    news.forget_what_left(
        CalendarNotice.institute_id == institute_id, CalendarNotice.person_id.in_(person_ids)
    )
    settled = select(OutboxEmail.id).where(OutboxEmail.settled_at.is_not(None))
    db.session.execute(
        delete(CalendarNotice)
        .where(
            CalendarNotice.institute_id == institute_id,
            CalendarNotice.person_id.in_(person_ids),
            CalendarNotice.mail_id.in_(settled),
        )
        .execution_options(synchronize_session=False)
    )


def _put(institute_id: UUID, person_ids: Collection[UUID], *, why: str, note: str) -> None:
    now = clock.now()
    due_at = now + (QUIET if why == Why.CHOICE else timedelta())
    rows = [
        {
            "id": new_id(),
            "tenant_id": require_tenant(),
            "institute_id": institute_id,
            "person_id": person_id,
            "wanted_at": now,
            "due_at": due_at,
            "times": 1,
            "why": why,
            "note": note,
            "mail_id": None,
        }
        for person_id in person_ids
    ]
    db.session.execute(_insert(now), rows)


def _insert(now: datetime) -> Any:
    statement = insert_into(CalendarNotice)
    new, old = statement.excluded, CalendarNotice.__table__.c
    both = old.note + "\n\n" + new.note
    return statement.on_conflict_do_update(
        index_elements=["tenant_id", "institute_id", "person_id"],
        set_={
            "times": old.times + 1,
            "due_at": case((old.wanted_at > now - LONGEST_QUIET, new.due_at), else_=now),
            "why": new.why,
            "note": case((old.note == "", new.note), (new.note == "", old.note), else_=both),
            "mail_id": None,
        },
    )
