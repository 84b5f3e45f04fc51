"""Taking an application although applying has closed: the host's act, with a day and a reason."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.words import say
from events.institutes.models import Institute
from events.intake import emails
from events.intake.domain import IntakeRefused
from events.intake.models import Application, ApplicationStatus
from events.intake.service.beginning import (
    NewApplication,
    begin,
    begun,
    check_takes_applications,
)
from events.intake.service.finding import applicant_of, lock_application
from events.intake.service.judging import UNDECIDED, applying_door, door_of
from events.intake.service.pledging import ask, unanswered
from events.registration.service import Editor


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Until when a late application is taken, that day included, and why."""

    until: date
    reason: str


def take_late(application_id: UUID, leave: Leave, editor: Editor) -> Application:
    """Take an application, and its leaders' word, though applying has closed; its like stay out.

    The applicant is told, and where it is submitted the leaders who have not answered get a new
    link. Raises ``IntakeRefused`` while everyone can still apply, for one that is decided or
    withdrawn, and for a day that is over or after the institute has begun.
    """
    application = lock_application(application_id, editor)
    if application.status not in UNDECIDED:
        raise IntakeRefused(say("This application is decided or withdrawn; it cannot change."))
    _check(application.institute, leave)
    before = _leave(application)
    _give(application, leave)
    if application.status is ApplicationStatus.SUBMITTED:
        ask(unanswered(application), reminder=True)
    audit.record(
        "take_late",
        f"application:{application.id}",
        by=editor.email,
        before=before,
        after=_leave(application),
    )
    return application


def begin_late(
    institute: Institute, new: NewApplication, leave: Leave, *, applicant: str, by: str
) -> Application:
    """Begin an application for an LEA that comes late; ``applicant`` gets a mail and goes on.

    Raises what ``take_late`` and ``start_application`` raise.
    """
    check_takes_applications(institute)
    _check(institute, leave)
    application = begin(institute, new, applicant=people.identity_for(applicant))
    _give(application, leave)
    audit.record(
        "begin_late",
        f"application:{application.id}",
        by=by,
        after={**begun(application), **_leave(application)},
    )
    return application


def _check(institute: Institute, leave: Leave) -> None:
    door = applying_door(institute)
    if not door.closed:
        raise IntakeRefused(say("Applying is still open. Nobody needs your leave to apply."))
    if leave.until < clock.now().astimezone(institute.zone).date():
        raise IntakeRefused(say("Choose a day that is not over."), field="until")
    first = min((day.on for day in institute.days), default=None)
    if first is not None and leave.until >= first:
        raise IntakeRefused(say("Choose a day before the institute begins."), field="until")


def _give(application: Application, leave: Leave) -> None:
    """Set the day and the reason, and tell the applicant. Flushes."""
    application.late_until, application.late_reason = leave.until, leave.reason
    application.touched_at = clock.now()
    db.session.flush()
    door = door_of(application)
    outbox.promise(
        emails.taken_late(application, until=door.when, to=applicant_of(application)),
        about=f"application:{application.id}",
        lapses_at=door.due.passes_at(door.zone) if door.due else None,
    )


def _leave(application: Application) -> dict[str, str]:
    if application.late_until is None:
        return {}
    return {"until": application.late_until.isoformat(), "reason": application.late_reason}
