"""Waves: an instrument put before the people of partnerships, from one day to another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select

from cohorts.learning import service as learning
from cohorts.learning.models import Partnership
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.waves import State, check_days, check_end
from cohorts.surveys.models import (
    SurveyName,
    SurveyPartnership,
    SurveyReply,
    SurveyTies,
    SurveyWave,
    WaveKind,
)
from cohorts.surveys.service.instruments import fix
from cohorts.surveys.service.mails import drop_mails
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict, NotFound
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a host sets of a wave."""

    title: str
    kind: WaveKind
    opens_on: date
    closes_on: date
    time_zone: str
    collector: str
    names_until: date


def every_wave() -> Sequence[SurveyWave]:
    """Return all waves, the latest first."""
    statement = select(SurveyWave).order_by(SurveyWave.opens_on.desc(), SurveyWave.id.desc())
    return db.session.scalars(statement).all()


def waves_at(partnership_id: UUID) -> Sequence[SurveyWave]:
    """Return the waves that ask a partnership, withdrawn ones left out, the latest first."""
    statement = (
        select(SurveyWave)
        .join(SurveyPartnership, SurveyPartnership.wave_id == SurveyWave.id)
        .where(
            SurveyPartnership.partnership_id == partnership_id, SurveyWave.withdrawn_at.is_(None)
        )
        .order_by(SurveyWave.opens_on.desc(), SurveyWave.id.desc())
    )
    return db.session.scalars(statement).all()


def get_wave(wave_id: UUID) -> SurveyWave:
    """Return a wave. Raises ``NotFound``."""
    found = db.session.scalar(select(SurveyWave).where(SurveyWave.id == wave_id))
    if found is None:
        raise NotFound(say("There is no such survey."))
    return found


