"""An application on its way: what it says, its submission, its end."""

from dataclasses import dataclass
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict
from consortium.outbox import service as outbox
from consortium.words import say
from events.intake import emails
from events.intake.domain import IntakeRefused
from events.intake.domain.pledging import missing_words
from events.intake.models import Application, ApplicationStatus
from events.intake.service.finding import applicant_of, lock_application
from events.intake.service.judging import UNDECIDED, door_of, word_of
from events.intake.service.pledging import ask, check_open_to, tell_signers, unanswered
from events.registration.service import Editor

LEAVING = (*UNDECIDED, ApplicationStatus.WAITLISTED)
"""Where an application stands that can still be taken back."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What an application says; everything may still be empty while it is a draft."""

    seats_wanted: int
    statement: str
    goals: tuple[str, ...] = ()


def change_application(
    application_id: UUID, sent: Statement, editor: Editor, *, version: int
) -> Application:
    """Save what the application says, whole or not; leaders who signed are told of a change.

    Raises ``Conflict`` with both versions when someone changed it meanwhile, ``IntakeRefused``
    once applying has closed or for more seats than a team may have.
    """
    application = lock_application(application_id, editor)
    check_open_to(application, editor)
    most = application.institute.max_people
    if most is not None and sent.seats_wanted > most:
        raise IntakeRefused(
            say("A team has at most %(most)s people here.", most=most), field="seats_wanted"
        )
    _check_version(application, sent, version)
    before = _said(application)
    changed = _statement_of(application) != sent
    application.seats_wanted = sent.seats_wanted
    application.statement = sent.statement
    application.goals = list(sent.goals)
    application.version += 1
    application.touched_at = clock.now()
    if application.status is ApplicationStatus.SUBMITTED:
        _check_whole(application)
    if changed:
        application.changed_at = clock.now()
        tell_signers(application)
    db.session.flush()
    audit.record(
        "change_application",
        f"application:{application.id}",
        by=editor.email,
        before=before,
        after=_said(application),
    )
    return application


def submit_application(application_id: UUID, editor: Editor) -> Application:
    """Lay the application before the host; leaders not asked yet get their link.

    Raises ``IntakeRefused`` for what is missing, and once applying has closed.
    """
    application = lock_application(application_id, editor)
    if application.status is ApplicationStatus.SUBMITTED:
        raise IntakeRefused(say("This application is submitted already."))
    check_open_to(application, editor)
    _check_whole(application)
    application.status = ApplicationStatus.SUBMITTED
    application.submitted_at = application.touched_at = clock.now()
    ask([one for one in unanswered(application) if not one.asked_at], reminder=False)
    missing = missing_words([word_of(pledge) for pledge in application.pledges])
    applicant = applicant_of(application)
    until = door_of(application).when
    outbox.promise(
        emails.applied(application, until=until, missing=missing, to=applicant),
        about=f"application:{application.id}",
    )
    audit.record(
        "submit_application",
        f"application:{application.id}",
        by=editor.email,
        after={"signed": len(application.signed), "pledges": len(application.pledges)},
    )
    return application


def withdraw_application(application_id: UUID, editor: Editor) -> Application:
    """Take the application back; the leaders' links stop working.

    Raises ``IntakeRefused`` when it was withdrawn or turned down before, or has become a team.
    """
    application = lock_application(application_id, editor)
    if application.status is ApplicationStatus.WITHDRAWN:
        raise IntakeRefused(say("This application was withdrawn already."))
    if application.team_id is not None:
        raise IntakeRefused(
            say("This application has become a team. Withdraw the team, on its own page.")
        )
    if application.status not in LEAVING:
        raise IntakeRefused(say("This application is decided; there is nothing to withdraw."))
    before = {"status": application.status.value}
    outbox.supersede(
        f"application:{application.id}", *(f"pledge:{one.id}" for one in application.pledges)
    )
    for pledge in application.pledges:
        pledge.digest = None
    application.status = ApplicationStatus.WITHDRAWN
    application.touched_at = clock.now()
    application.proposed = application.rank = None
    db.session.flush()
    audit.record(
        "withdraw_application",
        f"application:{application.id}",
        by=editor.email,
        before=before,
        after={"status": application.status.value},
    )
    return application


def _statement_of(application: Application) -> Statement:
    return Statement(
        seats_wanted=application.seats_wanted,
        statement=application.statement,
        goals=tuple(application.goals),
    )


def _said(application: Application) -> dict[str, object]:
    """Return what the history says of an application's text: how long it is, not what it says."""
    return {
        "seats_wanted": application.seats_wanted,
        "words": len(application.statement.split()),
        "goals": list(application.goals),
    }


def _check_whole(application: Application) -> None:
    if not application.statement.strip():
        raise IntakeRefused(say("Write your statement of interest first."), field="statement")
    if application.seats_wanted < 1:
        raise IntakeRefused(say("Say how many people would come."), field="seats_wanted")
    nobody = [one.label for one in application.pledges if one.required and not one.email]
    if nobody:
        raise IntakeRefused(
            say("Say first who signs as: %(roles)s.", roles=", ".join(nobody)),
        )


def _check_version(application: Application, sent: Statement, version: int) -> None:
    lines = (
        (say("Statement of interest"), application.statement, sent.statement),
        (say("Seats"), str(application.seats_wanted), str(sent.seats_wanted)),
        (say("Goals"), ", ".join(application.goals), ", ".join(sent.goals)),
    )
    versions = tuple(line for line in lines if line[1] != line[2])
    if application.version != version and versions:
        raise Conflict(
            say("Someone else changed this application meanwhile. Nothing was saved."),
            versions=versions,
        )
