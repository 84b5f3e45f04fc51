"""Answers of a wave under pseudonyms, read for figures alone."""

from uuid import UUID

from sqlalchemy import select

from cohorts.surveys.domain.figures import Reply
from cohorts.surveys.domain.places import Place
from cohorts.surveys.domain.results import Told
from cohorts.surveys.models import SurveyPlace, SurveyReply, SurveyWave
from consortium.database import db


def told_of(wave: SurveyWave, partnership_id: UUID | None = None) -> Told:
    """Return the roster and the replies of a wave: of one partnership, or of all."""
    places = select(
        SurveyPlace.pseudonym,
        SurveyPlace.partnership_id,
        SurveyPlace.school,
        SurveyPlace.group,
        SurveyPlace.side,
        SurveyPlace.struck,
    ).where(SurveyPlace.wave_id == wave.id)
    replies = select(SurveyReply.pseudonym, SurveyReply.answers).where(
        SurveyReply.wave_id == wave.id
    )
    if partnership_id is not None:
        places = places.where(SurveyPlace.partnership_id == partnership_id)
        replies = replies.where(SurveyReply.partnership_id == partnership_id)
    return Told(
        places=[
            Place(
                pseudonym=pseudonym,
                partnership_id=partnership,
                school=school,
                group=group,
                side=side,
                struck=struck,
            )
            for pseudonym, partnership, school, group, side, struck in db.session.execute(places)
        ],
        replies=[Reply(pseudonym=row[0], answers=row[1]) for row in db.session.execute(replies)],
    )
