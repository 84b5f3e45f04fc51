"""Which pairs of a draft can still be published: much may have happened since it was found."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.history import (
    active_peers,
    by_person,
    forbidden,
    live_pairs,
    met,
    pinned,
)
from cohorts.matching.service.limits import NO_LIMIT, limits, places_of
from cohorts.matching.service.people import Person, colleagues_in, face_of
from cohorts.matching.service.rounds import institutes_of
from cohorts.matching.service.standings import may_meet, standings
from consortium.database import db
from events import facade


def hold_drafts() -> None:
    """Let no other draft of the consortium be published before this transaction ends.

    Who was published as a pair at one institute meets at no other, and a mentor's places count
    over all of them: two publications at one moment would not see each other's.
    """
    drafts = select(MatchRun.id).where(MatchRun.published_at.is_(None)).order_by(MatchRun.id)
    db.session.execute(drafts.with_for_update())


def still_fitting(run: MatchRun, people: Mapping[UUID, Person]) -> list[PeerMatch]:
    """Return the pairs that both still want and every rule still allows.

    A pair goes when one of the two takes no part or pauses, when they met or were forbidden to
    since, when they work together now, and when a dispute keeps them apart. Where someone has fewer
    places than the draft gives, what counts least goes; what a coordinator locked goes last.
    """
    by_site = all(facade.institute_with(id_).by_site for id_ in institutes_of(run))
    colleagues = colleagues_in(people, by_site=by_site)
    units = {id_: face_of(person, by_site=by_site).unit for id_, person in people.items()}
    never = met() | forbidden()
    said = standings()
    places = _places(run, people)
    taken: Counter[UUID] = Counter()
    stay = []
    for match in _best_first(run):
        pair = first, second = match.first_id, match.second_id
        if (
            all(taken[id_] < places.get(id_, 0) for id_ in pair)
            and pair not in never
            and second not in colleagues[first]
            and units[first] != units[second]
            and may_meet(people[first], people[second], said)
        ):
            taken.update(pair)
            stay.append(match)
    return stay


def _best_first(run: MatchRun) -> list[PeerMatch]:
    pins = pinned(run.institute_id)
    return sorted(
        run.matches,
        key=lambda match: ((match.first_id, match.second_id) not in pins, -match.score, match.id),
    )


def _places(run: MatchRun, people: Mapping[UUID, Person]) -> Mapping[UUID, int]:
    """Return how many peers of this run everyone can take, by what they say now."""
    said, active = limits(), active_peers()
    takers = {
        id_
        for id_, person in people.items()
        if person.view.wants_peers and not said.get(id_, NO_LIMIT).paused
    }
    kept: Mapping[UUID, set[UUID]] = {}
    if run.late:
        kept = by_person({pair for pair in live_pairs(run.institute_id) if takers.issuperset(pair)})
    places = {}
    for id_ in takers:
        beside = len(kept.get(id_, ()))
        limit = said.get(id_, NO_LIMIT)
        places[id_] = -beside + places_of(
            limit, each=run.each, active=active.get(id_, 0), kept=beside
        )
    return places
