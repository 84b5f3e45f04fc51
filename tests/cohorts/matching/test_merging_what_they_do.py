"""Calls, questions and disputes when two records of a person, or of an LEA, become one."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.domain.disputes import Partnership, Standing
from cohorts.matching.jobs import ask_how_it_goes
from cohorts.matching.models import FollowUp, JointCall
from cohorts.matching.service import calls
from cohorts.matching.service.disputes import change_standing, standing_lines
from cohorts.matching.service.standings import standings
from consortium import clock
from consortium.database import db, transaction
from consortium.merging import service as merging
from consortium.outbox.models import OutboxEmail
from events.institutes.models import Institute
from tests.cohorts.matching.meeting import COORDINATOR, person, published, seat_of
from tests.cohorts.matching.test_merging import ANA, BEN, CY, HOME, faults, merge, winter
from tests.consortium.merging.acting import part

__all__ = ["winter"]


def call_of(institute: Institute, who: str, whom: str) -> JointCall:
    """Let two agree on a call."""
    span = CallSpan(starts=datetime(2026, 3, 20, 14), time_zone="America/New_York", minutes=30)
    both = person(who), person(whom)
    time = calls.propose_time(institute.id, *both, span, place="", by=who)
    call = calls.answer_time(institute.id, *reversed(both), time.id, by=whom, yes=True)
    db.session.commit()
    return call


def test_a_call_and_a_question_are_the_kept_persons_and_go_back_when_parted(
    app: Flask, met: Institute, winter: Institute, frozen: Any
) -> None:
    with app.test_request_context():
        published(winter)
        call = call_of(winter, HOME, CY)
    frozen(clock.now() + timedelta(days=15))
    ask_how_it_goes(app)
    home = person(HOME)
    asked = select(FollowUp.id).where(FollowUp.person_id == home).order_by(FollowUp.id)
    questions = db.session.scalars(asked).all()

    done = merge(seat_of(ANA).person, seat_of(HOME).person)

    kept = person(ANA)
    assert {time.by_id for time in call.times} == {kept}
    assert calls.call_page(winter.id, kept, person(CY)).agreed is not None
    mine = select(FollowUp.id).where(FollowUp.person_id == kept, FollowUp.id.in_(questions))
    assert len(db.session.scalars(mine).all()) == len(questions) > 0
    assert faults() == []
    part(done)
    db.session.expire_all()
    assert {time.by_id for time in call.times} == {home}
    assert db.session.scalars(asked).all() == questions
    assert faults() == []


def test_a_call_with_who_declined_the_other_record_is_off_and_stays_off(
    app: Flask, met: Institute, winter: Institute
) -> None:
    with app.test_request_context():
        published(winter)
        call = call_of(winter, HOME, BEN)
        with transaction():
            matching.decline_peer(met.id, person(BEN), person(ANA), by=BEN)
        assert call.ended_at is None

        done = merge(seat_of(ANA).person, seat_of(HOME).person)

        db.session.expire_all()
        assert call.called_off
        told = select(OutboxEmail.to).where(OutboxEmail.subject.contains("does not take place"))
        assert BEN in db.session.scalars(told).all()
        assert faults() == []
        part(done)
        db.session.expire_all()
        assert call.called_off
        assert faults() == []


def test_of_two_leas_that_become_one_the_dispute_and_the_missing_word_stay(
    app: Flask, met: Institute
) -> None:
    ana, ben = (Partnership(f"340000{n}") for n in (1, 2))
    agreed = Standing(in_dispute=False, labor_agreed=True, management_agreed=True)
    change_standing(met.id, ana, agreed, reason="", by=COORDINATOR)
    half = Standing(in_dispute=True, labor_agreed=True)
    change_standing(met.id, ben, half, reason="A strike.", by=COORDINATOR)
    team = seat_of(BEN).team
    team.site = "Elsewhere"  # an LEA has one team of all of it
    db.session.commit()
    before = standings()

    with transaction():
        done = merging.merge_leas(ana.lea_id, ben.lea_id, by=COORDINATOR)

    assert standings() == {ana: half}
    (line,) = standing_lines()
    assert line.reason == "A strike."
    assert faults() == []
    part(done)
    assert standings() == before == {ana: agreed, ben: half}


def test_what_is_said_of_one_of_two_leas_is_said_of_the_one(app: Flask, met: Institute) -> None:
    ana, ben = (Partnership(f"340000{n}") for n in (1, 2))
    dispute = Standing(in_dispute=True)
    change_standing(met.id, ben, dispute, reason="A strike.", by=COORDINATOR)
    seat_of(BEN).team.site = "Elsewhere"
    db.session.commit()

    with transaction():
        done = merging.merge_leas(ana.lea_id, ben.lea_id, by=COORDINATOR)

    assert standings() == {ana: dispute}
    part(done)
    assert standings() == {ben: dispute}
