"""Load what someone may see: applicants their own applications, coordinators all."""

from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.people import service as people
from consortium.people.models import Person
from consortium.tenants.models import Tenant
from consortium.words import say
from events.institutes.models import Institute
from events.intake.models import Application, Pledge
from events.registration.service import Editor
from events.registration.service.finding import begin_at, digest_of


def get_application(application_id: UUID, editor: Editor) -> Application:
    """Return the application with its pledges. Raises ``NotFound`` for who has no part in it."""
    wanted = select(Application).where(Application.id == application_id, _seen_by(editor))
    found = db.session.scalar(wanted.options(*_parts()))
    if found is None:
        raise NotFound(say("There is no application of yours at this address."))
    return found


def lock_application(application_id: UUID, editor: Editor) -> Application:
    """Return the application as ``get_application`` does, read anew and held for a change.

    The order of locks is: the institute, against its cancellation, then the application. Raises
    ``HostCancelled`` where the host has cancelled the institute.
    """
    _hold_institute(application_id)
    held = select(Application.id).where(Application.id == application_id, _seen_by(editor))
    if db.session.scalar(held.with_for_update(key_share=True)) is None:
        raise NotFound(say("There is no application of yours at this address."))
    return _read_anew(application_id)


def get_pledge(token: str) -> Pledge:
    """Return the pledge that a leader's link names, whoever follows it.

    Raises ``NotFound`` when a newer link replaced it, or someone else is asked now.
    """
    wanted = select(Pledge).where(Pledge.digest == digest_of(token))
    around = joinedload(Pledge.application)
    found = db.session.scalar(
        wanted.options(around.joinedload(Application.institute), around.joinedload(Application.lea))
    )
    if found is None:
        raise NotFound(
            say("This link is not valid any more. Ask whoever applies to send you a new one.")
        )
    return found


def lock_pledge(pledge: Pledge) -> Pledge:
    """Return the pledge read anew, its application held as ``lock_application`` does.

    Raises ``NotFound`` when someone else is asked by now, and ``HostCancelled``.
    """
    digest = pledge.digest
    _hold_institute(pledge.application_id)
    hold(Application.id, pledge.application_id)
    application = _read_anew(pledge.application_id)
    found = next((one for one in application.pledges if one.digest == digest), None)
    if found is None:
        raise NotFound(
            say("This link is not valid any more. Ask whoever applies to send you a new one.")
        )
    return found


def pledge_for(application: Application, role_code: str) -> Pledge:
    """Return the pledge of this role. Raises ``NotFound``."""
    found = next((one for one in application.pledges if one.role_code == role_code), None)
    if found is None:
        raise NotFound(say("This application asks for no such pledge."))
    return found


def applicant_of(application: Application) -> Person:
    """Return who fills it in and gets the letters."""
    return people.get_person(application.applicant_id)


def contact_of(institute: Institute) -> str:
    """Return the address for questions."""
    return db.session.get_one(Tenant, institute.tenant_id).reply_address


def _hold_institute(application_id: UUID) -> None:
    wanted = select(Institute).join(Application, Application.institute_id == Institute.id)
    found = db.session.scalar(wanted.where(Application.id == application_id))
    if found is not None:
        begin_at(found)


def _seen_by(editor: Editor) -> ColumnElement[bool]:
    if editor.coordinates:
        return true()
    return Application.applicant_id == editor.person_id


def _read_anew(application_id: UUID) -> Application:
    wanted = select(Application).where(Application.id == application_id).options(*_parts())
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def _parts() -> tuple[ORMOption, ...]:
    institute = joinedload(Application.institute)
    return (
        selectinload(Application.pledges),
        joinedload(Application.lea),
        *(
            institute.selectinload(part)
            for part in (Institute.roles, Institute.deadlines, Institute.days, Institute.pools)
        ),
    )
