"""Surveys of the world's partnerships: whose list someone stands on, and what was answered."""

from datetime import timedelta

from sqlalchemy import select

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.surveys.domain.places import Listed, RoleGroup
from cohorts.surveys.domain.starter import starter, starter_network
from cohorts.surveys.models import SurveyName, SurveyReply, SurveyTies, SurveyWave, WaveKind
from cohorts.surveys.service import instruments, links, opening, roster, waves
from cohorts.surveys.service.waves import Plan
from consortium import clock
from consortium.database import db, transaction
from consortium.people.domain import Side
from events.facade.teams import teams_at
from events.institutes.models import Institute
from tests.whole.world import World

BY = "coordinator@example.org"


def survey(world: World, institute: Institute) -> None:
    """Ask the partnership of super1 in surveys that are closed, and in one that is open."""
    team = next(
        one
        for one in teams_at(institute.id)
        if one.registered and world.teams.get(str(one.id), ("",))[0] == "super1"
    )
    with transaction():
        partnership = learning.partnership_of_team(team.id)
        assert partnership is not None
        asked = [
            instruments.write_instrument(content(), by=BY)
            for content in (starter, starter_network)
            for _ in range(world.size)
        ]
    keys = list(dict.fromkeys(["super1", *world.people]))[: 6 * world.size]
    for n, instrument in enumerate(asked):
        with transaction():
            wave = _wave(instrument.id, partnership, f"Closed {n}")
            _put(world, wave, partnership, keys)
            opening.open_wave(wave.id)
            _answer(wave)
            _close(wave)
        closed = wave.id
    for n in range(world.size):
        with transaction():
            wave = _wave(asked[0].id, partnership, f"Open {n}")
            _put(world, wave, partnership, keys)
            opening.open_wave(wave.id)
    part = {"partnership_id": str(partnership.id)}
    name = select(SurveyName.id).where(
        SurveyName.wave_id == wave.id, SurveyName.email == world.people["super1"].email
    )
    token = links.letter_token(db.session.scalars(name).one())
    world.parts += [
        {"wave_id": str(closed), "instrument_id": str(asked[0].id), "file_format": "csv", **part},
        {"token": token},
        {"wave_id": str(wave.id), **part},
        {"file_format": "csv"},
    ]


def _wave(instrument_id: object, partnership: Partnership, title: str) -> SurveyWave:
    today = clock.now().date()
    plan = Plan(
        title=title,
        kind=WaveKind.BASELINE,
        opens_on=today,
        closes_on=today + timedelta(days=9),
        time_zone="America/New_York",
        collector="Rutgers University",
        names_until=today + timedelta(days=90),
    )
    return waves.plan_wave(
        instrument_id,  # type: ignore[arg-type]
        plan,
        institute_id=None,
        partnership_ids=[partnership.id],
        by=BY,
    )


def _put(world: World, wave: SurveyWave, partnership: Partnership, keys: list[str]) -> None:
    people = [
        Listed(
            name=world.people[key].name,
            email=world.people[key].email,
            school=f"School {n % world.size}",
            group=RoleGroup.UNION_REP,
            side=Side.LABOR,
        )
        for n, key in enumerate(keys)
    ]
    roster.put_on_list(wave.id, partnership.id, people, by=BY)


def _answer(wave: SurveyWave) -> None:
    places = roster.places_of(wave)
    content = wave.instrument.asked
    for place in places:
        theirs = {
            "wave_id": wave.id,
            "partnership_id": place.partnership_id,
            "pseudonym": place.pseudonym,
        }
        points = {one.code: 4 for one in content.statements}
        db.session.add(SurveyReply(**theirs, answers=points))
        if content.network is not None:
            named = {topic: [str(places[0].pseudonym)] for topic in content.topics}
            db.session.add(SurveyTies(**theirs, named=named))
    db.session.flush()


def _close(wave: SurveyWave) -> None:
    wave.opens_on -= timedelta(days=30)
    wave.closes_on -= timedelta(days=30)
    db.session.flush()
