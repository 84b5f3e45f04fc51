"""An institute as the programme it would be in a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.institutes.domain.sections import Days, Hosts, Strands, Terms, Together, Ways
from events.institutes.models import Institute
from events.institutes.service.sections import section_of
from events.programmes.domain import Programme
from events.programmes.domain.registering import USUAL, Registration
from events.programmes.service.places import whereabouts_of
from events.questions.service import questions_of
from events.schedule import service as schedule
from events.schedule.domain import BESIDE_THE_MEETINGS
from events.schedule.domain.ranking import RankedSpec
from events.schedule.models import Session


def programme_of(institute: Institute) -> Programme:
    """Return what the institute says of itself; sessions that were cancelled are left out."""
    registration = Registration(
        ways=section_of(institute, Ways),
        together=section_of(institute, Together),
        offer_hours=institute.offer_hours,
        selection=institute.selection or {},
        letters=institute.letters or {},
    )
    return Programme(
        title=institute.title,
        slug=institute.slug,
        kind=institute.kind,
        time_zone=institute.time_zone,
        venue=institute.venue,
        summary=institute.summary,
        registrant=institute.registrant,
        hosts=section_of(institute, Hosts).hosts,
        days=section_of(institute, Days).days,
        admission=institute.admission,
        unit_types=tuple(institute.unit_types),
        gate=institute.gate,
        min_people=institute.min_people,
        max_people=institute.max_people,
        roles=tuple(role.rule for role in institute.roles),
        fees=institute.fees,
        payment_methods=tuple(institute.payment_methods),
        payment_terms=section_of(institute, Terms).terms if institute.payment_terms else None,
        deadlines=tuple(institute.dues),
        places={
            pool.code: pool.capacity for pool in sorted(institute.pools, key=lambda pool: pool.code)
        },
        waitlist=institute.waitlist,
        registration=None if registration == USUAL else registration,
        strands=section_of(institute, Strands).strands or None,
        questions=tuple(question.rule for question in questions_of(institute.id)) or None,
        ranked_rounds=_ranked_rounds(institute) or None,
        whereabouts=whereabouts_of(institute.id),
        sessions=tuple(session.spec for session in live_sessions(institute)),
        extras=institute.extras,
    )


def _ranked_rounds(institute: Institute) -> tuple[RankedSpec, ...]:
    held = {session.choice_group for session in live_sessions(institute)}
    return tuple(one for one in schedule.ranked_specs(institute.id) if one.group in held)


def live_meetings(institute: Institute) -> list[Session]:
    """Return the meetings that are not cancelled, in order of time, those without a date last."""
    statement = (
        select(Session)
        .where(
            Session.institute_id == institute.id,
            Session.cancelled_at.is_(None),
            Session.meeting.is_(True),
        )
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.position)
    )
    return list(db.session.scalars(statement))


def meeting_days(institutes: Iterable[Institute]) -> Mapping[UUID, Sequence[date | None]]:
    """Return by cohort the days on which all of it meets, ``None`` for one that is not set.

    It takes one query for all of them.
    """
    cohorts = [institute.id for institute in institutes if institute.is_cohort]
    statement = select(Session.institute_id, Session.starts).where(
        Session.institute_id.in_(cohorts),
        Session.cancelled_at.is_(None),
        Session.meeting.is_(True),
        Session.kind.not_in(BESIDE_THE_MEETINGS),
    )
    found: dict[UUID, list[date | None]] = {}
    for institute_id, starts in db.session.execute(statement):
        found.setdefault(institute_id, []).append(starts.date() if starts else None)
    return found


def live_sessions(institute: Institute) -> list[Session]:
    """Return the sessions that are not cancelled: items first, then meetings, as written down."""
    statement = (
        select(Session)
        .where(Session.institute_id == institute.id, Session.cancelled_at.is_(None))
        .order_by(Session.meeting, Session.position, Session.code)
    )
    return list(db.session.scalars(statement))
