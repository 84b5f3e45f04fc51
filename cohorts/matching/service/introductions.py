"""The mails that introduce peers: promised with a run, told anew when people change."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from cohorts.matching import emails
from cohorts.matching.domain.values import Reader
from cohorts.matching.emails import Introduced
from cohorts.matching.models import MatchRun, PeerMatch
from cohorts.matching.service.people import Person, people_at
from cohorts.matching.service.rounds import at_institute, institutes_of
from cohorts.matching.service.telling import told_to
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from events import facade
from events.facade import InstituteView

INTRODUCTION = "introduction"
"""What these mails are about, before the run and the person."""
ACCEPTED = "introduced"
"""What mails to two who accepted each other are about, before the pair and the person."""


def introduce(
    run: MatchRun, people: Mapping[UUID, Person], *, only: frozenset[UUID] | None = None
) -> int:
    """Promise everyone in the run (or ``only`` some) a mail; return how many were promised.

    It names the peers; where both are asked first, those who are suggested.
    """
    institutes = _institutes(run)
    told = 0
    for person_id, peers in _introduced(run, people).items():
        if only is None or person_id in only:
            mail = emails.introduction(
                _home(institutes, people[person_id], run),
                people[person_id].view,
                peers,
                suggested=run.two_sided,
            )
            outbox.promise(mail, about=_about(run.id, person_id))
            told += 1
    return told


def introduce_pair(match: PeerMatch) -> None:
    """Promise a mail to each of two who accepted each other, with the other's name and why."""
    run = match.run
    people = people_at(institutes_of(run), only={match.first_id, match.second_id})
    institutes = _institutes(run)
    for reader, person_id, peer_id in _both_ways(match):
        if {person_id, peer_id} <= people.keys():
            mail = emails.introduced(
                _home(institutes, people[person_id], run),
                people[person_id].view,
                _named(people[peer_id], reader, match),
            )
            outbox.promise(mail, about=_pair_about(match.id, person_id))


def introduce_anew(*person_ids: UUID, institute_id: UUID | None = None) -> None:
    """Write anew what has not left yet of the introductions of these people, and of their peers.

    Called whenever a consent is withdrawn, so that no mail names who does not take part, and when
    two records of a person become one or are parted again. Without an institute, of all of them.
    """
    published = (
        select(MatchRun)
        .join(PeerMatch, PeerMatch.run_id == MatchRun.id)
        .where(
            MatchRun.published_at.is_not(None),
            or_(PeerMatch.first_id.in_(person_ids), PeerMatch.second_id.in_(person_ids)),
        )
        .options(selectinload(MatchRun.matches))
        .distinct()
    )
    if institute_id is not None:
        published = published.where(at_institute(institute_id))
    theirs = frozenset(person_ids)
    anew = published.execution_options(populate_existing=True)
    for run in db.session.scalars(anew).all():
        waiting = _waiting(run, _peers_in(run, theirs) | theirs)
        outbox.supersede(*(_about(run.id, each) for each in sorted(waiting)))
        # A mail to one of two records is, after they were merged, one to the other.
        told = waiting | theirs if waiting & theirs else waiting
        if told:
            introduce(run, people_at(institutes_of(run)), only=told)
        for match in run.matches:
            if theirs & {match.first_id, match.second_id}:
                _introduce_pair_anew(match)


def drop_introductions(institute_id: UUID) -> None:
    """Drop the introductions of an institute that have not left yet: nobody comes there."""
    runs = select(MatchRun).where(at_institute(institute_id))
    for run in db.session.scalars(runs.options(selectinload(MatchRun.matches))).all():
        pairs = [
            _pair_about(match.id, id_)
            for match in run.matches
            if match.introduced_at is not None
            for id_ in (match.first_id, match.second_id)
        ]
        unsent = select(OutboxEmail.about).where(
            OutboxEmail.about.startswith(f"{INTRODUCTION}:{run.id}:"),
            OutboxEmail.settled_at.is_(None),
        )
        outbox.supersede(*db.session.scalars(unsent).all(), *pairs)


def _introduce_pair_anew(match: PeerMatch) -> None:
    """Write anew, or drop, what has not left of the mails to two who accepted each other."""
    abouts = [_pair_about(match.id, id_) for id_ in (match.first_id, match.second_id)]
    unsent = select(OutboxEmail.id).where(
        OutboxEmail.about.in_(abouts), OutboxEmail.settled_at.is_(None)
    )
    if db.session.scalars(unsent).first() is None:
        return
    outbox.supersede(*abouts)
    people = people_at(institutes_of(match.run), only={match.first_id, match.second_id})
    if match.ended_at is None and all(
        id_ in people and people[id_].view.wants_peers for id_ in (match.first_id, match.second_id)
    ):
        introduce_pair(match)


def _introduced(
    run: MatchRun, people: Mapping[UUID, Person]
) -> Mapping[UUID, tuple[Introduced, ...]]:
    takes_part = {id_ for id_, person in people.items() if person.view.wants_peers}
    introduced: dict[UUID, list[Introduced]] = defaultdict(list)
    for match in sorted(run.matches, key=lambda match: (-match.score, match.first_id)):
        if match.ended_at is None and {match.first_id, match.second_id} <= takes_part:
            for reader, person_id, peer_id in _both_ways(match):
                introduced[person_id].append(_named(people[peer_id], reader, match))
    return {person_id: tuple(peers) for person_id, peers in introduced.items()}


def _both_ways(match: PeerMatch) -> tuple[tuple[Reader, UUID, UUID], ...]:
    """Return as whom each of the two reads, who that is, and of whom."""
    return (
        (Reader.FIRST, match.first_id, match.second_id),
        (Reader.SECOND, match.second_id, match.first_id),
    )


def _named(peer: Person, reader: Reader, match: PeerMatch) -> Introduced:
    return Introduced(
        name=peer.view.name,
        role_label=peer.view.role_label,
        lea_name=peer.view.lea_name,
        reasons=told_to(reader, match.reasons),
    )


def _institutes(run: MatchRun) -> Mapping[UUID, InstituteView]:
    return {id_: facade.institute_with(id_) for id_ in institutes_of(run)}


def _home(institutes: Mapping[UUID, InstituteView], person: Person, run: MatchRun) -> InstituteView:
    """Return the institute at which this person takes part in the run."""
    return institutes[person.institute_id or run.institute_id]


def _peers_in(run: MatchRun, person_ids: frozenset[UUID]) -> frozenset[UUID]:
    pairs = (frozenset({match.first_id, match.second_id}) for match in run.matches)
    return frozenset[UUID]().union(*(pair for pair in pairs if pair & person_ids))


def _waiting(run: MatchRun, person_ids: frozenset[UUID]) -> frozenset[UUID]:
    """Return those of the people whose mail has not left yet."""
    abouts = {_about(run.id, person_id): person_id for person_id in person_ids}
    unsent = select(OutboxEmail.about).where(
        OutboxEmail.about.in_(sorted(abouts)), OutboxEmail.settled_at.is_(None)
    )
    return frozenset(abouts[about] for about in db.session.scalars(unsent).all())


def _pair_about(match_id: UUID, person_id: UUID) -> str:
    return f"{ACCEPTED}:{match_id}:{person_id}"


def _about(run_id: UUID, person_id: UUID) -> str:
    return f"{INTRODUCTION}:{run_id}:{person_id}"
