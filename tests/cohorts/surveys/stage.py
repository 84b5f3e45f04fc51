"""A cohort of one partnership, or two, and a survey that asks their people."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.surveys.domain.instruments import Instrument
from cohorts.surveys.domain.places import Listed, RoleGroup
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.models import SurveyName, SurveyWave, WaveKind
from cohorts.surveys.service import answering, instruments, links, opening, roster, waves
from cohorts.surveys.service.waves import Plan
from consortium.database import db, transaction
from consortium.people.domain import Side
from events.institutes.models import Institute
from tests.factories import make_institute, make_lea, make_team

BY = "host@example.org"
DAY = date(2026, 3, 10)
OPEN, CLOSED = "2026-03-10T15:00:00+00:00", "2026-03-25T15:00:00+00:00"


def cohort(
    *leas: str, slug: str = "year", members: dict[str, str] | None = None
) -> tuple[Institute, list[Partnership]]:
    """Store a cohort with a team of each of these LEAs."""
    institute = make_institute(slug, kind="cohort")
    for n, name in enumerate(leas or ("Harbor",)):
        make_team(institute, make_lea(f"34000{n:02d}", name), members)
    found = [
        learning.partnership_of_place(f"34000{n:02d}") for n, _ in enumerate(leas or ("Harbor",))
    ]
    db.session.commit()
    return institute, found


def plan(**values: Any) -> Plan:
    """Return what a host sets of a wave that is open for two weeks."""
    return Plan(
        **{
            "title": "How we work together",
            "kind": WaveKind.BASELINE,
            "opens_on": DAY,
            "closes_on": DAY + timedelta(days=14),
            "time_zone": "America/New_York",
            "collector": "Rutgers University",
            "names_until": DAY + timedelta(days=300),
            **values,
        }
    )


def wave_for(institute: Institute, content: Instrument | None = None, **values: Any) -> SurveyWave:
    """Plan a wave for a cohort."""
    with transaction():
        row = instruments.write_instrument(content or starter(), by=BY)
    return again_for(institute, row.id, **values)


def again_for(institute: Institute, instrument_id: UUID, **values: Any) -> SurveyWave:
    """Plan one more wave of the same instrument."""
    with transaction():
        return waves.plan_wave(
            instrument_id, plan(**values), institute_id=institute.id, partnership_ids=(), by=BY
        )


def network_for(institute: Institute, **values: Any) -> SurveyWave:
    """Plan a wave that asks who talks to whom."""
    return wave_for(institute, starter_network(), **values)


def staff(count: int, school: str = "Elm", group: RoleGroup = RoleGroup.TEACHER) -> list[Listed]:
    """Return so many people of a school."""
    side = Side.MANAGEMENT if group is RoleGroup.PRINCIPAL else Side.LABOR
    return [
        Listed(
            name=f"{school} {group} {n}",
            email=f"{school}.{group}.{n}@example.org".lower(),
            school=school,
            group=group,
            side=side,
        )
        for n in range(count)
    ]


def put(wave: SurveyWave, partnership: Partnership, people: Iterable[Listed]) -> None:
    """Put people on a wave's list."""
    with transaction():
        roster.put_on_list(wave.id, partnership.id, people, by=BY)


def open_now(wave: SurveyWave, app: Flask) -> None:
    """Let the worker open a wave and promise its mails."""
    with app.test_request_context(), transaction():
        assert opening.open_wave(wave.id) == 1
        opening.mail_due(wave.id)


def token_of(wave: SurveyWave, email: str) -> str:
    """Return what someone's own address ends with."""
    return links.letter_token(name_of(wave, email).id)


def name_of(wave: SurveyWave, email: str) -> SurveyName:
    """Return someone on a wave's list."""
    statement = select(SurveyName).where(SurveyName.wave_id == wave.id, SurveyName.email == email)
    return db.session.scalars(statement).one()


def answer(wave: SurveyWave, email: str, point: int = 4, **named: Iterable[str]) -> None:
    """Let someone answer every statement alike, and name people by address."""
    said = {one.code: point for one in wave.instrument.asked.statements}
    ties = {topic: [name_of(wave, other).id for other in others] for topic, others in named.items()}
    with transaction():
        answering.answer(token_of(wave, email), said, ties)
