"""An application's first line: which LEA it is for, who looks after it, whose word it needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.merging import service as merging
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Identity
from consortium.words import say
from events.institutes.domain import Intake, Status
from events.institutes.models import Institute
from events.intake.domain import IntakeRefused, pledge_roles
from events.intake.models import (
    ONE_APPLICATION_PER_LEA,
    Application,
    ApplicationStatus,
    Pledge,
)
from events.intake.service.finding import applicant_of, contact_of
from events.intake.service.judging import applying_door, check_open
from events.intake.service.settings import chosen_roles
from events.registration.domain import SCHOOL_SITE, masked
from events.registration.service import check_lea
from events.registration.service.finding import begin_at, refuse_cancelled


@dataclass(frozen=True, kw_only=True)
class NewApplication:
    """What an applicant says to begin."""

    lea_id: str
    name: str
    side: Side
    site: str = ""
    role_code: str = ""
    """The applicant's own office, if it is one of those that pledge."""


class AppliedAlready(IntakeRefused):
    """The LEA has an application at this institute."""


def start_application(institute: Institute, new: NewApplication, *, by: Identity) -> Application:
    """Begin an LEA's application with the pledges that it needs; it can be saved at any time.

    Raises ``IntakeRefused`` when the institute takes none, applying has closed, or the LEA has
    applied (the sentence says who); ``RegistrationRefused`` when the LEA may not come.
    """
    check_takes_applications(institute)
    check_open(applying_door(institute), contact=contact_of(institute))
    application = begin(institute, new, applicant=by)
    audit.record(
        "start_application", f"application:{application.id}", by=by.email, after=begun(application)
    )
    return application


def check_takes_applications(institute: Institute) -> None:
    """Raise ``IntakeRefused`` where nobody can apply, early or late."""
    refuse_cancelled(institute)
    if institute.status is not Status.PUBLISHED or institute.intake is not Intake.APPLICATION:
        raise IntakeRefused(say("This institute takes no applications now."))


def begin(institute: Institute, new: NewApplication, *, applicant: Identity) -> Application:
    """Store an application with the pledges that it needs, whatever the hour. Flushes.

    Raises ``IntakeRefused`` when the LEA has applied (the sentence says who) or its school is not
    named; ``RegistrationRefused`` when the LEA may not come.
    """
    begin_at(institute)
    lea = merging.lea_named(new.lea_id)
    check_lea(institute, lea)
    site = new.site if SCHOOL_SITE in institute.unit_types else ""
    if SCHOOL_SITE in institute.unit_types and not site:
        raise IntakeRefused(
            say("Teams of this institute come from one school each. Name the school."), field="site"
        )
    person = people.person_for(applicant, name=new.name)
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
        pledges=_pledges(institute, lea.state, new, email=applicant.email),
    )
    with _one_per_lea(institute, lea.id, site, person.id):
        db.session.add(application)
    return application


def begun(application: Application) -> dict[str, str]:
    """Return what the history says of an application that was begun."""
    return {
        "institute": application.institute.slug,
        "lea": application.lea_id,
        "site": application.site,
        "side": application.side.value,
    }


def _pledges(institute: Institute, state: str, new: NewApplication, *, email: str) -> list[Pledge]:
    roles = pledge_roles(institute.terms, state, chosen_roles(institute))
    own = {"name": new.name, "email": email}
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
