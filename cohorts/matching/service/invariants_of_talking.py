"""What must be true of requests for a match, of calls, and of the questions how it goes."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from cohorts.matching.domain.asking import OPEN_STATES, RequestState
from cohorts.matching.domain.calls import TimeState
from cohorts.matching.domain.following_up import WEEKS
from cohorts.matching.models import (
    CallTime,
    FollowUp,
    JointCall,
    MatchRun,
    PeerMatch,
    PeerRequest,
)
from cohorts.matching.service.asking import MOST_OPEN
from cohorts.matching.service.invariants import merged_people
from consortium.database import db
from consortium.verify.domain import Check

INTRODUCED = PeerMatch.introduced_at.is_not(None)


def accepted_without_meeting() -> Iterator[str]:
    """Find requests that were accepted, and whose two were not introduced to each other."""
    both = or_(
        and_(PeerMatch.first_id == PeerRequest.from_id, PeerMatch.second_id == PeerRequest.to_id),
        and_(PeerMatch.first_id == PeerRequest.to_id, PeerMatch.second_id == PeerRequest.from_id),
    )
    theirs = (
        select(PeerMatch.id)
        .join(PeerMatch.run)
        .where(
            PeerMatch.id == PeerRequest.match_id,
            PeerMatch.tenant_id == PeerRequest.tenant_id,
            both,
            INTRODUCED,
            MatchRun.published_at.is_not(None),
            MatchRun.institute_id == PeerRequest.institute_id,
        )
        .exists()
    )
    odd = select(PeerRequest.id).where(PeerRequest.state == RequestState.ACCEPTED, ~theirs)
    for request_id in db.session.scalars(odd):
        yield f"peer_request:{request_id} was accepted, and its two were not introduced."


def asked_oddly() -> Iterator[str]:
    """Find requests that lie before someone since no time, and people who ask everybody.

    Two records of a person may each have asked before it was known that they are one.
    """
    silent = select(PeerRequest.id).where(
        PeerRequest.state == RequestState.OFFERED, PeerRequest.offered_at.is_(None)
    )
    for request_id in db.session.scalars(silent):
        yield f"peer_request:{request_id} lies before someone, and nothing says since when."
    many = (
        select(PeerRequest.from_id, PeerRequest.institute_id, func.count().label("n"))
        .where(PeerRequest.state.in_(OPEN_STATES))
        .group_by(PeerRequest.from_id, PeerRequest.institute_id)
        .having(func.count() > MOST_OPEN)
    )
    merged = merged_people()
    for row in db.session.execute(many):
        if row.from_id not in merged:
            yield f"person:{row.from_id} has {row.n} requests open at one institute."


def calls_of_strangers() -> Iterator[str]:
    """Find calls of two who were not introduced, or not yet, and times that a third proposed."""
    early = (
        select(JointCall.id)
        .join(PeerMatch, PeerMatch.id == JointCall.match_id)
        .where(or_(~INTRODUCED, JointCall.made_at < PeerMatch.introduced_at))
    )
    for call_id in db.session.scalars(early):
        yield f"joint_call:{call_id} is of two who had not been introduced."
    thirds = (
        select(CallTime.id)
        .join(JointCall, JointCall.id == CallTime.call_id)
        .join(PeerMatch, PeerMatch.id == JointCall.match_id)
        .where(CallTime.by_id != PeerMatch.first_id, CallTime.by_id != PeerMatch.second_id)
    )
    for time_id in db.session.scalars(thirds):
        yield f"call_time:{time_id} was proposed by neither of the two."


def calls_after_all() -> Iterator[str]:
    """Find calls that still stand although one of the two declined the other.

    And times that both agreed on, of which no calendar was told.
    """
    after = (
        select(JointCall.id)
        .join(PeerMatch, PeerMatch.id == JointCall.match_id)
        .where(PeerMatch.ended_at.is_not(None), JointCall.ended_at.is_(None))
    )
    for call_id in db.session.scalars(after):
        yield f"joint_call:{call_id} stands, and its two are no peers any more."
    untold = (
        select(JointCall.id)
        .join(CallTime, CallTime.call_id == JointCall.id)
        .where(CallTime.state == TimeState.AGREED, JointCall.sequence == 0)
    )
    for call_id in db.session.scalars(untold):
        yield f"joint_call:{call_id} is agreed on, and no calendar was told."


def asked_for_nothing() -> Iterator[str]:
    """Find questions how it goes to who was no peer, too early, or after the two had parted."""
    rows = (
        select(FollowUp.id, FollowUp.number, FollowUp.asked_at, PeerMatch.introduced_at)
        .join(PeerMatch, PeerMatch.id == FollowUp.match_id)
        .order_by(FollowUp.id)
    )
    strangers = rows.where(
        or_(
            ~INTRODUCED,
            and_(
                FollowUp.person_id != PeerMatch.first_id, FollowUp.person_id != PeerMatch.second_id
            ),
        )
    )
    for row in db.session.execute(strangers):
        yield f"follow_up:{row.id} asks someone who was not introduced to anyone by this match."
    for row in db.session.execute(rows.where(INTRODUCED)):
        if row.asked_at < row.introduced_at + timedelta(weeks=WEEKS[row.number]):
            yield f"follow_up:{row.id} asks before its week."
    for row in db.session.execute(rows.where(PeerMatch.ended_at < FollowUp.asked_at)):
        yield f"follow_up:{row.id} asks about a match that had ended."


CHECKS: Sequence[Check] = (
    Check(
        code="I38-accepted",
        words="Who accepted a request was introduced to who asked.",
        find=accepted_without_meeting,
    ),
    Check(
        code="I38-asked",
        words="A request says since when it lies before someone, and nobody asks everybody.",
        find=asked_oddly,
    ),
    Check(
        code="I38-calls",
        words="Calls are of two who were introduced, by times that one of them proposed.",
        find=calls_of_strangers,
    ),
    Check(
        code="I38-calls-ended",
        words="A call ends with the match, and calendars know what both agreed on.",
        find=calls_after_all,
    ),
    Check(
        code="I38-follow-ups",
        words="Only introduced peers are asked how it goes, in the week, and while they are peers.",
        find=asked_for_nothing,
    ),
)
