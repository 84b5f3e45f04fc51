"""An application season, made the way applicants, leaders and hosts make it: by the services."""

import re
from typing import Any

from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.people.domain import Side
from events.institutes.domain import Intake
from events.institutes.models import PEOPLE, TEAMS, Institute
from events.intake import service as intake
from events.intake.domain import WORDING
from events.intake.models import Application, ApplicationStatus, Pledge
from events.intake.service import Leader, NewApplication, Statement
from events.registration.service import Editor
from tests.factories import make_institute, make_lea, soon

BEFORE_CLOSING = "2026-03-20T12:00-04:00"
AFTER_CLOSING = "2026-04-02T12:00-04:00"
HOST = "coordinator@example.org"


def make_season(slug: str = "summer", **values: Any) -> Institute:
    """Store an institute for which teams apply until the end of March."""
    return make_institute(
        slug,
        **{
            "intake": Intake.APPLICATION,
            "deadlines": [("apply_by", soon(29).date(), None)],
            "pools": {TEAMS: 10, PEOPLE: 60},
            "selection": {"by": "urbanicity", "shares": {"urban": 1, "rural": 1}, "places": 2},
            **values,
        },
    )


def applicant_editor(email: str) -> Editor:
    person = people.person_for(people.identity_for(email))
    return Editor(email=email, person_id=person.id)


def coordinating() -> Editor:
    return Editor(email=HOST, coordinates=True)


def address(lea: Lea, who: str = "applicant") -> str:
    return f"{who}@{lea.id}.example.org"


def begin(institute: Institute, lea: Lea, **values: Any) -> Application:
    said = NewApplication(
        **{"lea_id": lea.id, "name": "Ana Applicant", "side": Side.LABOR, **values}
    )
    with transaction():
        return intake.start_application(institute, said, by=people.identity_for(address(lea)))


def write(application: Application, lea: Lea, **values: Any) -> None:
    said = Statement(**{"seats_wanted": 4, "statement": "We want to learn.", **values})
    with transaction():
        intake.change_application(
            application.id, said, applicant_editor(address(lea)), version=application.version
        )


def name_all(application: Application, lea: Lea) -> None:
    for pledge in list(application.pledges):
        leader = Leader(name=pledge.label, email=address(lea, pledge.role_code))
        with transaction():
            intake.name_leader(
                application.id, pledge.role_code, leader, applicant_editor(address(lea))
            )


def submit(application: Application, lea: Lea) -> None:
    with transaction():
        intake.submit_application(application.id, applicant_editor(address(lea)))


def sign(application: Application, lea: Lea, *roles: str) -> None:
    for role in roles:
        with transaction():
            pledge = intake.get_pledge(link_of(lea, role))
            intake.sign(pledge, f"Dr. {role.title()}", by=address(lea, role))


def apply_whole(
    institute: Institute, lea: Lea, *, signed: bool = True, seats: int = 4
) -> Application:
    """Let an LEA apply, and its two leaders sign.

    What is signed is stored at once: each step writes mails, and a choice among many is not about
    how they came to be.
    """
    application = begin(institute, lea)
    if signed:
        _store_signed(application, lea, seats)
        return application
    write(application, lea, seats_wanted=seats)
    name_all(application, lea)
    submit(application, lea)
    return application


def _store_signed(application: Application, lea: Lea, seats: int) -> None:
    now = clock.now()
    with transaction():
        application.statement, application.seats_wanted = "We want to learn.", seats
        application.status, application.submitted_at = ApplicationStatus.SUBMITTED, now
        for pledge in application.pledges:
            pledge.name, pledge.email = pledge.label, address(lea, pledge.role_code)
            pledge.asked_at = pledge.signed_at = now
            pledge.signed_as, pledge.wording = pledge.label, WORDING


def pledge_of(application: Application, role: str) -> Pledge:
    db.session.expire_all()
    statement = select(Pledge).where(
        Pledge.application_id == application.id, Pledge.role_code == role
    )
    return db.session.scalars(statement).one()


def link_of(lea: Lea, role: str) -> str:
    return re.findall(r"/pledges/(\S+)", letters(address(lea, role))[-1].text)[0]


def letters(to: str) -> list[OutboxEmail]:
    statement = select(OutboxEmail).where(OutboxEmail.to == to, OutboxEmail.settled_at.is_(None))
    return list(db.session.scalars(statement.order_by(OutboxEmail.promised_at, OutboxEmail.id)))


def read(application: Application) -> Application:
    db.session.expire_all()
    return db.session.get_one(Application, application.id)


def some_leas(urban: int = 0, rural: int = 0) -> list[Lea]:
    kinds = ["11"] * urban + ["42"] * rural
    return [
        make_lea(f"34{n:05}", f"District {n}", locale=locale)
        for n, locale in enumerate(kinds, start=1)
    ]
