"""Answer a request for a match: yes, and the two are introduced; or no, without a reason."""

from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.asking import RequestState
from cohorts.matching.domain.rounds import Source
from cohorts.matching.models import MatchRun, PeerMatch, PeerRequest
from cohorts.matching.service.asking import no_such_request, take_part
from cohorts.matching.service.fits import fit, fits_of, still_strangers
from cohorts.matching.service.history import hold_people
from cohorts.matching.service.introductions import introduce_pair
from cohorts.matching.service.people import Person, people_of
from cohorts.matching.service.request_mails import drop_request_mails, tell_declined
from cohorts.matching.service.room import places
from cohorts.matching.service.telling import stored
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Refusal
from consortium.words import say


def answer_request(
    institute_id: UUID, person_id: UUID | None, request_id: UUID, by: str, *, yes: bool
) -> PeerRequest:
    """Say yes, and be introduced to each other at once; or no, without a reason.

    Raises ``NotFound`` for a request that is not before this person, and ``Refusal`` when a mentor
    has no room any more: whoever ends a match, or takes more, can say yes then.
    """
    request = _request(institute_id, request_id)
    if request is None or request.to_id != person_id:
        raise no_such_request()
    hold_people(*sorted((request.from_id, request.to_id)))
    request = _held(request_id)
    if request is None or request.state is not RequestState.OFFERED:
        raise no_such_request()
    people = people_of(institute_id, only={request.from_id, request.to_id})
    them, me = people.get(request.from_id), people.get(request.to_id)
    now = clock.now()
    if not yes:
        request.state, request.settled_at = RequestState.DECLINED, now
        drop_request_mails(request)
        if them is not None and me is not None:
            tell_declined(request, them, me)
    elif them is None or me is None or not take_part(them, me):
        raise Refusal(say("Someone of you does not take part any more."))
    elif not still_strangers(them, me, institute_id):
        raise Refusal(say("The two of you cannot be matched any more, or were meanwhile."))
    elif not places(request.to_id).takes_one:
        raise Refusal(
            say(
                "You have as many matches as you take at a time. End one, or take more, and then "
                "say yes."
            )
        )
    else:
        request.match_id = _introduced(request, them, me).id
        request.state, request.settled_at = RequestState.ACCEPTED, now
        drop_request_mails(request)
    db.session.flush()
    audit.record(
        "answer_request", f"peer_request:{request.id}", by=by, after={"state": request.state.value}
    )
    return request


def _introduced(request: PeerRequest, them: Person, me: Person) -> PeerMatch:
    """Make the two a pair that is published at once: one asked, the other said yes."""
    now = clock.now()
    first, second = sorted((request.from_id, request.to_id))
    found = fit(them, me, fits_of(request.institute_id))
    match = PeerMatch(
        first_id=first,
        second_id=second,
        score=found.score,
        terms=dict(found.terms),
        reasons=stored(found.reasons),
        first_accepted_at=now,
        second_accepted_at=now,
        introduced_at=now,
    )
    run = MatchRun(
        institute_id=request.institute_id,
        source=Source.ASKED,
        two_sided=True,
        ran_at=now,
        ran_by=me.view.email,
        published_at=now,
        each=1,
        people=2,
        weight=found.score,
        matches=[match],
    )
    db.session.add(run)
    db.session.flush()
    introduce_pair(match)
    return match


def _request(institute_id: UUID, request_id: UUID) -> PeerRequest | None:
    return db.session.scalar(
        select(PeerRequest).where(
            PeerRequest.id == request_id, PeerRequest.institute_id == institute_id
        )
    )


def _held(request_id: UUID) -> PeerRequest | None:
    """Return a request as it is now, held until its answer is written."""
    return db.session.scalar(
        select(PeerRequest)
        .where(PeerRequest.id == request_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
