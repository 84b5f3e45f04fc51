"""A cohort's surveys: a baseline that has closed, a follow-up that is open, and a network."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.surveys.domain.places import Listed, RoleGroup
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.models import (
    SurveyName,
    SurveyReply,
    SurveyTies,
    SurveyWave,
    WaveKind,
)
from cohorts.surveys.service import instruments, opening, roster, waves
from cohorts.surveys.service.waves import Plan
from consortium import clock
from consortium.database import db
from consortium.demonstration import cast
from consortium.demonstration.programmes import ZONE
from consortium.people.domain import Side
from events.institutes.models import Institute

BY = cast.COORDINATOR.email
HARBOR = "3499001"
SCHOOLS = {"Beacon Elementary": 9, "Lighthouse Middle": 8, "Tide Street School": 4}
"""Staff of each; the last is too small for its figures to be shown."""
BEGAN, LASTED = 60, 14


def run(institute: Institute) -> None:
    """Let the staff of Harbor Point answer before, and be asked again now."""
    (harbor,) = (
        one
        for one, team in learning.partnerships_of_institute(institute.id)
        if team.lea_id == HARBOR
    )
    attitudes = instruments.write_instrument(starter(), by=BY)
    network = instruments.write_instrument(starter_network(), by=BY)
    before = _wave(institute, attitudes.id, "How we work together: before", WaveKind.BASELINE)
    talk = _wave(institute, network.id, "Whom we talk to about our work", WaveKind.BASELINE)
    for wave in (before, talk):
        _ask(wave, harbor)
        _answer(wave)
        _close(wave)
    for asked, title in (
        (attitudes, "How we work together: after a year"),
        (network, "Whom we talk to: after a year"),
    ):
        now = _wave(institute, asked.id, title, WaveKind.FOLLOWUP)
        _ask(now, harbor)
        opening.mail_due(now.id)


def _wave(institute: Institute, instrument_id: UUID, title: str, kind: WaveKind) -> SurveyWave:
    today = clock.now().date()
    plan = Plan(
        title=title,
        kind=kind,
        opens_on=today,
        closes_on=today + timedelta(days=LASTED),
        time_zone=ZONE,
        collector="Garden Coast State University",
        names_until=today + timedelta(days=300),
    )
    return waves.plan_wave(
        instrument_id, plan, institute_id=institute.id, partnership_ids=(), by=BY
    )


def _ask(wave: SurveyWave, harbor: Partnership) -> None:
    if wave.instrument.asked.network is None:
        roster.take_from_seats(wave.id, by=BY)
    roster.put_on_list(wave.id, harbor.id, _staff(), by=BY)
    # The demonstration may begin before the day has begun where the schools are.
    wave.opens_on -= timedelta(days=1)
    db.session.flush()
    opening.open_wave(wave.id)


def _staff() -> Sequence[Listed]:
    people: list[Listed] = []
    for school, count in SCHOOLS.items():
        for n in range(count):
            group = {0: RoleGroup.PRINCIPAL, 1: RoleGroup.UNION_REP}.get(n, RoleGroup.TEACHER)
            people.append(
                Listed(
                    name=f"{('Avery', 'Blake', 'Casey', 'Drew', 'Emery')[n % 5]} {school[0]}. {n}",
                    email=f"staff{n}.{school.split()[0].lower()}@harborpoint.example.org",
                    school=school,
                    group=group,
                    side=Side.MANAGEMENT if group is RoleGroup.PRINCIPAL else Side.LABOR,
                )
            )
    return people


def _answer(wave: SurveyWave) -> None:
    """Let five in six answer, as people do: mostly content, representatives with wide ties."""
    places = roster.places_of(wave)
    asked = wave.instrument.asked
    for n, place in enumerate(places):
        if n % 6 == 5:  # noqa: PLR2004  (who stays silent)
            continue
        points = {
            one.code: max(1, min(5, 3 + (n + m) % 3 - (m % 4 == 3)))  # noqa: PLR2004
            for m, one in enumerate(asked.statements)
        }
        theirs = {
            "wave_id": wave.id,
            "partnership_id": place.partnership_id,
            "pseudonym": place.pseudonym,
        }
        db.session.add(SurveyReply(**theirs, answers=points))
        if asked.network is not None:
            others = [one.pseudonym for one in places if one is not place]
            db.session.add(SurveyTies(**theirs, named=_named(n, others, asked.topics)))
    db.session.flush()


def _named(n: int, others: Sequence[UUID], topics: Sequence[str]) -> Mapping[str, list[str]]:
    return {
        topic: [str(one) for k, one in enumerate(others) if (k + n) % (2 + n % 3 + t) == 0][:8]
        for t, topic in enumerate(topics)
    }


def _close(wave: SurveyWave) -> None:
    """Let a wave have been two months ago."""
    wave.opens_on -= timedelta(days=BEGAN)
    wave.closes_on -= timedelta(days=BEGAN)
    asked = select(SurveyName).where(SurveyName.wave_id == wave.id)
    for name in db.session.scalars(asked):
        name.asked_on = wave.opens_on
    db.session.flush()
