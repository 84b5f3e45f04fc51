"""Reading an institute's applications: the same few queries for any number of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consortium.audit import service as audit
from consortium.database import db
from consortium.directory.models import Lea
from consortium.people.models import Identity, Person
from events.institutes.models import Institute
from events.intake.domain import (
    ApplicationLine,
    Ground,
    Newness,
    Outcome,
    PledgeWord,
    Traits,
    strata_of,
)
from events.intake.models import Application, ApplicationStatus, Pledge
from events.intake.service.judging import door_for, word_of
from events.registration.models import Team, TeamStatus

NOT_CHOSEN = (ApplicationStatus.NOT_SELECTED, ApplicationStatus.WAITLISTED)


def application_lines(institute: Institute) -> Sequence[ApplicationLine]:
    """Return every application with what the table shows of it, by name."""
    words = _words(institute)
    newness = _newness(institute)
    statement = (
        select(
            Application,
            Lea.locale,
            Lea.enrollment,
            Lea.kind,
            Person.name.label("applicant"),
            Identity.email,
        )
        .join(Lea, Lea.id == Application.lea_id)
        .join(Person, Person.id == Application.applicant_id)
        .join(Identity, Identity.id == Person.identity_id)
        .where(Application.institute_id == institute.id)
        .order_by(Application.name, Application.id)
    )
    return [
        ApplicationLine(
            id=row.Application.id,
            name=row.Application.name,
            lea_id=row.Application.lea_id,
            traits=Traits(
                state=row.Application.state,
                locale=row.locale,
                enrollment=row.enrollment,
                kind=row.kind,
                newness=newness.get(row.Application.lea_id, Newness.NEW),
            ),
            status=row.Application.status.value,
            seats_wanted=row.Application.seats_wanted,
            applicant=row.applicant or row.email,
            email=row.email,
            pledges=tuple(words[row.Application.id]),
            submitted_at=row.Application.submitted_at,
            proposed=_outcome(row.Application.proposed),
            stratum=row.Application.stratum,
            rank=row.Application.rank,
            by_hand=row.Application.by_hand,
            told=row.Application.letter_sent_at is not None,
            closed=door_for(institute, row.Application.late_until).closed,
            late_reason=row.Application.late_reason,
        )
        for row in db.session.execute(statement)
    ]


def applications_of(person_id: UUID) -> Sequence[Application]:
    """Return the applications that someone looks after, newest first, with their institutes."""
    statement = (
        select(Application)
        .where(
            Application.applicant_id == person_id,
            Application.status != ApplicationStatus.WITHDRAWN,
        )
        .options(joinedload(Application.institute))
        .order_by(Application.created_at.desc(), Application.id)
    )
    return db.session.scalars(statement).all()


def parts_of(institute: Institute, ground: Ground) -> Sequence[str]:
    """Return the parts to which a mix can give shares; states and kinds are those who applied."""
    present = [line.traits for line in application_lines(institute)]
    return strata_of(ground, present)


def record_export(institute_id: UUID, *, file: str, rows: int, by: str) -> None:
    """Write down who took a file of the applications with them."""
    audit.record(
        "export_applications",
        f"institute:{institute_id}",
        by=by,
        after={"file": file, "rows": rows},
    )


def traits_of(application: Application) -> Traits:
    """Return what is known of the applicant's LEA."""
    lea = application.lea
    newness = _newness(application.institute, lea.id)
    return Traits(
        state=application.state,
        locale=lea.locale,
        enrollment=lea.enrollment,
        kind=lea.kind,
        newness=newness.get(lea.id, Newness.NEW),
    )


def _words(institute: Institute) -> Mapping[UUID, list[PledgeWord]]:
    statement = (
        select(Pledge)
        .join(Application, Application.id == Pledge.application_id)
        .where(Application.institute_id == institute.id)
        .order_by(Pledge.position, Pledge.id)
    )
    words: dict[UUID, list[PledgeWord]] = defaultdict(list)
    for pledge in db.session.scalars(statement):
        words[pledge.application_id].append(word_of(pledge))
    return words


def _newness(institute: Institute, lea_id: str = "") -> Mapping[str, Newness]:
    """Return the LEAs that are known from other institutes; who came, came."""
    applied = select(Application.lea_id).where(
        Application.institute_id != institute.id, Application.status.in_(NOT_CHOSEN)
    )
    came = select(Team.lea_id).where(
        Team.institute_id != institute.id,
        Team.status == TeamStatus.REGISTERED,
        Team.lea_id.is_not(None),
    )
    if lea_id:
        applied = applied.where(Application.lea_id == lea_id)
        came = came.where(Team.lea_id == lea_id)
    not_chosen = dict.fromkeys(db.session.scalars(applied.distinct()), Newness.NOT_CHOSEN)
    returning = {lea: Newness.RETURNING for lea in db.session.scalars(came.distinct()) if lea}
    return {**not_chosen, **returning}


def _outcome(proposed: ApplicationStatus | None) -> Outcome | None:
    return Outcome(proposed.value) if proposed else None
