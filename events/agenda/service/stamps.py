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
    Dialect,
    Select,
    String,
    TextClause,
    Uuid,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.orm import InstrumentedAttribute, class_mapper

from consortium import clock
from consortium.calendar.models import CalendarInvitation
from consortium.database import UtcMoment, db
from consortium.people.models import Person
from consortium.ports import Method
from consortium.tenancy import TenantOwned, require_tenant
from consortium.zones import zones_version
from events.institutes.models import Day, Institute, Pool, RoleRequirement, Strand
from events.registration.models import Seat, Team
from events.schedule.models import Session, SessionChoice

STAYS = timedelta(days=30)
"""How long a feed goes on saying that something is off that was told by mail."""
COUNTED = frozenset({"taken", "tenant_id"})
"""Columns that no feed shows: places change with every choice of others."""


def stamp_of(person: Person) -> str:
    """Return what is the same for as long as the person's feed says the same."""
    values = {"tenant": require_tenant(), "person": person.id, "since": clock.now() - STAYS}
    row = db.session.execute(_written(db.engine.dialect), values).one()
    return "\x1d".join([*(str(part or "") for part in row), zones_version()])


@lru_cache(maxsize=2)
def _written(dialect: Dialect) -> TextClause:
    """Return the statement as text, written once: that takes far longer than to ask it."""
    written = _statement().compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    return text(str(written)).bindparams(
        bindparam("tenant", type_=Uuid()),
        bindparam("person", type_=Uuid()),
        bindparam("since", type_=UtcMoment()),
    )


def _statement() -> Select[Any]:
    own = Seat.person_id == literal_column("(:person)")
    seats, teams = _which(Seat.id, own), _which(Seat.team_id, own)
    institutes = _which(Seat.institute_id, own)
    leas = _which(Team.lea_id, Team.id.in_(teams), Team.lea_id.is_not(None))
    invited = CalendarInvitation.person_id == literal_column("(:person)")
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
        _which(
            func.count(CalendarInvitation.id),
            invited,
            CalendarInvitation.method == Method.CANCEL,
            CalendarInvitation.told_at > literal_column("(:since)"),
        ),
    )
    return select(*(part.scalar_subquery() for part in parts))


def _which(
    what: ColumnElement[Any] | InstrumentedAttribute[Any], *where: ColumnElement[bool]
) -> Select[Any]:
    """Return the asked of the consortium's own rows: text is not narrowed as statements are."""
    found = select(what).where(*where)
    (table,) = found.get_final_froms()
    return found.where(table.c.tenant_id == literal_column("(:tenant)"))


def _rows(
    model: type[TenantOwned], *where: ColumnElement[bool], only: Collection[str] | None = None
) -> Select[Any]:
    """Return every column of the rows as one text: column by column, which takes a third."""
    written: ColumnElement[str] = literal("")
    for column in class_mapper(model).columns:
        if column.name in COUNTED or (only is not None and column.name not in only):
            continue
        values = func.coalesce(cast(column, String), "")
        written = written + func.coalesce(func.aggregate_strings(values, "\x1f"), "") + "\x1e"
    return _which(written, *where)
