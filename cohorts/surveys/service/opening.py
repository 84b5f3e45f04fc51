"""A wave opens by itself: places are drawn, everyone is asked, the silent once more."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.waves import State
from cohorts.surveys.models import SurveyName, SurveyWave
from cohorts.surveys.service.mails import MOST_AT_ONCE, promise_mails, silent
from cohorts.surveys.service.roster import draw_places, names_of
from cohorts.surveys.service.waves import held_wave
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.words import say

BY = "worker"
REMIND_BEFORE = timedelta(days=3)
"""So long before the last day the silent are reminded by themselves."""


def waves_to_open() -> Collection[tuple[UUID, UUID]]:
    """Return tenant and id of waves whose first day may have begun and whose list is not drawn."""
    soon = (clock.now() + timedelta(days=1)).date()
    statement = select(SurveyWave.tenant_id, SurveyWave.id).where(
        SurveyWave.opened_at.is_(None),
        SurveyWave.withdrawn_at.is_(None),
        SurveyWave.opens_on <= soon,
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def open_wave(wave_id: UUID) -> int:
    """Draw the places of a wave whose day has come; return 1 when it did. Safe to do again."""
    wave = held_wave(wave_id)
    if wave.opened_at is not None or wave.window.state(clock.now()) is not State.OPEN:
        return 0
    names = db.session.scalars(names_of(wave)).all()
    draw_places(wave, names)
    wave.opened_at = clock.now()
    wave.version += 1
    db.session.flush()
    audit.record("open_survey", f"survey_wave:{wave.id}", by=BY, after={"people": len(names)})
    return 1


def waves_to_mail() -> Collection[tuple[UUID, UUID]]:
    """Return tenant and id of waves that are open, or were yesterday."""
    yesterday = (clock.now() - timedelta(days=1)).date()
    statement = select(SurveyWave.tenant_id, SurveyWave.id).where(
        SurveyWave.opened_at.is_not(None),
        SurveyWave.withdrawn_at.is_(None),
        SurveyWave.closes_on >= yesterday,
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def mail_due(wave_id: UUID) -> int:
    """Ask some of those who were not asked yet, and remind some of the silent; return how many.

    Everyone gets the first mail once, newcomers too, and one reminder three days before the last
    day unless they had a mail within those days.
    """
    wave = held_wave(wave_id)
    if wave.window.state(clock.now()) is not State.OPEN or wave.opened_at is None:
        return 0
    here = select(SurveyName).where(SurveyName.wave_id == wave.id, SurveyName.struck_on.is_(None))
    new = db.session.scalars(
        here.where(SurveyName.asked_on.is_(None)).order_by(SurveyName.id).limit(MOST_AT_ONCE)
    ).all()
    if new:
        done = promise_mails(wave, new, again=False)
        audit.record("ask_for_survey", f"survey_wave:{wave.id}", by=BY, after={"people": done})
        return done
    begins = wave.closes_on - REMIND_BEFORE
    if wave.window.today(clock.now()) < begins:
        return 0
    return _remind(wave, here.where(SurveyName.asked_on < begins, _not_since(begins)), by=BY)


def remind(wave_id: UUID, *, by: str) -> int:
    """Remind those who have not answered; return how many. Once a day. Names nobody.

    Raises ``SurveyRefused`` while nobody may answer, and where nobody is left to remind today.
    """
    wave = held_wave(wave_id)
    wave.window.check_open(clock.now())
    today = wave.window.today(clock.now())
    here = select(SurveyName).where(
        SurveyName.wave_id == wave.id,
        SurveyName.struck_on.is_(None),
        SurveyName.asked_on < today,
        _not_since(today),
    )
    done = _remind(wave, here, by=by, most=None)
    if not done:
        raise SurveyRefused(say("Everyone has answered, or had a mail today. Come back tomorrow."))
    return done


def _remind(
    wave: SurveyWave, here: Select[SurveyName], *, by: str, most: int | None = MOST_AT_ONCE
) -> int:
    names = silent(wave, db.session.scalars(here.order_by(SurveyName.id)).all())
    done = promise_mails(wave, names[:most], again=True)
    if done:
        audit.record("remind_of_survey", f"survey_wave:{wave.id}", by=by, after={"people": done})
    return done


def _not_since(day: date) -> ColumnElement[bool]:
    return or_(SurveyName.reminded_on.is_(None), SurveyName.reminded_on < day)
