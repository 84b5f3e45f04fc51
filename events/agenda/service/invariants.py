"""What must be true of calendars, looked for in everything that is stored."""

from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from consortium import clock
from consortium.calendar.models import CalendarInvitation
from consortium.database import db
from consortium.ports import Method
from consortium.verify.domain import Check
from consortium.zones import zones_version
from events.agenda.models import CalendarNotice
from events.schedule.models import Session

LOOKED_AT_WITHIN = timedelta(minutes=30)
FOLLOWED_WITHIN = timedelta(days=1)


def misnumbered() -> Iterator[str]:
    """Find people and sessions with two rows, and sessions that went back behind what was told."""
    twice = (
        select(CalendarInvitation.person_id, CalendarInvitation.uid)
        .group_by(
            CalendarInvitation.tenant_id, CalendarInvitation.person_id, CalendarInvitation.uid
        )
        .having(func.count() > 1)
    )
    for person_id, uid in db.session.execute(twice):
        yield f"person:{person_id} has two rows of the ledger for {uid}."
    odd = select(CalendarInvitation.id).where(
        (CalendarInvitation.lift < 0)
        | ((CalendarInvitation.sequence >= 0) & CalendarInvitation.method.is_(None))
        | (CalendarInvitation.answer_sequence > CalendarInvitation.sequence)
    )
    for row_id in db.session.scalars(odd):
        yield f"calendar_invitation:{row_id} does not say what was told under its number."


def misplaced_in_time() -> Iterator[str]:
    """Find sessions whose instants are not those of their wall times by the rules of today."""
    now = clock.now()
    rows = select(
        Session.id,
        Session.starts,
        Session.starts_at,
        Session.ends,
        Session.ends_at,
        Session.time_zone,
        Session.zones_version,
    ).where(Session.starts.is_not(None), Session.ends_at > now)
    for row in db.session.execute(rows):
        if row.zones_version != zones_version():
            continue  # the worker sees to it; what is left of it after a day is found below
        zone = ZoneInfo(row.time_zone)
        for wall, instant in ((row.starts, row.starts_at), (row.ends, row.ends_at)):
            readings = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
            if instant not in readings:
                yield f"session:{row.id} is not at the instant of its wall time."
                break


def not_followed() -> Iterator[str]:
    """Find people whose calendars should have been compared long ago, and sessions told as held."""
    now = clock.now()
    late = select(CalendarNotice.id).where(
        CalendarNotice.mail_id.is_(None), CalendarNotice.due_at < now - LOOKED_AT_WITHIN
    )
    for notice_id in db.session.scalars(late):
        yield f"calendar_notice:{notice_id} has waited for more than 30 minutes."
    cancelled = (
        select(CalendarInvitation.id)
        .join(
            Session,
            (Session.uid == CalendarInvitation.uid)
            & (Session.tenant_id == CalendarInvitation.tenant_id),
        )
        .where(
            Session.cancelled_at < now - FOLLOWED_WITHIN,
            Session.ends_at > now,
            CalendarInvitation.method == Method.REQUEST,
            CalendarInvitation.told_at < Session.cancelled_at,
        )
    )
    for row_id in db.session.scalars(cancelled):
        yield f"calendar_invitation:{row_id} shows a session that was cancelled a day ago."


CHECKS: Sequence[Check] = (
    Check(
        code="I32",
        words="Each person has one row and rising numbers for each session.",
        find=misnumbered,
    ),
    Check(
        code="I33",
        words="Each session to come is at the instant of its time on the wall.",
        find=misplaced_in_time,
    ),
    Check(
        code="I35",
        words="Calendars follow agendas, and no mail shows what was cancelled.",
        find=not_followed,
    ),
)
