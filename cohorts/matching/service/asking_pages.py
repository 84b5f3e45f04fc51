"""Who can be asked for a match, and what became of one's requests, as a participant reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.domain.asking import (
    ANSWER_WITHIN,
    OPEN_STATES,
    Places,
    RequestKind,
    RequestState,
    Room,
)
from cohorts.matching.domain.values import Reader
from cohorts.matching.models import PeerRequest
from cohorts.matching.service.fits import Fitting, fit, fits_of, work_together
from cohorts.matching.service.history import forbidden, met
from cohorts.matching.service.limits import NO_LIMIT, Limit, limits
from cohorts.matching.service.people import Person, people_of
from cohorts.matching.service.room import places_of_all
from cohorts.matching.service.sharing import no_seat
from cohorts.matching.service.standings import may_meet, standings
from cohorts.matching.service.telling import stored, told_to
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import Sentence, say

ANYONE = Places(most=None, active=0)
BEST = 4
"""So many of those who fit best are shown first (DOMAIN.md, section 8)."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Someone who can be asked: never a contact."""

    person_id: UUID
    name: str
    role_label: str
    lea_name: str
    site: str
    state: str
    mentor: bool
    room: Room
    reasons: Sequence[Sentence]
    score: int


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Who can be asked, as one person sees it."""

    takes_part: bool
    best: Sequence[Candidate]
    """Those who fit best, at most four."""
    others: Sequence[Candidate]

    def one(self, person_id: UUID) -> Candidate:
        """Return one of them. Raises ``NotFound``."""
        for candidate in (*self.best, *self.others):
            if candidate.person_id == person_id:
                return candidate
        raise NotFound(say("Nobody like that can be asked here, or not any more."))


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """A request as one of the two reads it."""

    id: UUID
    name: str
    role_label: str
    lea_name: str
    site: str
    state: str
    """Where the other is from."""
    mentor: bool
    words: str
    how: RequestState
    room: Room
    """Why it is held, where it is."""
    asked_at: datetime
    lapses_at: datetime | None
    """When it ends by itself, while it is before the other."""
    reasons: Sequence[Sentence]


@dataclass(frozen=True, kw_only=True)
class OwnRequests:
    """What someone asked for, and was asked for, at an institute."""

    asked: Sequence[RequestView]
    """Open ones, and those the other could not take on or did not answer; newest first."""
    before_me: Sequence[RequestView]
    """Those to answer, oldest first."""

    def one(self, request_id: UUID) -> RequestView:
        """Return one of them. Raises ``NotFound``."""
        for request in (*self.asked, *self.before_me):
            if request.id == request_id:
                return request
        raise NotFound(say("There is no such request, or it was answered already."))


def candidates_of(institute_id: UUID, person_id: UUID | None) -> Candidates:
    """Return whom this person can ask for a match: who said so, takes part, and works elsewhere.

    Who met this person before, was asked already, or is kept apart, is not among them. Raises
    ``NotFound`` for someone without a confirmed seat.
    """
    said = limits()
    listed = {id_ for id_, limit in said.items() if limit.listed}
    people = people_of(institute_id, only=listed | {person_id} if person_id else listed)
    me = people.get(person_id) if person_id else None
    if me is None:
        raise no_seat()
    if not me.view.wants_peers:
        return Candidates(takes_part=False, best=(), others=())
    by = fits_of(institute_id)
    apart = _apart(me, institute_id)
    standing = standings()
    room = places_of_all()
    found = [
        _candidate(me, them, said.get(id_, NO_LIMIT), room.get(id_, ANYONE), by)
        for id_, them in people.items()
        if id_ not in apart
        and id_ != person_id
        and them.view.wants_peers
        and not work_together(me, them, by_site=by.by_site)
        and may_meet(me, them, standing)
    ]
    found.sort(key=lambda one: (-one.score, not one.mentor, one.name, str(one.person_id)))
    best = [one for one in found if one.reasons][:BEST]
    others = [one for one in found if one not in best]
    return Candidates(takes_part=True, best=best, others=others)


def requests_of(institute_id: UUID, person_id: UUID) -> OwnRequests:
    """Return what this person asked for and has to answer, of people who still take part."""
    rows = db.session.scalars(
        select(PeerRequest)
        .where(
            PeerRequest.institute_id == institute_id,
            or_(PeerRequest.from_id == person_id, PeerRequest.to_id == person_id),
            PeerRequest.state.in_((*OPEN_STATES, RequestState.DECLINED, RequestState.LAPSED)),
        )
        .order_by(PeerRequest.asked_at, PeerRequest.id)
    ).all()
    if not rows:
        return OwnRequests(asked=(), before_me=())
    everyone = {id_ for row in rows for id_ in (row.from_id, row.to_id)}
    people = {
        id_: person
        for id_, person in people_of(institute_id, only=everyone).items()
        if person.view.wants_peers
    }
    room, by = places_of_all(), fits_of(institute_id)
    shown = [row for row in rows if {row.from_id, row.to_id} <= people.keys()]
    return OwnRequests(
        asked=[
            _view(row, people, room, by, me=person_id)
            for row in reversed(shown)
            if row.from_id == person_id
        ],
        before_me=[
            _view(row, people, room, by, me=person_id)
            for row in shown
            if row.to_id == person_id and row.state is RequestState.OFFERED
        ],
    )


def _apart(me: Person, institute_id: UUID) -> set[UUID]:
    """Return who met this person, must not, was asked and has not said yes, or asked first."""
    mine = me.view.person_id
    pairs = met() | forbidden()
    rows = db.session.execute(
        select(PeerRequest.from_id, PeerRequest.to_id, PeerRequest.state).where(
            PeerRequest.institute_id == institute_id,
            or_(PeerRequest.from_id == mine, PeerRequest.to_id == mine),
        )
    ).all()
    asked = {
        (row.from_id, row.to_id)
        for row in rows
        if row.state in OPEN_STATES or (row.from_id == mine and row.state is RequestState.DECLINED)
    }
    return {id_ for pair in pairs | asked if mine in pair for id_ in pair if id_ != mine}


def _candidate(me: Person, them: Person, limit: Limit, room: Places, by: Fitting) -> Candidate:
    found = fit(me, them, by)
    mine = Reader.FIRST if me.view.person_id < them.view.person_id else Reader.SECOND
    view = them.view
    return Candidate(
        person_id=view.person_id,
        name=view.name,
        role_label=view.role_label,
        lea_name=view.lea_name,
        site=view.site,
        state=view.state,
        mentor=limit.mentor,
        room=room.room,
        reasons=told_to(mine, stored(found.reasons)),
        score=found.score,
    )


def _view(
    row: PeerRequest,
    people: Mapping[UUID, Person],
    room: Mapping[UUID, Places],
    by: Fitting,
    *,
    me: UUID,
) -> RequestView:
    other = people[row.to_id if row.from_id == me else row.from_id]
    found = fit(people[me], other, by)
    mine = Reader.FIRST if me < other.view.person_id else Reader.SECOND
    at_most = room.get(row.to_id, ANYONE)
    return RequestView(
        id=row.id,
        name=other.view.name,
        role_label=other.view.role_label,
        lea_name=other.view.lea_name,
        site=other.view.site,
        state=other.view.state,
        mentor=row.kind is RequestKind.MENTOR,
        words=row.words,
        how=row.state,
        room=Room.PAUSED if at_most.paused else Room.AT_LIMIT,
        asked_at=row.asked_at,
        lapses_at=row.offered_at + ANSWER_WITHIN if row.offered_at else None,
        reasons=told_to(mine, stored(found.reasons)),
    )
