"""When its time is over, nothing leads from a name to an answer any more."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.waves import State
from cohorts.surveys.models import SurveyLink, SurveyName, SurveyPartnership, SurveyWave
from cohorts.surveys.service.mails import about
from cohorts.surveys.service.waves import held_wave
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import say

BY = "worker"


def waves_to_forget() -> Collection[tuple[UUID, UUID]]:
    """Return tenant and id of waves whose names were kept until yesterday or before."""
    statement = select(SurveyWave.tenant_id, SurveyWave.id).where(
        SurveyWave.names_forgotten_at.is_(None),
        SurveyWave.names_until < (clock.now() - timedelta(days=1)).date(),
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def forget_when_due(wave_id: UUID) -> int:
    """Forget the names of a wave whose time is over; return 1 when it did. Safe to do again."""
    wave = held_wave(wave_id)
    if wave.names_forgotten_at is not None or wave.window.state(clock.now()) is State.OPEN:
        return 0
    _forget(wave, by=BY)
    return 1


def forget_names(wave_id: UUID, *, by: str) -> None:
    """Forget the names of a closed wave now, and for good. Flushes. Raises ``SurveyRefused``."""
    wave = held_wave(wave_id)
    if wave.window.state(clock.now()) not in {State.CLOSED, State.WITHDRAWN}:
        raise SurveyRefused(say("Names are needed until the survey has closed."))
    if wave.names_forgotten_at is not None:
        raise SurveyRefused(say("The names of this survey are forgotten already."))
    _forget(wave, by=by)


def _forget(wave: SurveyWave, *, by: str) -> None:
    """Delete the list, its mails, and each sealed link that no other wave needs."""
    names = db.session.scalars(select(SurveyName.id).where(SurveyName.wave_id == wave.id)).all()
    for name_id in names:
        outbox.forget(about(name_id))
    db.session.execute(delete(SurveyName).where(SurveyName.wave_id == wave.id))
    wave.names_forgotten_at = clock.now()
    wave.version += 1
    db.session.flush()
    needed = (
        select(SurveyPartnership.partnership_id)
        .join(SurveyWave, SurveyWave.id == SurveyPartnership.wave_id)
        .where(SurveyWave.names_forgotten_at.is_(None))
    )
    mine = select(SurveyPartnership.partnership_id).where(SurveyPartnership.wave_id == wave.id)
    db.session.execute(
        delete(SurveyLink)
        .where(SurveyLink.partnership_id.in_(mine), SurveyLink.partnership_id.not_in(needed))
        .execution_options(synchronize_session=False)
    )
    audit.record(
        "forget_survey_names", f"survey_wave:{wave.id}", by=by, before={"people": len(names)}
    )
