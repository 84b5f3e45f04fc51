"""What nobody answers ends by itself: it would hold a place, and a hope, for ever."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update

from cohorts.matching import emails
from cohorts.matching.domain.asking import ANSWER_WITHIN, RequestState
from cohorts.matching.models import MatchRun, PeerMatch, PeerRequest
from cohorts.matching.service.asking import WORKER
from cohorts.matching.service.people import people_at, people_of
from cohorts.matching.service.request_mails import drop_request_mails, tell_lapsed
from cohorts.matching.service.rounds import institutes_of
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from events import facade


def requests_to_lapse() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of requests that lay before someone long enough, in any consortium.

    Held ones are not among them: they wait for a place, and nobody has been asked yet.
    """
    silent = select(PeerRequest.tenant_id, PeerRequest.id).where(
        PeerRequest.state == RequestState.OFFERED,
        PeerRequest.offered_at <= clock.now() - ANSWER_WITHIN,
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(silent)]


def lapse_request(request_id: UUID) -> int:
    """End a request that nobody answered, and tell who asked; return 1 when it did so.

    The asked person hears nothing, has the place back, and may be asked again. Safe to do again.
    """
    now = clock.now()
    lapsed = db.session.scalar(
        update(PeerRequest)
        .where(
            PeerRequest.id == request_id,
            PeerRequest.state == RequestState.OFFERED,
            PeerRequest.offered_at <= now - ANSWER_WITHIN,
        )
        .values(state=RequestState.LAPSED, settled_at=now)
        .returning(PeerRequest.id)
    )
    if lapsed is None:
        return 0
    request = db.session.get_one(PeerRequest, request_id, populate_existing=True)
    drop_request_mails(request)
    people = people_of(request.institute_id, only={request.from_id, request.to_id})
    who, asked = people.get(request.from_id), people.get(request.to_id)
    if who is not None and asked is not None:
        tell_lapsed(request, who, asked)
    audit.record(
        "lapse_request",
        f"peer_request:{request_id}",
        by=WORKER,
        before={"state": RequestState.OFFERED.value},
        after={"state": RequestState.LAPSED.value},
    )
    return 1


def suggestions_to_lapse() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of pairs suggested long enough ago whom not both have accepted."""
    silent = (
        select(PeerMatch.tenant_id, PeerMatch.id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(
            MatchRun.published_at <= clock.now() - ANSWER_WITHIN,
            PeerMatch.introduced_at.is_(None),
            PeerMatch.ended_at.is_(None),
        )
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(silent)]


def lapse_suggestion(match_id: UUID) -> int:
    """End a suggestion that not both have accepted; return 1 when it did so.

    Both have a place back for the next round. Only who had accepted gets a mail. Safe to do again.
    """
    lapsed = db.session.scalar(
        update(PeerMatch)
        .where(
            PeerMatch.id == match_id,
            PeerMatch.introduced_at.is_(None),
            PeerMatch.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
        .returning(PeerMatch.id)
    )
    if lapsed is None:
        return 0
    match = db.session.get_one(PeerMatch, match_id, populate_existing=True)
    people = people_at(institutes_of(match.run), only={match.first_id, match.second_id})
    for accepted_at, id_, other in (
        (match.first_accepted_at, match.first_id, match.second_id),
        (match.second_accepted_at, match.second_id, match.first_id),
    ):
        if accepted_at is not None and {id_, other} <= people.keys():
            home = people[id_].institute_id or match.run.institute_id
            mail = emails.lapsed(
                facade.institute_with(home),
                people[id_].view,
                people[other].view.name,
                suggested=True,
            )
            outbox.promise(mail, about=f"suggestion:{match.id}")
    # Whoever reads the record sees that it was done, and not whom it was about.
    audit.record("lapse_suggestion", f"institute:{match.run.institute_id}", by=WORKER)
    return 1
