"""People answer once, under a pseudonym that stays theirs; whoever may not is told why."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.learning import service as learning
from cohorts.surveys.domain.rules import SurveyRefused
from cohorts.surveys.domain.starter import starter
from cohorts.surveys.models import (
    SurveyInstrument,
    SurveyLink,
    SurveyName,
    SurveyPlace,
    SurveyReply,
    SurveyTies,
)
from cohorts.surveys.service import (
    answering,
    forgetting,
    instruments,
    invariants,
    opening,
    roster,
    waves,
)
from cohorts.surveys.service.links import pseudonyms_of
from cohorts.surveys.service.readers import open_waves_of
from consortium.database import db, transaction
from consortium.errors import NotFound, Refusal
from consortium.merging import service as merging
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from tests.cohorts.surveys import stage
from tests.factories import make_lea, make_person

pytestmark = pytest.mark.usefixtures("tenant", "noon")
SIX = [one.email for one in stage.staff(6)]


@pytest.fixture
def wave(frozen: Any, app: Flask) -> Any:
    institute, (harbor,) = stage.cohort("Harbor")
    row = stage.wave_for(institute)
    stage.put(row, harbor, stage.staff(6))
    frozen(stage.OPEN)
    stage.open_now(row, app)
    return row


def count(model: Any) -> int:
    return db.session.scalars(select(func.count()).select_from(model)).one()


def broken() -> list[str]:
    return [line for check in invariants.CHECKS for line in check.find()]


def test_answering_twice_is_refused_and_the_first_answers_stay(wave: Any) -> None:
    stage.answer(wave, SIX[0], 4)
    with pytest.raises(SurveyRefused, match="already"):
        stage.answer(wave, SIX[0], 1)
    (reply,) = db.session.scalars(select(SurveyReply))
    assert set(reply.answers.values()) == {4}
    assert answering.get_asked(stage.token_of(wave, SIX[0])).answered
    assert broken() == []


def test_before_it_opens_and_after_it_closed_nobody_answers(wave: Any, frozen: Any) -> None:
    for at, words in (("2026-03-09T12:00:00+00:00", "not open yet"), (stage.CLOSED, "closed")):
        frozen(at)
        with pytest.raises(SurveyRefused, match=words):
            stage.answer(wave, SIX[0])
    frozen("2026-03-25T03:59:00+00:00")  # 23:59 in New York on the last day
    stage.answer(wave, SIX[0])


def test_who_left_the_roster_answers_no_more_and_what_they_answered_stays(wave: Any) -> None:
    stage.answer(wave, SIX[0])
    for email in SIX[:2]:
        with transaction():
            roster.strike(wave.id, stage.name_of(wave, email).id, by=stage.BY)
    with pytest.raises(SurveyRefused, match="no longer on the list"):
        stage.answer(wave, SIX[1])
    assert count(SurveyReply) == 1
    with transaction():
        roster.put_back(wave.id, stage.name_of(wave, SIX[1]).id, by=stage.BY)
    stage.answer(wave, SIX[1])
    assert db.session.scalars(select(func.count()).where(SurveyPlace.struck)).one() == 1


def test_a_wrong_address_is_nobodys(wave: Any) -> None:
    token = stage.token_of(wave, SIX[0])
    for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), token[1:], "ü" * len(token), ""):
        with pytest.raises(NotFound):
            answering.get_asked(wrong)


def test_ru8_a_pseudonym_stays_through_seats_waves_and_the_merging_of_records(
    frozen: Any, app: Flask
) -> None:
    institute, (harbor,) = stage.cohort("Harbor", members={"rep@example.org": "union_leader"})
    first = stage.wave_for(institute)
    with transaction():
        assert roster.take_from_seats(first.id, by=stage.BY) == 1
    frozen(stage.OPEN)
    stage.open_now(first, app)
    stage.answer(first, "rep@example.org")
    before = pseudonyms_of(harbor.id, ["rep@example.org"])["rep@example.org"]
    later = stage.again_for(
        institute, first.instrument_id, opens_on=stage.DAY, names_until=first.names_until
    )
    changed = [
        one.__class__(**{**vars(one), "email": "rep@example.org", "group": "union_leader"})
        for one in stage.staff(1)
    ]
    stage.put(later, harbor, changed)
    stage.open_now(later, app)
    stage.answer(later, "rep@example.org", 5)
    replies = db.session.scalars(select(SurveyReply.pseudonym)).all()
    assert replies == [before, before]
    kept, gone = make_person("new@example.org"), people.find_person_at("rep@example.org")
    assert gone is not None
    with transaction():
        merging.merge_people(kept.id, gone.id, by=stage.BY, may_choose_staff=True)
    assert pseudonyms_of(harbor.id, ["new@example.org"]) == {"new@example.org": before}
    assert {row.email for row in db.session.scalars(select(SurveyName))} == {"new@example.org"}
    assert broken() == []


def test_naming_oneself_is_refused_and_a_name_off_the_list_is_dropped(
    frozen: Any, app: Flask
) -> None:
    institute, (harbor,) = stage.cohort("Harbor")
    wave = stage.network_for(institute)
    stage.put(wave, harbor, stage.staff(6))
    frozen(stage.OPEN)
    stage.open_now(wave, app)
    with pytest.raises(SurveyRefused, match="yourself"):
        stage.answer(wave, SIX[0], data=[SIX[0], SIX[1]])
    left = stage.name_of(wave, SIX[5]).id
    with transaction():
        roster.strike(wave.id, left, by=stage.BY)
    with transaction():
        named = {"data": [left, stage.name_of(wave, SIX[1]).id], "nonsense": [left]}
        answering.answer(stage.token_of(wave, SIX[0]), {}, named)
    (ties,) = db.session.scalars(select(SurveyTies))
    assert ties.named == {"data": [str(pseudonyms_of(harbor.id, [SIX[1]])[SIX[1]])]}
    with pytest.raises(SurveyRefused, match="Nothing is answered"):
        stage.answer(wave, SIX[2])


def test_mails_go_to_everyone_once_then_to_the_silent_and_newcomers(
    wave: Any, frozen: Any, app: Flask
) -> None:
    def mails() -> list[tuple[str, str]]:
        rows = db.session.scalars(select(OutboxEmail).where(OutboxEmail.settled_at.is_(None)))
        return sorted((row.to, row.subject) for row in rows)

    def due() -> int:
        with app.test_request_context(), transaction():
            return opening.mail_due(wave.id)

    assert [to for to, _ in mails()] == sorted(SIX)
    first = db.session.scalars(select(OutboxEmail).where(OutboxEmail.to == SIX[0])).one()
    assert stage.token_of(wave, SIX[0]) in first.text
    assert stage.token_of(wave, SIX[0]) in (first.html or "")
    stage.answer(wave, SIX[0])
    assert (due(), len(mails())) == (0, 5)
    frozen("2026-03-12T15:00:00+00:00")
    harbor = waves.partnerships_in(wave)[0]
    stage.put(wave, harbor, stage.staff(1, "Oak"))
    assert due() == 1
    with app.test_request_context(), transaction():
        assert opening.remind(wave.id, by=stage.BY) == 5
    with app.test_request_context(), pytest.raises(SurveyRefused, match="tomorrow"):
        opening.remind(wave.id, by=stage.BY)
    frozen("2026-03-21T15:00:00+00:00")
    assert (due(), due()) == (6, 0)
    assert SIX[0] not in {to for to, subject in mails() if subject.startswith("Reminder")}


def test_nothing_stored_leads_from_a_name_to_an_answer(wave: Any) -> None:
    for email in SIX:
        stage.answer(wave, email)
    replies = db.session.scalars(select(SurveyReply)).all()
    pseudonyms = {str(row.pseudonym) for row in replies}
    for model in (SurveyName, SurveyLink, OutboxEmail, SurveyInstrument):
        for row in db.session.scalars(select(model)):
            told = " ".join(str(getattr(row, c.key)) for c in model.__table__.columns)
            assert not re.search("|".join(pseudonyms), told)
    columns = {c.key for c in SurveyReply.__table__.columns}
    assert columns == {"id", "tenant_id", "wave_id", "partnership_id", "pseudonym", "answers"}


def test_names_are_forgotten_when_their_time_is_over_and_links_with_the_last(
    wave: Any, frozen: Any
) -> None:
    stage.answer(wave, SIX[0])
    with pytest.raises(Refusal, match="until the survey has closed"), transaction():
        forgetting.forget_names(wave.id, by=stage.BY)
    frozen(stage.CLOSED)
    with transaction():
        forgetting.forget_names(wave.id, by=stage.BY)
    assert (count(SurveyName), count(SurveyLink), count(SurveyReply)) == (0, 0, 1)
    assert db.session.scalars(select(OutboxEmail.to).where(OutboxEmail.to.in_(SIX))).all() == []
    assert broken() == []


def test_a_link_stays_while_another_wave_needs_it(wave: Any, frozen: Any) -> None:
    institute = waves.get_wave(wave.id).institute_id
    assert institute is not None
    with transaction():
        waves.plan_wave(
            wave.instrument_id,
            stage.plan(opens_on=stage.DAY),
            institute_id=institute,
            partnership_ids=(),
            by=stage.BY,
        )
    frozen("2027-03-01T12:00:00+00:00")
    with transaction():
        assert forgetting.forget_when_due(wave.id) == 1
        assert forgetting.forget_when_due(wave.id) == 0
    assert (count(SurveyName), count(SurveyLink)) == (0, 6)


def test_withdrawn_and_cancelled_surveys_keep_no_answer(wave: Any) -> None:
    stage.answer(wave, SIX[0])
    with transaction():
        waves.end_waves(wave.institute_id)
    assert count(SurveyReply) == 0
    with pytest.raises(SurveyRefused, match="withdrew"):
        stage.answer(wave, SIX[1])
    with pytest.raises(SurveyRefused, match="over"):
        waves.withdraw_wave(wave.id, by=stage.BY)
    assert broken() == []


def test_someone_sees_what_waits_for_them_until_it_is_answered(wave: Any) -> None:
    person = make_person(SIX[0])
    (waiting,) = open_waves_of(person)
    assert waiting.token == stage.token_of(wave, SIX[0])
    stage.answer(wave, SIX[0])
    assert open_waves_of(person) == []


def test_two_partnerships_that_become_one_ask_each_person_once(frozen: Any, app: Flask) -> None:
    leas = (make_lea("3400001", "Harbor"), make_lea("3400002", "Harbor City"))
    with transaction():
        first, second = (learning.partnership_of_place(lea.id) for lea in leas)
        asked = instruments.write_instrument(starter(), by=stage.BY)
        wave = waves.plan_wave(
            asked.id,
            stage.plan(),
            institute_id=None,
            partnership_ids=[first.id, second.id],
            by=stage.BY,
        )
    for one in (first, second):
        stage.put(wave, one, stage.staff(5))
    with transaction():
        merging.merge_leas(first.lea_id, second.lea_id, by=stage.BY)
    assert count(SurveyName) == 5
    frozen(stage.OPEN)
    stage.open_now(wave, app)
    stage.answer(wave, SIX[0])
    assert broken() == []
