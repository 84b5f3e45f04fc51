"""Ask someone for a match: offered at once, or held until the asked person has room again."""

from uuid import UUID

from sqlalchemy import Select, or_, select, update

from cohorts.matching.domain.asking import OPEN_STATES, RequestKind, RequestState, Room
from cohorts.matching.models import ONE_REQUEST, PeerRequest
from cohorts.matching.service.fits import still_strangers
from cohorts.matching.service.history import hold_people
from cohorts.matching.service.limits import NO_LIMIT, limit_of, limits
from cohorts.matching.service.people import Person, people_of
from cohorts.matching.service.request_mails import drop_request_mails, tell_asked
from cohorts.matching.service.room import places
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound, Refusal
from consortium.words import say

MOST_OPEN = 3
"""Requests that someone may have open at an institute, so that nobody asks everybody."""
WORKER = "command:worker"


def ask_for_match(
    institute_id: UUID, person_id: UUID | None, asked_id: UUID, *, words: str, by: str
) -> PeerRequest:
    """Ask someone of the institute for a match, in words that this person alone reads.

    It is put before the asked person at once, by mail and on the page; where a mentor has as many
    matches as they take, or someone pauses, it is held and put before them by itself when there
    is room. Raises ``NotFound`` for someone who cannot be asked, and ``Refusal`` when the two have
    met, one has asked the other already, or too many requests are open.
    """
    hold_people(*sorted(id_ for id_ in (person_id, asked_id) if id_ is not None))
    me, them = _both(institute_id, person_id, asked_id)
    if not still_strangers(me, them, institute_id):
        raise Refusal(say("The two of you cannot be matched, or were before. Ask someone else."))
    _check_open(institute_id, me.view.person_id, asked_id)
    limit = limit_of(asked_id)
    room = places(asked_id).room
    now = clock.now()
    request = PeerRequest(
        institute_id=institute_id,
        from_id=me.view.person_id,
        to_id=asked_id,
        kind=RequestKind.MENTOR if limit.mentor else RequestKind.PEER,
        words=words,
        state=RequestState.OFFERED if room is Room.FREE else RequestState.HELD,
        asked_at=now,
        offered_at=now if room is Room.FREE else None,
    )
    db.session.add(request)
    with translating(ONE_REQUEST, into=_asked_already()):
        db.session.flush()
    if request.state is RequestState.OFFERED:
        tell_asked(request, me, them)
    audit.record(
        "ask_for_match", f"peer_request:{request.id}", by=by, after={"state": request.state.value}
    )
    return request


def withdraw_request(institute_id: UUID, person_id: UUID | None, request_id: UUID, by: str) -> None:
    """Take a request back that nobody has answered. Raises ``NotFound``."""
    taken_back = db.session.scalar(
        update(PeerRequest)
        .where(
            PeerRequest.id == request_id,
            PeerRequest.institute_id == institute_id,
            PeerRequest.from_id == person_id,
            PeerRequest.state.in_(OPEN_STATES),
        )
        .values(state=RequestState.WITHDRAWN, settled_at=clock.now())
        .returning(PeerRequest.id)
    )
    if taken_back is None:
        raise no_such_request()
    drop_request_mails(db.session.get_one(PeerRequest, request_id, populate_existing=True))
    audit.record("withdraw_request", f"peer_request:{request_id}", by=by)


