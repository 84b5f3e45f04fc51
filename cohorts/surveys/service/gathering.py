"""Answers of a wave under pseudonyms, read for figures alone."""

from uuid import UUID

from sqlalchemy import select

from cohorts.surveys.domain.figures import Reply
from cohorts.surveys.domain.results import Told
from cohorts.surveys.models import SurveyPlace, SurveyReply, SurveyWave
from consortium.database import db


def told_of(wave: SurveyWave, partnership_id: UUID | None = None) -> Told:
    """Return the roster and the replies of a wave: of one partnership, or of all."""
    places = select(SurveyPlace).where(SurveyPlace.wave_id == wave.id)
    replies = select(SurveyReply.pseudonym, SurveyReply.answers).where(
        SurveyReply.wave_id == wave.id
    )
    if partnership_id is not None:
        places = places.where(SurveyPlace.partnership_id == partnership_id)
        replies = replies.where(SurveyReply.partnership_id == partnership_id)
    return Told(
        places=[row.place for row in db.session.scalars(places)],
        replies=[Reply(pseudonym=row[0], answers=row[1]) for row in db.session.execute(replies)],
    )
