"""Two records of one person, with a pseudonym each: answers stay, nobody is asked twice."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.learning.models import Partnership
from cohorts.surveys.models import SurveyLink, SurveyName, SurveyReply, SurveyWave
from cohorts.surveys.service import answering, invariants, opening
from cohorts.surveys.service.links import letter_token, pseudonyms_of
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.merging import service as merging
from consortium.merging.models import Merge
from consortium.outbox.models import OutboxEmail
from events.institutes.models import Institute
from tests.cohorts.surveys import stage
from tests.consortium.merging.acting import part
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("tenant", "noon")
KEPT, GONE, *OTHERS = [one.email for one in stage.staff(6)]
Open = tuple[SurveyWave, Institute, Partnership]


@pytest.fixture
def both(frozen: Any, app: Flask) -> Open:
    """Return an open survey that asks one person at two addresses."""
    institute, (harbor,) = stage.cohort("Harbor")
    wave = stage.wave_for(institute)
    stage.put(wave, harbor, stage.staff(6))
    frozen(stage.OPEN)
    stage.open_now(wave, app)
    return wave, institute, harbor


def merge() -> Merge:
    kept, gone = make_person(KEPT), make_person(GONE)
    with transaction():
        return merging.merge_people(kept.id, gone.id, by=stage.BY, may_choose_staff=True)


def listed() -> set[str]:
    return set(db.session.scalars(select(SurveyName.email)))


def broken() -> list[str]:
    return [line for check in invariants.CHECKS for line in check.find()]


def test_who_answered_at_the_other_address_is_not_asked_again(
    both: Open, frozen: Any, app: Flask
) -> None:
    wave, _, harbor = both
    stage.answer(wave, GONE)
    silent = stage.token_of(wave, KEPT)
    pseudonyms = pseudonyms_of(harbor.id, [KEPT, GONE])
    assert len(set(pseudonyms.values())) == 2

    done = merge()

    assert listed() == {GONE, *OTHERS}
    with pytest.raises(NotFound, match="leads to no survey"):
        answering.get_asked(silent)
    waiting = select(OutboxEmail.to).where(OutboxEmail.settled_at.is_(None))
    assert set(db.session.scalars(waiting)) == set(OTHERS)
    frozen("2026-03-12T15:00:00+00:00")
    with app.test_request_context(), transaction():
        assert opening.remind(wave.id, by=stage.BY) == len(OTHERS)
    assert broken() == []
    told = str([row.moved for row in db.session.scalars(select(Merge))])
    assert not any(str(one) in told for one in pseudonyms.values())
    part(done)
    assert listed() == {KEPT, GONE, *OTHERS}


@pytest.mark.parametrize("answered", [(), (KEPT,), (KEPT, GONE)])
def test_else_the_kept_record_stays_on_the_list_and_all_answers_count(
    both: Open, answered: tuple[str, ...]
) -> None:
    wave, _, _ = both
    for email in answered:
        stage.answer(wave, email)

    merge()

    assert listed() == {KEPT, *OTHERS}
    assert len(db.session.scalars(select(SurveyReply)).all()) == len(answered)
    assert answering.get_asked(stage.token_of(wave, KEPT)).answered is (KEPT in answered)
    assert broken() == []


def test_in_the_next_survey_the_kept_records_pseudonym_goes_on(both: Open, app: Flask) -> None:
    wave, institute, harbor = both
    before = pseudonyms_of(harbor.id, [KEPT, GONE])
    stage.answer(wave, GONE)
    merge()
    later = stage.again_for(
        institute, wave.instrument_id, opens_on=stage.DAY, names_until=wave.names_until
    )
    stage.put(later, harbor, stage.staff(1))
    stage.open_now(later, app)

    stage.answer(later, KEPT)

    assert pseudonyms_of(harbor.id, [KEPT, GONE]) == before
    said = select(SurveyReply.pseudonym).where(SurveyReply.wave_id == later.id)
    assert db.session.scalars(said).all() == [before[KEPT]]
    assert len(db.session.scalars(select(SurveyLink)).all()) == 6
    assert broken() == []


def test_who_is_asked_at_one_address_alone_answers_there(both: Open) -> None:
    wave, _, _ = both
    name = stage.name_of(wave, KEPT)
    db.session.delete(name)
    db.session.commit()
    token = letter_token(stage.name_of(wave, GONE).id)

    merge()

    assert listed() == {GONE, *OTHERS}  # its place is drawn under its own pseudonym
    codes = [one.code for one in wave.instrument.asked.statements]
    with transaction():
        answering.answer(token, dict.fromkeys(codes, 4), {})
    assert broken() == []