def offer_held(asked_id: UUID) -> int:
    """Put held requests before someone who has room again, the oldest first; return how many.

    A request of someone who does not take part any more is dropped.
    """
    if places(asked_id).room is not Room.FREE:
        return 0
    hold_people(asked_id)
    offered = 0
    for request in db.session.scalars(_held_for(asked_id)).all():
        people = people_of(request.institute_id, only={request.from_id, asked_id})
        them, me = people.get(request.from_id), people.get(asked_id)
        now = clock.now()
        if them is None or me is None or not take_part(them, me):
            request.state, request.settled_at = RequestState.DROPPED, now
            continue
        if not still_strangers(them, me, request.institute_id):
            request.state, request.settled_at = RequestState.DROPPED, now
            continue
        if places(asked_id).room is not Room.FREE:
            break
        request.state, request.offered_at = RequestState.OFFERED, now
        db.session.flush()
        tell_asked(request, them, me)
        audit.record(
            "offer_request",
            f"peer_request:{request.id}",
            by=WORKER,
            before={"state": RequestState.HELD.value},
            after={"state": RequestState.OFFERED.value},
        )
        offered += 1
    db.session.flush()
    return offered


def drop_requests(institute_id: UUID, person_id: UUID | None = None) -> None:
    """End the open requests of and to someone who takes no part any more, or of everyone."""
    theirs = select(PeerRequest).where(
        PeerRequest.institute_id == institute_id, PeerRequest.state.in_(OPEN_STATES)
    )
    if person_id is not None:
        theirs = theirs.where(or_(PeerRequest.from_id == person_id, PeerRequest.to_id == person_id))
    for request in db.session.scalars(theirs.order_by(PeerRequest.id).with_for_update()).all():
        request.state, request.settled_at = RequestState.DROPPED, clock.now()
        drop_request_mails(request)
    db.session.flush()


def _both(institute_id: UUID, person_id: UUID | None, asked_id: UUID) -> tuple[Person, Person]:
    """Return who asks and who is asked; both take part, and the other may be asked."""
    people = people_of(institute_id, only={id_ for id_ in (person_id, asked_id) if id_})
    me, them = people.get(person_id or asked_id), people.get(asked_id)
    listed = limits().get(asked_id, NO_LIMIT).listed
    if person_id is None or me is None or them is None or person_id == asked_id or not listed:
        raise NotFound(say("Nobody like that can be asked here, or not any more."))
    if not me.view.wants_peers:
        raise Refusal(say("Take part in the matching first: tick it on your page of peers."))
    if not them.view.wants_peers:
        raise NotFound(say("Nobody like that can be asked here, or not any more."))
    return me, them


def take_part(*people: Person) -> bool:
    """Tell whether all of these agree to be matched at this moment."""
    return all(person.view.wants_peers for person in people)


def _check_open(institute_id: UUID, person_id: UUID, asked_id: UUID) -> None:
    both = select(PeerRequest.from_id, PeerRequest.to_id, PeerRequest.state).where(
        or_(PeerRequest.from_id == person_id, PeerRequest.to_id == person_id)
    )
    rows = db.session.execute(both.where(PeerRequest.institute_id == institute_id)).all()
    mine = [row for row in rows if row.from_id == person_id]
    if any(row.from_id == asked_id and row.state in OPEN_STATES for row in rows):
        raise Refusal(say("This person has asked you already. Answer on your page of peers."))
    if any(row.to_id == asked_id and row.state in OPEN_STATES for row in mine):
        raise _asked_already()
    if any(row.to_id == asked_id and row.state is RequestState.DECLINED for row in mine):
        raise Refusal(say("This person could not take it on. Ask someone else."))
    if sum(row.state in OPEN_STATES for row in mine) >= MOST_OPEN:
        raise Refusal(
            say(
                "You have asked %(most)s people who have not answered. Wait, or take a request "
                "back first.",
                most=MOST_OPEN,
            )
        )


def _asked_already() -> Conflict:
    return Conflict(say("You have asked this person already."))


def _held_for(asked_id: UUID) -> Select[PeerRequest]:
    return (
        select(PeerRequest)
        .where(PeerRequest.to_id == asked_id, PeerRequest.state == RequestState.HELD)
        .order_by(PeerRequest.asked_at, PeerRequest.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def no_such_request() -> NotFound:
    """Return the refusal of a request that is not there, or not any more."""
    return NotFound(say("There is no such request, or it was answered already."))
