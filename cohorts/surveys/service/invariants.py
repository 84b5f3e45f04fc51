"""What must be true of surveys: once each, on the list, and no name when its time is over."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import exists, func, or_, select

from cohorts.surveys.models import (
    SurveyInstrument,
    SurveyLink,
    SurveyName,
    SurveyPartnership,
    SurveyPlace,
    SurveyReply,
    SurveyTies,
    SurveyWave,
)
from consortium import clock
from consortium.database import db
from consortium.verify.domain import Check


def answers_without_a_place() -> Iterator[str]:
    """Find waves in which someone answered who never had a place, or before it was opened."""
    for model in (SurveyReply, SurveyTies):
        place = exists().where(
            SurveyPlace.wave_id == model.wave_id, SurveyPlace.pseudonym == model.pseudonym
        )
        astray = select(model.wave_id, func.count()).where(~place).group_by(model.wave_id)
        for wave_id, n in db.session.execute(astray):
            yield f"survey_wave:{wave_id} has {n} rows of {model.__tablename__} without a place."


def ties_that_should_be_gone() -> Iterator[str]:
    """Find ties of waves whose ties were deleted, and answers to waves that were withdrawn."""
    for model, column in (
        (SurveyTies, SurveyWave.ties_deleted_at),
        (SurveyReply, SurveyWave.withdrawn_at),
        (SurveyTies, SurveyWave.withdrawn_at),
    ):
        left = (
            select(SurveyWave.id)
            .where(column.is_not(None), exists().where(model.wave_id == SurveyWave.id))
            .order_by(SurveyWave.id)
        )
        for wave_id in db.session.scalars(left):
            yield f"survey_wave:{wave_id} still has rows of {model.__tablename__}."


def names_kept_too_long() -> Iterator[str]:
    """Find lists that should be forgotten, and sealed links that no wave needs any more."""
    late = (clock.now() - timedelta(days=4)).date()
    kept = select(SurveyWave.id).where(
        exists().where(SurveyName.wave_id == SurveyWave.id),
        or_(SurveyWave.names_forgotten_at.is_not(None), SurveyWave.names_until < late),
    )
    for wave_id in db.session.scalars(kept):
        yield f"survey_wave:{wave_id} still has names."
    needed = (
        select(SurveyPartnership.id)
        .join(SurveyWave, SurveyWave.id == SurveyPartnership.wave_id)
        .where(
            SurveyPartnership.partnership_id == SurveyLink.partnership_id,
            SurveyWave.names_forgotten_at.is_(None),
        )
        .exists()
    )
    loose = select(SurveyLink.partnership_id, func.count()).where(~needed)
    for partnership_id, n in db.session.execute(loose.group_by(SurveyLink.partnership_id)):
        yield f"partnership:{partnership_id} has {n} sealed links that no survey needs."


def words_not_fixed() -> Iterator[str]:
    """Find instruments in use whose words could still change."""
    loose = (
        select(SurveyInstrument.id)
        .join(SurveyWave, SurveyWave.instrument_id == SurveyInstrument.id)
        .where(SurveyInstrument.fixed_at.is_(None))
        .distinct()
    )
    for instrument_id in db.session.scalars(loose):
        yield f"survey_instrument:{instrument_id} is in use and not fixed."


CHECKS: Sequence[Check] = (
    Check(
        code="SV1",
        words="Who answered a survey had a place on its roster.",
        find=answers_without_a_place,
    ),
    Check(
        code="SV2",
        words="Deleted ties and withdrawn surveys leave nothing behind.",
        find=ties_that_should_be_gone,
    ),
    Check(
        code="SV3",
        words="Names, and the sealed way from them to answers, go when their time is over.",
        find=names_kept_too_long,
    ),
    Check(
        code="SV4",
        words="What people were asked stays as they read it.",
        find=words_not_fixed,
    ),
)
