"""What a matched person sees of the peers, and nothing that they do not share at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from cohorts.matching.domain.asking import ANSWER_WITHIN
from cohorts.matching.domain.rounds import Accepting, Source, Step
from cohorts.matching.domain.values import Reader
from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.people import Person, people_at, people_of
from cohorts.matching.service.rounds import at_institute, institutes_of
from cohorts.matching.service.sharing import OwnSharing, no_seat, sharing_in
from cohorts.matching.service.standings import may_meet, standings
from cohorts.matching.service.telling import sentence_of, told_to
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import Sentence, say


@dataclass(frozen=True, kw_only=True)
class Peer:
    """A matched peer with what the peer agreed to show; the rest is not here at all."""

    person_id: UUID
    name: str
    role_label: str
    lea_name: str
    site: str
    state: str
    email: str | None
    phone: str | None
    reasons: tuple[Sentence, ...]
    introduced_at: datetime
    """When the pair was published, or asked for."""
    match_id: UUID
    step: Step
    """How far the two are; contacts are here only once they are introduced."""

    @property
    def shared(self) -> tuple[str, ...]:
        """The names of the contact fields the peer shows."""
        fields = (("email", self.email), ("phone", self.phone))
        return tuple(name for name, value in fields if value)

    @property
    def lapses_at(self) -> datetime:
        """When a suggestion that not both have accepted ends by itself."""
        return self.introduced_at + ANSWER_WITHIN


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """A participant's page of peers."""

    peers: Sequence[Peer]
    """Those of the newest run first, then by how well they fit."""
    sharing: OwnSharing
    published: bool
    """Whether any run of the institute has been published."""
    left_out: Sentence | None
    """Why the newest run found nobody for this person."""

    @property
    def introduced(self) -> Sequence[Peer]:
        """The peers who see this person's contact, and whose contact this person sees."""
        return [peer for peer in self.peers if peer.step is Step.INTRODUCED]

    @property
    def suggested(self) -> Sequence[Peer]:
        """Those whom this person, or the other, has not accepted yet."""
        return [peer for peer in self.peers if peer.step is not Step.INTRODUCED]

    def peer(self, person_id: UUID) -> Peer:
        """Return one of the peers. Raises ``NotFound``."""
        for peer in self.peers:
            if peer.person_id == person_id:
                return peer
        raise NotFound(say("You have no such peer, or not any more."))


def contacts_of(institute_id: UUID, person_id: UUID | None) -> Contacts:
    """Return the peers this person sees at this moment, and what they see of this person.

    Both must take part now: who withdraws sees no peers and is seen by none. Raises
    ``NotFound`` for someone without a confirmed seat.
    """
    if person_id is None:
        raise no_seat()
    matches = _matches(institute_id, person_id)
    people = dict(people_of(institute_id, only={person_id, *_met(matches, institute_id)}))
    if person_id not in people:
        raise no_seat()
    elsewhere = [one for match in matches for one in institutes_of(match.run)]
    for there in sorted(set(elsewhere) - {institute_id}):
        people = {**people_at([there], only=_met(matches, there) - {person_id}), **people}
    latest = db.session.scalar(
        select(MatchRun)
        .where(
            at_institute(institute_id),
            MatchRun.published_at.is_not(None),
            MatchRun.source == Source.FOUND,
        )
        .order_by(MatchRun.published_at.desc())
        .limit(1)
    )
    left_out = latest.left_out if latest else []
    reason = next((out for out in left_out if out["person"] == str(person_id)), None)
    own = people[person_id].view
    return Contacts(
        peers=_peers(matches, own.person_id, people) if own.wants_peers else (),
        sharing=sharing_in(own),
        published=latest is not None,
        left_out=sentence_of(reason) if reason else None,
    )


def _matches(institute_id: UUID, person_id: UUID) -> Sequence[PeerMatch]:
    statement = (
        select(PeerMatch)
        .join(PeerMatch.run)
        .where(
            at_institute(institute_id),
            MatchRun.published_at.is_not(None),
            PeerMatch.ended_at.is_(None),
            or_(PeerMatch.first_id == person_id, PeerMatch.second_id == person_id),
        )
        .options(contains_eager(PeerMatch.run))
    )
    return db.session.scalars(statement).all()


def _met(matches: Sequence[PeerMatch], institute_id: UUID) -> set[UUID]:
    """Return the people of the matches that were made at this institute."""
    return {
        id_
        for match in matches
        if institute_id in institutes_of(match.run)
        for id_ in (match.first_id, match.second_id)
    }


def _peers(matches: Sequence[PeerMatch], me: UUID, people: Mapping[UUID, Person]) -> Sequence[Peer]:
    """Return who takes part now: the newest run first, then the best fit, then by name."""
    peers = []
    said = standings()
    for match in matches:
        mine, theirs = Reader.FIRST, match.second_id
        if match.second_id == me:
            mine, theirs = Reader.SECOND, match.first_id
        person = people.get(theirs)
        if person is None or not person.view.wants_peers:
            continue
        if match.introduced_at is None and not may_meet(people[me], person, said):
            continue
        peers.append((-match.score, _peer(person, match, mine)))
    best_first = [peer for _, peer in sorted(peers, key=lambda one: (one[0], one[1].name))]
    return sorted(best_first, key=lambda peer: peer.introduced_at, reverse=True)


def _peer(person: Person, match: PeerMatch, reader: Reader) -> Peer:
    view = person.view
    accepted = (match.first_accepted_at, match.second_accepted_at)
    mine, theirs = accepted if reader is Reader.FIRST else reversed(accepted)
    how = Accepting(mine=mine, theirs=theirs, introduced_at=match.introduced_at)
    known = how.step is Step.INTRODUCED
    return Peer(
        person_id=view.person_id,
        name=view.name,
        role_label=view.role_label,
        lea_name=view.lea_name,
        site=view.site,
        state=view.state,
        email=view.email if known and view.shares_email else None,
        phone=view.phone or None if known and view.shares_phone else None,
        reasons=told_to(reader, match.reasons),
        introduced_at=match.run.published_at or match.run.ran_at,
        match_id=match.id,
        step=how.step,
    )
