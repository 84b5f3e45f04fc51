"""What someone's feed depends on, in one short text: the same as long as the feed is.

A calendar program asks every hour, and almost always nothing has changed. So every column of every
row that a feed is made of is read as text by the database itself, a column added tomorrow too, and
the events are made only where that text is new.
"""

from collections.abc import Collection
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Uuid,
    bindparam,
    cast,
    func,
    literal,
    select,
)

from consortium import clock
from consortium.calendar.models import CalendarInvitation
from consortium.database import Base, UtcMoment, db
from consortium.people.models import Person
from consortium.ports import Method
from consortium.zones import zones_version
from events.institutes.models import Day, Institute, Pool, RoleRequirement, Strand
from events.registration.models import Seat, Team
from events.schedule.models import Session, SessionChoice

STAYS = timedelta(days=30)
"""How long a feed goes on saying that something is off that was told by mail."""
COUNTED = frozenset({"taken"})
"""Columns that no feed shows and that change with every choice of others."""


def stamp_of(person: Person) -> str:
    """Return what is the same for as long as the person's feed says the same."""
    since = clock.now() - STAYS
    row = db.session.execute(_statement(), {"person": person.id, "since": since}).one()
    return "\x1d".join([*(str(part or "") for part in row), zones_version()])


@lru_cache(maxsize=1)
def _statement() -> Select[Any]:
    """Write the statement once: that takes far longer than to ask it."""
    own = Seat.person_id == bindparam("person", type_=Uuid())
    seats, teams = select(Seat.id).where(own), select(Seat.team_id).where(own)
    institutes, leas = select(Seat.institute_id).where(own), _leas(teams)
    invited = CalendarInvitation.person_id == bindparam("person", type_=Uuid())
    parts = (
        _rows(Seat, own),
        _rows(Team, Team.id.in_(teams)),
        # Whether a district is new depends on the teams it sent before.
        _rows(Team, Team.lea_id.in_(leas), only={"id", "status", "created_at"}),
        _rows(Institute, Institute.id.in_(institutes)),
        *(
            _rows(part, part.institute_id.in_(institutes))
            for part in (Day, RoleRequirement, Strand, Pool, Session)
        ),
        _rows(SessionChoice, SessionChoice.seat_id.in_(seats)),
        _rows(CalendarInvitation, invited),
        # With time what is off is said no more, although no row changes.
        select(func.count(CalendarInvitation.id)).where(
            invited,
            CalendarInvitation.method == Method.CANCEL,
            CalendarInvitation.told_at > bindparam("since", type_=UtcMoment()),
        ),
    )
    return select(*(part.scalar_subquery() for part in parts))


def _leas(teams: Select[Any]) -> Select[Any]:
    return select(Team.lea_id).where(Team.id.in_(teams), Team.lea_id.is_not(None))


def _rows(
    model: type[Base], *where: ColumnElement[bool], only: Collection[str] | None = None
) -> Select[Any]:
    """Return every column of the rows as one text."""
    columns = [
        getattr(model, key)
        for key, column in model.__mapper__.columns.items()
        if column.name not in COUNTED
        and column.name != "tenant_id"
        and (only is None or column.name in only)
    ]
    written: ColumnElement[str] = literal("")
    for column in columns:
        written = written + func.coalesce(cast(column, String), "") + "\x1f"
    return select(func.aggregate_strings(written, "\x1e")).where(*where)
