"""An application from its first line to its submission, or its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.merging import service as merging
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.people.domain import Side, normalise_email
from consortium.people.models import Identity
from consortium.words import say
from events.institutes.domain import Intake, Status
from events.institutes.models import Institute
from events.intake import emails
from events.intake.domain import IntakeRefused, pledge_roles
from events.intake.domain.pledging import missing_words
from events.intake.models import (
    ONE_APPLICATION_PER_LEA,
    Application,
    ApplicationStatus,
    Pledge,
)
from events.intake.service.finding import applicant_of, contact_of, lock_application
from events.intake.service.judging import (
    applying_door,
    check_applying_open,
    word_of,
)
from events.intake.service.pledging import ask, check_open_to
from events.intake.service.settings import chosen_roles
from events.registration.domain import SCHOOL_SITE, masked
from events.registration.service import Editor, check_lea


@dataclass(frozen=True, kw_only=True)
class NewApplication:
    """What an applicant says to begin."""

    lea_id: str
    name: str
    side: Side
    site: str = ""
    role_code: str = ""
    """The applicant's own office, if it is one of those that pledge."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What an application says; everything may still be empty while it is a draft."""

    seats_wanted: int
    statement: str
    goals: tuple[str, ...] = ()


class AppliedAlready(IntakeRefused):
    """The LEA has an application at this institute."""


def start_application(institute: Institute, new: NewApplication, *, by: Identity) -> Application:
    """Begin an LEA's application with the pledges that it needs; it can be saved at any time.

    Raises ``IntakeRefused`` when the institute takes none, applying has closed, or the LEA has
    applied (the sentence says who); ``RegistrationRefused`` when the LEA may not come.
    """
    if institute.status is not Status.PUBLISHED or institute.intake is not Intake.APPLICATION:
        raise IntakeRefused(say("This institute takes no applications now."))
    lea = merging.lea_named(new.lea_id)
    check_lea(institute, lea)
    check_applying_open(institute, contact=contact_of(institute))
    site = new.site if SCHOOL_SITE in institute.unit_types else ""
    if SCHOOL_SITE in institute.unit_types and not site:
        raise IntakeRefused(
            say("Teams of this institute come from one school each. Name the school."), field="site"
        )
    person = people.person_for(by, name=new.name)
    now = clock.now()
    application = Application(
        institute_id=institute.id,
        lea_id=lea.id,
        site=site,
        name=f"{lea.name}, {site}" if site else lea.name,
        state=lea.state,
        applicant_id=person.id,
        side=new.side,
        created_at=now,
        touched_at=now,
        pledges=_pledges(institute, lea.state, new, email=by.email),
    )
    with _one_per_lea(institute, lea.id, site, person.id):
        db.session.add(application)
    audit.record(
        "start_application",
        f"application:{application.id}",
        by=by.email,
        after={"institute": institute.slug, "lea": lea.id, "site": site, "side": new.side.value},
    )
    return application


def change_application(
    application_id: UUID, sent: Statement, editor: Editor, *, version: int
) -> Application:
    """Save what the application says, whole or not.

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
    before = {"seats_wanted": application.seats_wanted}
    application.seats_wanted = sent.seats_wanted
    application.statement = sent.statement
    application.goals = list(sent.goals)
    application.version += 1
    application.touched_at = clock.now()
    if application.status is ApplicationStatus.SUBMITTED:
        _check_whole(application)
    db.session.flush()
    audit.record(
        "change_application",
        f"application:{application.id}",
        by=editor.email,
        before=before,
        after={"seats_wanted": sent.seats_wanted, "words": len(sent.statement.split())},
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
    open_pledges = [one for one in application.pledges if not (one.signed_at or one.declined_at)]
    ask([one for one in open_pledges if one.email and not one.asked_at], reminder=False)
    missing = missing_words([word_of(pledge) for pledge in application.pledges])
    applicant = applicant_of(application)
    until = applying_door(application.institute).when
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

    Raises ``IntakeRefused`` when it was withdrawn before or has become a team.
    """
    application = lock_application(application_id, editor)
    if application.status is ApplicationStatus.WITHDRAWN:
        raise IntakeRefused(say("This application was withdrawn already."))
    if application.team_id is not None:
        raise IntakeRefused(
            say("This application has become a team. Withdraw the team, on its own page.")
        )
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


def _pledges(institute: Institute, state: str, new: NewApplication, *, email: str) -> list[Pledge]:
    roles = pledge_roles(institute.terms, state, chosen_roles(institute))
    own = {"name": new.name, "email": normalise_email(email)}
    return [
        Pledge(
            role_code=role.code,
            label=role.label,
            side=role.side,
            required=role.required,
            position=position,
            **(own if role.code == new.role_code else {}),
        )
        for position, role in enumerate(roles)
    ]


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


@contextmanager
def _one_per_lea(institute: Institute, lea_id: str, site: str, person_id: UUID) -> Iterator[None]:
    """Store what the block adds, or say who has applied for the LEA already."""
    try:
        refused = AppliedAlready("")
        with translating(ONE_APPLICATION_PER_LEA, into=refused), db.session.begin_nested():
            yield
    except AppliedAlready as refusal:
        raise _applied_already(institute, lea_id, site, person_id) from refusal


def _applied_already(
    institute: Institute, lea_id: str, site: str, person_id: UUID
) -> AppliedAlready:
    other = db.session.scalars(
        select(Application).where(
            Application.institute_id == institute.id,
            Application.lea_id == lea_id,
            Application.site == site,
            Application.status != ApplicationStatus.WITHDRAWN,
        )
    ).one()
    if other.applicant_id == person_id:
        return AppliedAlready(
            say(
                "You have an application for %(lea)s already. Find it under “My teams”.",
                lea=other.name,
            )
        )
    return AppliedAlready(
        say(
            "%(lea)s applies already; %(whom)s looks after the application. Turn there, or write "
            "to %(contact)s.",
            lea=other.name,
            whom=masked(applicant_of(other).email),
            contact=contact_of(institute),
        )
    )
