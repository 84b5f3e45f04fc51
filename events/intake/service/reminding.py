"""Reminding leaders of a pledge that is still open, by the host's own rule."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from events.institutes.domain import REMINDER_DAYS, Intake, Status
from events.institutes.models import Institute
from events.intake.models import Application, Pledge
from events.intake.service.finding import lock_application
from events.intake.service.judging import UNDECIDED, door_of
from events.intake.service.pledging import ask
from events.registration.service import Editor

WORKER = Editor(email="worker", coordinates=True)
CONFIRM = "confirm"
"""Pledges are reminded of like invitations are."""


def pledges_to_remind() -> Sequence[tuple[UUID, UUID, str]]:
    """Return tenant, application and role of the pledges whose reminder may be due.

    A look across all consortia; ``remind_leader`` looks closer.
    """
    statement = (
        select(Pledge.tenant_id, Pledge.application_id, Pledge.role_code)
        .join(Application, Application.id == Pledge.application_id)
        .join(Institute, Institute.id == Application.institute_id)
        .where(
            Institute.status == Status.PUBLISHED,
            Institute.intake == Intake.APPLICATION,
            Application.status.in_(UNDECIDED),
            Pledge.asked_at.is_not(None),
            Pledge.signed_at.is_(None),
            Pledge.declined_at.is_(None),
            Pledge.undelivered_at.is_(None),
        )
        .order_by(Pledge.id)
    )
    return [(r.tenant_id, r.application_id, r.role_code) for r in db.session.execute(statement)]


def remind_leader(application_id: UUID, role_code: str) -> bool:
    """Remind one leader if it is time, and tell whether it was.

    Judged anew while the application is held: the leader may have signed meanwhile, or another
    worker was here before.
    """
    application = lock_application(application_id, WORKER)
    pledge = next(one for one in application.pledges if one.role_code == role_code)
    if pledge.signed_at or pledge.declined_at or application.status not in UNDECIDED:
        return False
    if not _is_time(application, pledge, clock.now()):
        return False
    ask([pledge], reminder=True)
    audit.record(
        "remind_leader",
        f"application:{application.id}",
        by=WORKER.email,
        after={"role": role_code},
    )
    return True


def _is_time(application: Application, pledge: Pledge, now: datetime) -> bool:
    door = door_of(application)
    last = pledge.reminded_at or pledge.asked_at
    if door.due is None or door.closed or last is None:
        return False
    closes = door.due.passes_at(door.zone)
    days = application.institute.reminder_days.get(CONFIRM, REMINDER_DAYS[CONFIRM])
    return any(last < closes - timedelta(days=day) <= now for day in days)
