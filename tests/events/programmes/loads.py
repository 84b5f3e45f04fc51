"""Load programmes in tests, and look at what became of them."""

from typing import Any

from sqlalchemy import func, select

from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.people.models import Role
from events.institutes.models import Day, Institute, Pool, RoleRequirement
from events.programmes import service as programmes
from events.programmes.domain import Programme
from events.schedule.models import Session
from tests.events.programmes.files import parsed

BY = "coordinator@example.org"
COUNTED = (Institute, Session, Pool, RoleRequirement, Day, Role, AuditEntry)


def load(programme: Programme, **how: Any) -> Institute:
    institute = programmes.load_programme(programme, by=BY, **how)
    db.session.commit()
    db.session.expire_all()
    return institute


def loaded(**changes: Any) -> Institute:
    return load(parsed(**changes))


def session_of(institute: Institute, code: str) -> Session:
    return db.session.scalars(
        select(Session).where(Session.institute_id == institute.id, Session.code == code)
    ).one()


def rows() -> dict[str, int]:
    return {
        model.__tablename__: db.session.scalars(select(func.count()).select_from(model)).one()
        for model in COUNTED
    }


def sessions_of(institute: Institute) -> list[Session]:
    return list(db.session.scalars(select(Session).where(Session.institute_id == institute.id)))
