"""What ``verify`` finds in requests, calls and questions that were broken by hand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from cohorts.matching import service as matching
from cohorts.matching.domain.asking import RequestState
from cohorts.matching.domain.calls import CallSpan
from cohorts.matching.jobs import ask_how_it_goes
from cohorts.matching.models import (
    CallTime,
    FollowUp,
    JointCall,
    MatchRun,
    PeerMatch,
    PeerRequest,
)
from cohorts.matching.service import Limit, calls
from cohorts.matching.service.asking import ask_for_match
from cohorts.matching.service.granting import answer_request
from cohorts.matching.service.invariants_of_talking import CHECKS
from consortium import clock
from consortium.database import db
from events.institutes.models import Institute
from tests.cohorts.matching.meeting import COORDINATOR, bring, person
from tests.consortium.verify.breaking import violations
from tests.factories import make_institute

ANA, BEN, CY, MO, DI = (f"{name}@example.org" for name in ("ana", "ben", "cy", "mo", "di"))
CODES = [check.code for check in CHECKS]


@pytest.fixture
def lively(app: Flask, met: Institute, frozen: Any) -> Institute:
    """Return an institute where peers plan a call, are asked how it goes, and Mo said yes to Di."""
    for number, email in enumerate((MO, DI), start=8):
        bring(met, number, {email: "superintendent"})
    with app.test_request_context():
        matching.change_limit(person(MO), Limit(most=3, mentor=True, listed=True), by=MO)
        asked = ask_for_match(met.id, person(DI), person(MO), words="", by=DI)
        answer_request(met.id, person(MO), asked.id, MO, yes=True)
        ask_for_match(met.id, person(CY), person(MO), words="", by=CY)
    span = CallSpan(starts=datetime(2026, 3, 20, 14), time_zone="America/New_York", minutes=30)
    ana, ben = person(ANA), person(BEN)
    time = calls.propose_time(met.id, ana, ben, span, place="", by=ANA)
    calls.answer_time(met.id, ben, ana, time.id, by=BEN, yes=True)
    db.session.commit()
    frozen(clock.now() + timedelta(days=15))
    assert ask_how_it_goes(app) == 8
    assert found() == []
    return met


def found() -> list[str]:
    return [line for code in CODES for line in violations(code)]


def the(kind: type[Any], *where: Any) -> Any:
    return db.session.scalars(select(kind).where(*where).order_by(kind.id)).first() or pytest.fail(
        f"no {kind.__name__}"
    )


def pair_of(one: str, other: str) -> PeerMatch:
    first, second = sorted((person(one), person(other)))
    match: PeerMatch = the(PeerMatch, PeerMatch.first_id == first, PeerMatch.second_id == second)
    return match


def accept_without_meeting(_: Institute) -> str:
    pair_of(MO, DI).introduced_at = None
    request = the(PeerRequest, PeerRequest.from_id == person(DI))
    return f"peer_request:{request.id} was accepted, and its two were not introduced."


def accept_somebody_else(_: Institute) -> str:
    request = the(PeerRequest, PeerRequest.from_id == person(DI))
    request.match_id = pair_of(ANA, BEN).id
    return f"peer_request:{request.id} was accepted, and its two were not introduced."


def accept_elsewhere(_: Institute) -> str:
    the(MatchRun, MatchRun.id == pair_of(MO, DI).run_id).institute_id = make_institute("winter").id
    request = the(PeerRequest, PeerRequest.from_id == person(DI))
    return f"peer_request:{request.id} was accepted, and its two were not introduced."


def lie_before_someone_since_no_time(_: Institute) -> str:
    request = the(PeerRequest, PeerRequest.state == RequestState.OFFERED)
    request.offered_at = None
    return f"peer_request:{request.id} lies before someone, and nothing says since when."


def ask_everybody(institute: Institute) -> str:
    old = the(PeerRequest, PeerRequest.state == RequestState.OFFERED)
    for other in (ANA, BEN, DI):
        db.session.add(
            PeerRequest(
                institute_id=institute.id,
                from_id=person(CY),
                to_id=person(other),
                kind=old.kind,
                state=RequestState.HELD,
                asked_at=clock.now(),
            )
        )
    return f"person:{person(CY)} has 4 requests open at one institute."


def call_a_stranger(_: Institute) -> str:
    call = the(JointCall)
    call.made_at -= timedelta(days=99)
    return f"joint_call:{call.id} is of two who had not been introduced."


def propose_for_others(_: Institute) -> str:
    time = the(CallTime)
    time.by_id = person(CY)
    return f"call_time:{time.id} was proposed by neither of the two."


def call_after_declining(_: Institute) -> str:
    pair_of(ANA, BEN).ended_at = clock.now()
    return f"joint_call:{the(JointCall).id} stands, and its two are no peers any more."


def agree_untold(_: Institute) -> str:
    call = the(JointCall)
    call.sequence = 0
    return f"joint_call:{call.id} is agreed on, and no calendar was told."


def ask_a_stranger(_: Institute) -> str:
    row = the(FollowUp, FollowUp.match_id == pair_of(ANA, BEN).id)
    row.person_id = person(CY)
    return f"follow_up:{row.id} asks someone who was not introduced to anyone by this match."


def ask_too_early(_: Institute) -> str:
    row = the(FollowUp)
    row.number = 2
    return f"follow_up:{row.id} asks before its week."


def ask_after_parting(_: Institute) -> str:
    rows = select(FollowUp).where(FollowUp.match_id == pair_of(CY, BEN).id).order_by(FollowUp.id)
    pair_of(CY, BEN).ended_at = clock.now() - timedelta(hours=1)
    return " ".join(
        f"follow_up:{row.id} asks about a match that had ended." for row in db.session.scalars(rows)
    )


@pytest.mark.parametrize(
    ("code", "break_it"),
    [
        ("I38-accepted", accept_without_meeting),
        ("I38-accepted", accept_somebody_else),
        ("I38-accepted", accept_elsewhere),
        ("I38-asked", lie_before_someone_since_no_time),
        ("I38-asked", ask_everybody),
        ("I38-calls", call_a_stranger),
        ("I38-calls", propose_for_others),
        ("I38-calls-ended", call_after_declining),
        ("I38-calls-ended", agree_untold),
        ("I38-follow-ups", ask_a_stranger),
        ("I38-follow-ups", ask_too_early),
        ("I38-follow-ups", ask_after_parting),
    ],
)
def test_what_is_broken_is_named(
    lively: Institute, code: str, break_it: Callable[[Institute], str]
) -> None:
    told = break_it(lively)

    assert " ".join(violations(code)) == told


def test_who_declines_leaves_nothing_behind(app: Flask, lively: Institute) -> None:
    with app.test_request_context():
        matching.decline_peer(lively.id, person(BEN), person(ANA), by=COORDINATOR)

    assert found() == []
