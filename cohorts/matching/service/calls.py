"""A call of two matched people: proposed by one, accepted by the other, moved, called off."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select, update

from cohorts.matching.domain.calls import CallSpan, TimeState
from cohorts.matching.models import ONE_CALL, ONE_PROPOSAL, CallTime, JointCall, PeerMatch
from cohorts.matching.service import call_mails
from cohorts.matching.service.pairs import Couple, couple
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound, Refusal
from consortium.words import say
from events.facade.clocks import instant_of


@dataclass(frozen=True, kw_only=True)
class TimeView:
    """A time for a call, as one of the two reads it."""

    id: UUID
    span: CallSpan
    place: str
    mine: bool
    """Whether this person proposed it."""


@dataclass(frozen=True, kw_only=True)
class CallPage:
    """Where the call of two people stands."""

    name: str
    my_zone: str
    their_zone: str
    agreed: TimeView | None
    proposed: TimeView | None


def call_page(institute_id: UUID, person_id: UUID | None, peer_id: UUID) -> CallPage:
    """Return where the call with a peer stands. Raises ``NotFound``."""
    two = couple(institute_id, person_id, peer_id)
    call = open_call(two.match.id)
    times = call.times if call else []
    return CallPage(
        name=two.them.view.name,
        my_zone=two.zone_of(two.me),
        their_zone=two.zone_of(two.them),
        agreed=_view(_in_state(times, TimeState.AGREED), two),
        proposed=_view(_in_state(times, TimeState.PROPOSED), two),
    )


def propose_time(  # noqa: PLR0913  (what a call is made of)
    institute_id: UUID,
    person_id: UUID | None,
    peer_id: UUID,
    span: CallSpan,
    *,
    place: str,
    by: str,
) -> CallTime:
    """Propose a time for a call, or another one in place of that which is proposed or agreed.

    What both agreed on stands until the other accepts the new time. Raises ``NotFound`` for who
    is no peer, and ``Refusal`` for a time that is over, does not exist or comes twice.
    """
    two = couple(institute_id, person_id, peer_id, hold=True)
    if instant_of(span.starts, span.time_zone, field="at") <= clock.now():
        raise Refusal(say("That time is over. Choose one to come."), field="on")
    call = _call_for(two.match)
    now = clock.now()
    db.session.execute(
        update(CallTime)
        .where(CallTime.call_id == call.id, CallTime.state == TimeState.PROPOSED)
        .values(state=TimeState.REPLACED, settled_at=now)
    )
    time = CallTime(
        call_id=call.id,
        by_id=two.me.view.person_id,
        state=TimeState.PROPOSED,
        starts=span.starts,
        time_zone=span.time_zone,
        minutes=span.minutes,
        place=place,
        proposed_at=now,
    )
    db.session.add(time)
    meanwhile = Conflict(say("The other proposed a time at the same moment. Look at it first."))
    with translating(ONE_PROPOSAL, into=meanwhile):
        db.session.flush()
    call_mails.tell_of_proposal(time, two)
    audit.record("propose_call", f"joint_call:{call.id}", by=by, after={"time": str(time.id)})
    return time


def answer_time(  # noqa: PLR0913  (who, whom, and what)
    institute_id: UUID,
    person_id: UUID | None,
    peer_id: UUID,
    time_id: UUID,
    by: str,
    *,
    yes: bool,
) -> JointCall:
    """Accept a time that the other proposed, so that both get an invitation; or say no to it.

    An invitation that was sent before moves: it keeps its UID, and its number rises. Raises
    ``NotFound``, or ``Refusal`` for a time that is over or not proposed any more.
    """
    two = couple(institute_id, person_id, peer_id, hold=True)
    call = open_call(two.match.id)
    time = _in_state(call.times, TimeState.PROPOSED) if call else None
    if call is None or time is None or time.id != time_id or time.by_id != peer_id:
        raise NotFound(say("This time is not proposed any more. Reload the page."))
    if yes and span_of(time).begins_at <= clock.now():
        raise Refusal(say("That time is over. Propose another one."))
    now = clock.now()
    if yes:
        db.session.execute(
            update(CallTime)
            .where(CallTime.call_id == call.id, CallTime.state == TimeState.AGREED)
            .values(state=TimeState.REPLACED, settled_at=now)
        )
    answered = db.session.scalar(
        update(CallTime)
        .where(CallTime.id == time_id, CallTime.state == TimeState.PROPOSED)
        .values(state=TimeState.AGREED if yes else TimeState.REFUSED, settled_at=now)
        .returning(CallTime.id)
    )
    if answered is None:
        raise Conflict(say("This time is not proposed any more. Reload the page."))
    if yes:
        call.sequence += 1
        call.changed_at = now
    db.session.flush()
    db.session.expire(call)
    call_mails.drop_proposal(time)
    if yes:
        call_mails.tell_agreed(call, two)
    else:
        call_mails.tell_refused(time, two)
    audit.record(
        "answer_call", f"joint_call:{call.id}", by=by, after={"time": str(time_id), "yes": yes}
    )
    return call


def call_off(institute_id: UUID, person_id: UUID | None, peer_id: UUID, by: str) -> None:
    """Call a call off, agreed or only proposed; who was invited gets a cancellation.

    Raises ``NotFound`` when there is none.
    """
    two = couple(institute_id, person_id, peer_id, hold=True)
    call = open_call(two.match.id)
    if call is None or not _end(call, called_off=True):
        raise NotFound(say("There is no call any more. Reload the page."))
    call_mails.tell_called_off(call, two)
    audit.record("call_off", f"joint_call:{call.id}", by=by)


def end_calls(matches: Iterable[PeerMatch]) -> None:
    """Call off what two planned who are no pair any more; calendars hear it, and nothing else."""
    for match in matches:
        call = open_call(match.id)
        if call is not None and _end(call, called_off=True):
            call_mails.tell_ended(call, match)


def open_call(match_id: UUID) -> JointCall | None:
    """Return the call of a pair that is proposed or agreed and not called off, if there is one."""
    return db.session.scalar(
        select(JointCall)
        .where(JointCall.match_id == match_id, JointCall.ended_at.is_(None))
        .execution_options(populate_existing=True)
    )


def span_of(time: CallTime) -> CallSpan:
    """Return from when to when a time is."""
    return CallSpan(starts=time.starts, time_zone=time.time_zone, minutes=time.minutes)


def agreed_time(call: JointCall) -> CallTime | None:
    """Return the time that both agreed on, if they did."""
    return _in_state(call.times, TimeState.AGREED)


def _call_for(match: PeerMatch) -> JointCall:
    """Return the open call of a pair; a new one where there is none, or the last one is over."""
    call = open_call(match.id)
    now = clock.now()
    if call is not None:
        agreed = agreed_time(call)
        if agreed is None or span_of(agreed).ends_at > now:
            return call
        _end(call, called_off=False)
    call = JointCall(match_id=match.id, uid=str(uuid4()), made_at=now, changed_at=now)
    db.session.add(call)
    already = Conflict(say("The other proposed a time at the same moment. Look at it first."))
    with translating(ONE_CALL, into=already):
        db.session.flush()
    return call


def _end(call: JointCall, *, called_off: bool) -> bool:
    """End a call; tell whether it had not ended before."""
    now = clock.now()
    ended = db.session.scalar(
        update(JointCall)
        .where(JointCall.id == call.id, JointCall.ended_at.is_(None))
        .values(
            ended_at=now,
            called_off=called_off,
            changed_at=now,
            sequence=JointCall.sequence + (1 if called_off else 0),
        )
        .returning(JointCall.id)
    )
    db.session.refresh(call)
    for time in call.times:
        call_mails.drop_proposal(time)
    return ended is not None


def _in_state(times: Iterable[CallTime], state: TimeState) -> CallTime | None:
    return next((time for time in times if time.state is state), None)


def _view(time: CallTime | None, two: Couple) -> TimeView | None:
    if time is None:
        return None
    return TimeView(
        id=time.id,
        span=span_of(time),
        place=time.place,
        mine=time.by_id == two.me.view.person_id,
    )
