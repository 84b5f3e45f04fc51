"""What ends of intake when the host cancels an institute: applications, pledges, invitations.

Their rows stay as they stand. Whoever waits is told, once for each address; whoever led a team or
had a seat has heard of it from registration already.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Identity, Person
from consortium.words import say
from events.institutes import emails
from events.institutes.domain.cancelling import Ending
from events.institutes.models import Institute
from events.intake.models import Application, ApplicationStatus, InstituteInvitation, Pledge
from events.intake.service.losing import INVITATION, PLEDGE
from events.registration.service.telling import about_cancelling, drop_mails

ENDED = (ApplicationStatus.WITHDRAWN, ApplicationStatus.NOT_SELECTED)
"""Applications that wait for nothing; nobody is told of them any more."""


def endings_at(institute_id: UUID) -> Sequence[Ending]:
    """Return in numbers what of intake would end with the institute."""
    applications = select(func.count(Application.id)).where(
        Application.institute_id == institute_id, Application.status.not_in(ENDED)
    )
    invitations = select(func.count(InstituteInvitation.id)).where(
        InstituteInvitation.institute_id == institute_id,
        InstituteInvitation.taken_back_at.is_(None),
    )
    return (
        Ending(words=say("Applications"), count=db.session.scalar(applications) or 0),
        Ending(words=say("Invitations of LEAs"), count=db.session.scalar(invitations) or 0),
    )


def end_at(institute_id: UUID) -> None:
    """Drop the mails that have not left yet, and tell applicants, leaders and invited LEAs."""
    _drop_mails(institute_id)
    institute = db.session.get_one(Institute, institute_id)
    if not institute.announced:
        return
    about = about_cancelling(institute_id)
    told = select(OutboxEmail.to).where(OutboxEmail.about == about)
    addresses = sorted(_addresses(institute_id) - set(db.session.scalars(told)))
    mail = emails.cancelled(institute)
    for address in addresses:
        outbox.promise(replace(mail, to=address), about=about)
    db.session.flush()


def _addresses(institute_id: UUID) -> set[str]:
    waits = (Application.institute_id == institute_id, Application.status.not_in(ENDED))
    applicants = (
        select(Identity.email)
        .join(Person, Person.identity_id == Identity.id)
        .join(Application, Application.applicant_id == Person.id)
        .where(*waits)
    )
    leaders = (
        select(Pledge.email)
        .join(Application, Application.id == Pledge.application_id)
        .where(*waits, Pledge.asked_at.is_not(None), Pledge.declined_at.is_(None))
    )
    invited = select(InstituteInvitation.email).where(
        InstituteInvitation.institute_id == institute_id,
        InstituteInvitation.taken_back_at.is_(None),
    )
    found: set[str] = set()
    for statement in (applicants, leaders, invited):
        found.update(address for address in db.session.scalars(statement) if address)
    return found


def _drop_mails(institute_id: UUID) -> None:
    here = select(Application.id).where(Application.institute_id == institute_id)
    pledges = select(Pledge.id).where(Pledge.application_id.in_(here))
    invitations = select(InstituteInvitation.id).where(
        InstituteInvitation.institute_id == institute_id
    )
    kinds = (("application", here), (PLEDGE, pledges), (INVITATION, invitations))
    drop_mails([f"{kind}:{id_}" for kind, ids in kinds for id_ in db.session.scalars(ids)])
