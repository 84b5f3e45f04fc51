"""Two who are introduced to each other: found for one of them, with both as they are now."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.people import Person, people_at
from cohorts.matching.service.rounds import at_institute, institutes_of
from consortium.database import db
from consortium.directory import service as directory
from consortium.errors import NotFound
from consortium.words import say
from events import facade
from events.facade import InstituteView


@dataclass(frozen=True, kw_only=True)
class Couple:
    """A match, as one of the two stands in it."""

    match: PeerMatch
    me: Person
    them: Person

    def zone_of(self, person: Person) -> str:
        """Return by which clocks someone lives: the LEA's, else the institute's."""
        view = person.view
        zone = directory.get_lea(view.lea_id).time_zone if view.lea_id else ""
        return zone or self.home_of(person).time_zone

    def home_of(self, person: Person) -> InstituteView:
        """Return the institute at which someone takes part."""
        return facade.institute_with(person.institute_id or self.match.run.institute_id)


def couple(
    institute_id: UUID, person_id: UUID | None, peer_id: UUID, *, hold: bool = False
) -> Couple:
    """Return two who are introduced and both take part. Raises ``NotFound``.

    ``hold``: whoever declines the other at this moment waits, or has done so before.
    """
    peers = (
        select(PeerMatch)
        .join(PeerMatch.run)
        .where(
            at_institute(institute_id),
            MatchRun.published_at.is_not(None),
            PeerMatch.introduced_at.is_not(None),
            PeerMatch.ended_at.is_(None),
            or_(
                (PeerMatch.first_id == person_id) & (PeerMatch.second_id == peer_id),
                (PeerMatch.first_id == peer_id) & (PeerMatch.second_id == person_id),
            ),
        )
        .order_by(PeerMatch.id)
        .limit(1)
    )
    match = db.session.scalar(peers.with_for_update(read=True, of=PeerMatch) if hold else peers)
    found = couple_of(match, person_id) if match is not None and person_id else None
    if found is None:
        raise NotFound(say("You have no such peer, or not any more."))
    return found


def couple_of(match: PeerMatch, person_id: UUID) -> Couple | None:
    """Return the two as one of them sees it; ``None`` when they are no pair any more."""
    if match.introduced_at is None or match.ended_at is not None:
        return None
    both = {match.first_id, match.second_id}
    people = people_at(institutes_of(match.run), only=both)
    if not all(id_ in people and people[id_].view.wants_peers for id_ in both):
        return None
    (other,) = both - {person_id}
    return Couple(match=match, me=people[person_id], them=people[other])
