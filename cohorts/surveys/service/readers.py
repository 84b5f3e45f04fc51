"""Which surveys wait for someone's answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from cohorts.surveys.domain.waves import State
from cohorts.surveys.models import SurveyName, SurveyReply, SurveyWave
from cohorts.surveys.service.links import letter_token, pseudonyms_of
from consortium import clock
from consortium.database import db
from consortium.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A survey that is open for someone who has not answered it."""

    title: str
    closes_on: date
    token: str
    """What the person's own address ends with (``surveys.answer``)."""


def open_waves_of(person: Person) -> Sequence[Waiting]:
    """Return the surveys that wait for this person's answers, for nobody else's eyes."""
    now = clock.now()
    statement = (
        select(SurveyName, SurveyWave)
        .join(SurveyWave, SurveyWave.id == SurveyName.wave_id)
        .where(
            SurveyName.email == person.email,
            SurveyName.struck_on.is_(None),
            SurveyWave.opened_at.is_not(None),
            SurveyWave.withdrawn_at.is_(None),
        )
        .order_by(SurveyWave.closes_on, SurveyName.id)
    )
    rows = [
        (name, wave)
        for name, wave in db.session.execute(statement)
        if wave.window.state(now) is State.OPEN
    ]
    answered = _answered(person.email, [name for name, _ in rows])
    return [
        Waiting(title=wave.title, closes_on=wave.closes_on, token=letter_token(name.id))
        for name, wave in rows
        if name.id not in answered
    ]


def _answered(email: str, names: Sequence[SurveyName]) -> frozenset[UUID]:
    """Return of which of these places on lists the person has answered."""
    if not names:
        return frozenset()
    pseudonyms = {
        partnership_id: pseudonyms_of(partnership_id, [email]).get(email)
        for partnership_id in {name.partnership_id for name in names}
    }
    statement = select(SurveyReply.wave_id, SurveyReply.pseudonym).where(
        SurveyReply.wave_id.in_([name.wave_id for name in names]),
        SurveyReply.pseudonym.in_([one for one in pseudonyms.values() if one is not None]),
    )
    replies = {(row[0], row[1]) for row in db.session.execute(statement)}
    return frozenset(
        name.id for name in names if (name.wave_id, pseudonyms[name.partnership_id]) in replies
    )
