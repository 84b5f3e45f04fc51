"""What a file may not do to people who are registered already."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db
from consortium.errors import Refusal
from consortium.words import say
from events.institutes.domain.sections import Days, InstituteRefused, Strands
from events.institutes.domain.wording import day_in_words, place_in_words
from events.institutes.models import Institute
from events.institutes.service.editing import choices_in
from events.institutes.service.sections import section_of
from events.intake.models import Application, ApplicationStatus
from events.programmes.domain import Programme
from events.registration.models import HELD_SEATS, PlaceWait, Seat, Team, TeamStatus
from events.schedule.models import Session


def refuse_what_would_hurt(institute: Institute, programme: Programme) -> None:
    """Raise ``Refusal`` when someone would lose a role, or places could no longer be counted."""
    _keep_roles_in_use(institute, programme)
    _keep_limits_in_use(institute, programme)
    _keep_places_taken(institute, programme)
    _keep_choices_in_use(institute, programme)


def keep_what_sessions_need(
    institute_id: UUID, *, days: frozenset[date], roles: frozenset[str]
) -> None:
    """Raise ``InstituteRefused`` when a session is on a day, or for a role, that is to go."""
    statement = select(Session).where(
        Session.institute_id == institute_id,
        Session.cancelled_at.is_(None),
        Session.meeting.is_(False),
    )
    for session in db.session.scalars(statement.order_by(Session.starts, Session.position)):
        if session.starts is not None and session.starts.date() in days:
            raise InstituteRefused(
                say(
                    "“%(title)s” is on %(day)s. Move or cancel the sessions of that day first.",
                    title=session.title,
                    day=day_in_words(session.starts.date()),
                )
            )
        if not roles.isdisjoint(session.audience_roles):
            raise InstituteRefused(
                say(
                    "“%(title)s” is for this role. Change whom the session is for first.",
                    title=session.title,
                )
            )


def keep_what_members_chose(institute_id: UUID, *, codes: frozenset[str]) -> None:
    """Raise ``InstituteRefused`` when people chose an optional day or a strand that is to go."""
    chosen = select(Seat.choices).where(
        Seat.institute_id == institute_id, Seat.status.in_(HELD_SEATS)
    )
    awaited = (
        select(PlaceWait.pool_code)
        .join(Seat, Seat.id == PlaceWait.seat_id)
        .where(Seat.institute_id == institute_id)
    )
    people = Counter(db.session.scalars(awaited))
    for choices in db.session.scalars(chosen):
        people.update(choices)
    for code in sorted(codes):
        if people[code]:
            raise InstituteRefused(
                say(
                    "People who have chosen “%(what)s” or wait for it: %(n)s. So it stays as it "
                    "is.",
                    what=place_in_words(code),
                    n=people[code],
                )
            )


def teams_waiting_or_registered(institute: Institute) -> int:
    """Return how many teams and groups of visitors have a place, or wait for one or an answer."""
    statement = select(func.count(Team.id)).where(
        Team.institute_id == institute.id,
        Team.status.not_in((TeamStatus.DRAFT, TeamStatus.WITHDRAWN)),
    )
    return db.session.scalars(statement).one()


def applications_handed_in(institute: Institute) -> int:
    """Return how many LEAs have applied, whatever was decided of them."""
    statement = select(func.count(Application.id)).where(
        Application.institute_id == institute.id,
        Application.status.not_in((ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)),
    )
    return db.session.scalars(statement).one()


def _keep_roles_in_use(institute: Institute, programme: Programme) -> None:
    asked = {role.code for role in programme.roles}
    statement = select(Seat.role_code, Seat.also_role_codes).where(
        Seat.institute_id == institute.id, Seat.status.in_(HELD_SEATS)
    )
    held: Counter[str] = Counter()
    for code, also in db.session.execute(statement):
        held.update({code, *also})
    labels = {role.code: role.label for role in institute.roles}
    for code, n in held.items():
        if code not in asked:
            raise Refusal(
                say(
                    "People registered as “%(role)s”: %(n)s. The file has no role “%(code)s”. Keep "
                    "it, or give these people another role first.",
                    n=n,
                    role=labels.get(code, code),
                    code=code,
                )
            )


def _keep_limits_in_use(institute: Institute, programme: Programme) -> None:
    limited = {pool.code for pool in institute.pools}
    differ = limited ^ programme.places.keys()
    if differ and teams_waiting_or_registered(institute):
        raise Refusal(
            say(
                "Teams are registered already, so places that were not limited cannot become "
                "limited, nor the other way round: %(codes)s.",
                codes=", ".join(sorted(differ)),
            )
        )


def _keep_choices_in_use(institute: Institute, programme: Programme) -> None:
    days, strands = section_of(institute, Days), section_of(institute, Strands)
    wanted = strands if programme.strands is None else Strands(strands=programme.strands)
    there = choices_in(days) | choices_in(strands)
    offered = choices_in(Days(days=programme.days)) | choices_in(wanted)
    keep_what_members_chose(institute.id, codes=there - offered)


def _keep_places_taken(institute: Institute, programme: Programme) -> None:
    capacity = {spec.code: spec.capacity for spec in programme.sessions}
    statement = select(Session).where(Session.institute_id == institute.id, Session.taken > 0)
    for session in db.session.scalars(statement):
        places = capacity.get(session.code)
        if places is not None and places < session.taken:
            raise Refusal(
                say(
                    "People who have chosen “%(title)s”: %(n)s. So it cannot have a limit of "
                    "%(places)s.",
                    n=session.taken,
                    title=session.title,
                    places=places,
                )
            )