def held_wave(wave_id: UUID, *, alone: bool = True) -> SurveyWave:
    """Return a wave that nobody else changes meanwhile; beside others who only rely on it."""
    statement = select(SurveyWave).where(SurveyWave.id == wave_id)
    statement = statement.with_for_update(read=not alone, of=SurveyWave)
    found = db.session.scalar(statement.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(say("There is no such survey."))
    return found


def parts_of(wave: SurveyWave) -> Sequence[SurveyPartnership]:
    """Return which partnerships a wave asks."""
    statement = select(SurveyPartnership).where(SurveyPartnership.wave_id == wave.id)
    return db.session.scalars(statement.order_by(SurveyPartnership.id)).all()


def partnerships_in(wave: SurveyWave) -> list[Partnership]:
    """Return the partnerships that a wave asks, by name."""
    return learning.partnerships_with([part.partnership_id for part in parts_of(wave)])


def get_part(wave: SurveyWave, partnership_id: UUID) -> SurveyPartnership:
    """Return a partnership's part of a wave. Raises ``NotFound`` where it has none."""
    statement = select(SurveyPartnership).where(
        SurveyPartnership.wave_id == wave.id, SurveyPartnership.partnership_id == partnership_id
    )
    found = db.session.scalar(statement)
    if found is None:
        raise NotFound(say("This survey does not ask that partnership."))
    return found


def plan_wave(
    instrument_id: UUID,
    plan: Plan,
    *,
    institute_id: UUID | None,
    partnership_ids: Collection[UUID],
    by: str,
) -> SurveyWave:
    """Plan a wave for all teams of a cohort, or for chosen partnerships. Flushes.

    From now on the instrument stays as it is. Raises ``SurveyRefused``.
    """
    check_days(plan.opens_on, plan.closes_on, plan.names_until, today=_today_in(plan.time_zone))
    asked = set(partnership_ids)
    if institute_id is not None:
        asked |= {one.id for one, _ in learning.partnerships_of_institute(institute_id)}
    if not asked:
        raise SurveyRefused(
            say("Nobody would be asked: the cohort has no registered team yet."), field="institute"
        )
    instrument = fix(instrument_id)
    wave = SurveyWave(instrument_id=instrument.id, institute_id=institute_id, **vars(plan))
    db.session.add(wave)
    db.session.flush()
    known = learning.partnerships_with(asked)
    db.session.add_all(SurveyPartnership(wave_id=wave.id, partnership_id=one.id) for one in known)
    db.session.flush()
    audit.record(
        "plan_survey",
        f"survey_wave:{wave.id}",
        by=by,
        after={
            "title": plan.title,
            "opens_on": plan.opens_on.isoformat(),
            "closes_on": plan.closes_on.isoformat(),
            "partnerships": len(known),
        },
    )
    return wave


def change_wave(wave_id: UUID, plan: Plan, *, version: int, by: str) -> SurveyWave:
    """Change what a host sets of a wave; once it is open, its zone and first day stay. Flushes.

    Raises ``SurveyRefused``, and ``Conflict`` when someone changed it since ``version``.
    """
    wave = held_wave(wave_id)
    if wave.version != version:
        raise Conflict(say("Someone else changed this survey while you were writing."))
    state = wave.window.state(clock.now())
    if state in {State.CLOSED, State.WITHDRAWN}:
        raise SurveyRefused(say("This survey is over. Plan a new one."))
    today = _today_in(plan.time_zone)
    if state is State.OPEN and (plan.opens_on, plan.time_zone) != (wave.opens_on, wave.time_zone):
        raise SurveyRefused(
            say("It is open already: its first day and its zone stay."), field="opens_on"
        )
    check = check_end if state is State.OPEN else check_days
    check(plan.opens_on, plan.closes_on, plan.names_until, today=today)
    before = {name: str(getattr(wave, name)) for name in vars(plan)}
    for name, value in vars(plan).items():
        setattr(wave, name, value)
    wave.version += 1
    db.session.flush()
    after = {name: str(value) for name, value in vars(plan).items()}
    audit.record(
        "change_survey",
        f"survey_wave:{wave.id}",
        by=by,
        before={name: old for name, old in before.items() if old != after[name]},
        after={name: new for name, new in after.items() if new != before[name]},
    )
    return wave


def withdraw_wave(wave_id: UUID, *, by: str) -> None:
    """Take a survey back before it is over: nobody answers any more, nothing of it is shown.

    What was answered is deleted: people answered for a result that nobody will see. Flushes.
    """
    wave = held_wave(wave_id)
    if wave.window.state(clock.now()) not in {State.PLANNED, State.OPEN}:
        raise SurveyRefused(say("This survey is over, so it cannot be taken back any more."))
    _withdraw(wave)
    audit.record("withdraw_survey", f"survey_wave:{wave.id}", by=by, after={"withdrawn": True})


def end_waves(institute_id: UUID) -> None:
    """Take back what is planned or open of a cohort that is cancelled; who cancels notes it."""
    statement = select(SurveyWave.id).where(
        SurveyWave.institute_id == institute_id, SurveyWave.withdrawn_at.is_(None)
    )
    for wave_id in db.session.scalars(statement.order_by(SurveyWave.id)).all():
        wave = held_wave(wave_id)
        if wave.window.state(clock.now()) in {State.PLANNED, State.OPEN}:
            _withdraw(wave)


def replies_by_wave(waves: Collection[SurveyWave]) -> Mapping[UUID, int]:
    """Return how many people have answered each of these waves."""
    statement = (
        select(SurveyReply.wave_id, func.count())
        .where(SurveyReply.wave_id.in_([wave.id for wave in waves]))
        .group_by(SurveyReply.wave_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def replies_of(wave: SurveyWave) -> Mapping[UUID, int]:
    """Return how many people of each partnership have answered."""
    statement = (
        select(SurveyReply.partnership_id, func.count())
        .where(SurveyReply.wave_id == wave.id)
        .group_by(SurveyReply.partnership_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def every_partnership() -> Sequence[Partnership]:
    """Return all partnerships by name, to choose from."""
    statement = select(Partnership).order_by(Partnership.name, Partnership.site, Partnership.id)
    return db.session.scalars(statement).all()


def _withdraw(wave: SurveyWave) -> None:
    wave.withdrawn_at = clock.now()
    wave.version += 1
    names = select(SurveyName.id).where(SurveyName.wave_id == wave.id)
    drop_mails(db.session.scalars(names))
    for answers in (SurveyTies, SurveyReply):
        db.session.execute(delete(answers).where(answers.wave_id == wave.id))
    db.session.flush()


def _today_in(zone: str) -> date:
    return clock.now().astimezone(ZoneInfo(zone)).date()
