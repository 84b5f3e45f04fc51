"""What coordinators read of runs: the draft, the published ones, and who changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from cohorts.matching.domain.rounds import Source
from cohorts.matching.domain.terms import Part, parts_of
from cohorts.matching.domain.values import Reader
from cohorts.matching.models import MatchLock, MatchRun, PeerMatch
from cohorts.matching.service.history import pinned
from cohorts.matching.service.limits import NO_LIMIT, limits
from cohorts.matching.service.people import Person, people_at, people_of
from cohorts.matching.service.rounds import Between, at_institute, between, institutes_of
from cohorts.matching.service.runs import get_run
from cohorts.matching.service.telling import sentence_of, told_to
from consortium.database import db
from consortium.words import Sentence


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """A run in the list of runs."""

    id: UUID
    ran_at: datetime
    ran_by: str
    published_at: datetime | None
    people: int
    pairs: int
    ended: int
    """Pairs of which one declined the other; nobody is told who."""
    waiting: int
    """Published pairs that not both have accepted yet."""
    between: Between
    left_out: int
    late: bool
    each: int
    weight: int
    bound: int | None


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Where the matching of an institute stands."""

    participants: int
    agreed: int
    paused: int
    """Of those who agreed, how many take no new peers for now."""
    waiting: int
    """Of those who agreed and do not pause, how many have no published peer here."""
    draft_id: UUID | None
    locks: int
    locked_since: bool
    """Whether a pair was locked or unlocked after the draft was made."""
    published: Sequence[RunLine]
    """Newest first."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A pair of a run as the coordinator reads it."""

    first: Person
    second: Person
    score: int
    parts: Sequence[Part]
    reasons: Sequence[Sentence]
    """As the first of the two, by name, reads them."""
    pinned: bool


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Someone of a run for whom nobody was found."""

    person: Person
    why: Sentence


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is other than in the draft before; people who do not take part any more are not told."""

    kept: int
    gone: Sequence[tuple[Person, Person]]
    new: Sequence[tuple[Person, Person]]
    unkept: Sequence[tuple[Person, Person]]
    """Locked pairs that the rules do not allow any more."""
    again: bool


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """What a run found, without those who changed their minds since."""

    run: RunLine
    each: int
    lines: Sequence[Line]
    left_out: Sequence[Missing]
    gone: int
    """Pairs nobody sees, since one of the two does not take part any more."""
    changes: Changes


def overview_of(institute_id: UUID) -> Overview:
    """Return how many people could be matched, the draft and the published runs."""
    people, said = people_of(institute_id), limits()
    agreed = {id_ for id_, person in people.items() if person.view.wants_peers}
    paused = {id_ for id_ in agreed if said.get(id_, NO_LIMIT).paused}
    runs = [_line(*row) for row in db.session.execute(_runs(institute_id)).all()]
    draft = next((run for run in runs if run.published_at is None), None)
    locks, last = db.session.execute(
        select(func.count(MatchLock.id), func.max(MatchLock.made_at)).where(
            MatchLock.institute_id == institute_id
        )
    ).one()
    return Overview(
        participants=len(people),
        agreed=len(agreed),
        paused=len(paused),
        waiting=len(agreed - paused - _introduced(institute_id)),
        draft_id=draft.id if draft else None,
        locks=locks,
        locked_since=bool(draft and last and last > draft.ran_at),
        published=[run for run in runs if run.published_at is not None],
    )


def run_page(institute_id: UUID, run_id: UUID) -> RunPage:
    """Return what this run found. Raises ``NotFound``."""
    run = get_run(institute_id, run_id)
    people = {
        id_: person
        for id_, person in people_at(institutes_of(run)).items()
        if person.view.wants_peers
    }
    pins = pinned(institute_id)
    lines = [
        _told(match, people, pins)
        for match in run.matches
        if match.first_id in people and match.second_id in people
    ]
    return RunPage(
        run=_line(
            run,
            len(run.matches),
            sum(match.ended_at is not None for match in run.matches),
            sum(match.introduced_at is None and match.ended_at is None for match in run.matches),
        ),
        each=run.each,
        lines=sorted(lines, key=lambda line: (line.first.view.name, line.second.view.name)),
        left_out=[
            Missing(person=people[UUID(out["person"])], why=sentence_of(out))
            for out in run.left_out
            if UUID(out["person"]) in people
        ],
        gone=len(run.matches) - len(lines),
        changes=Changes(
            kept=run.changes.get("kept", 0),
            gone=_named(run.changes.get("gone", ()), people),
            new=_named(run.changes.get("new", ()), people),
            unkept=_named(run.changes.get("unkept", ()), people),
            again="kept" in run.changes,
        ),
    )


def _named(
    pairs: Iterable[Sequence[str]], people: Mapping[UUID, Person]
) -> Sequence[tuple[Person, Person]]:
    found = [
        (people[UUID(one)], people[UUID(other)])
        for one, other in pairs
        if UUID(one) in people and UUID(other) in people
    ]
    in_order = [sorted(pair, key=lambda person: person.view.name) for pair in found]
    return sorted(
        ((first, second) for first, second in in_order),
        key=lambda pair: (pair[0].view.name, pair[1].view.name),
    )


def _told(match: PeerMatch, people: Mapping[UUID, Person], pins: set[tuple[UUID, UUID]]) -> Line:
    """Return the pair, the one whose name comes first as the first."""
    sides = ((Reader.FIRST, match.first_id), (Reader.SECOND, match.second_id))
    (reader, first), (_, second) = sorted(sides, key=lambda side: people[side[1]].view.name)
    return Line(
        first=people[first],
        second=people[second],
        score=match.score,
        parts=parts_of(match.terms),
        reasons=told_to(reader, match.reasons),
        pinned=(match.first_id, match.second_id) in pins,
    )


def _introduced(institute_id: UUID) -> set[UUID]:
    """Return everyone with a published peer at the institute whom neither has declined."""
    statement = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(
            at_institute(institute_id),
            MatchRun.published_at.is_not(None),
            PeerMatch.ended_at.is_(None),
        )
    )
    return {person for pair in db.session.execute(statement).all() for person in pair}


def _runs(institute_id: UUID) -> Select[MatchRun, int, int, int]:
    def counted(*which: ColumnElement[bool]) -> ScalarSelect[int]:
        return (
            select(func.count(PeerMatch.id))
            .where(PeerMatch.run_id == MatchRun.id, *which)
            .correlate(MatchRun)
            .scalar_subquery()
        )

    return (
        select(
            MatchRun,
            counted(),
            counted(PeerMatch.ended_at.is_not(None)),
            counted(PeerMatch.introduced_at.is_(None), PeerMatch.ended_at.is_(None)),
        )
        .where(MatchRun.institute_id == institute_id, MatchRun.source == Source.FOUND)
        .order_by(MatchRun.ran_at.desc(), MatchRun.id)
    )


def _line(run: MatchRun, pairs: int, ended: int, waiting: int) -> RunLine:
    return RunLine(
        id=run.id,
        ran_at=run.ran_at,
        ran_by=run.ran_by,
        published_at=run.published_at,
        people=run.people,
        pairs=pairs,
        ended=ended,
        waiting=waiting if run.published_at else 0,
        between=between(run),
        left_out=len(run.left_out),
        late=run.late,
        each=run.each,
        weight=run.weight,
        bound=run.bound,
    )
