"""Run the matching for an institute, and look at what a run found."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import selectinload

from cohorts.matching.domain.values import Matching, Participant, Reader, Rules
from cohorts.matching.models import ONE_DRAFT, MatchRun, PeerMatch
from cohorts.matching.service.people import Person, as_participant, colleagues_in, people_of
from cohorts.matching.service.telling import sentence_of, stored, told_to
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import Sentence, say
from events import facade

EACH = 3


@dataclass(frozen=True, kw_only=True)
class Group:
    """Whom to find peers for, and by which rules: plain values, read at one moment."""

    institute_id: UUID
    participants: tuple[Participant, ...]
    rules: Rules


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """A run in the list of runs."""

    id: UUID
    ran_at: datetime
    ran_by: str
    published_at: datetime | None
    people: int
    pairs: int
    left_out: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Where the matching of an institute stands."""

    participants: int
    agreed: int
    draft_id: UUID | None
    published: Sequence[RunLine]
    """Newest first."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A pair of a run as the coordinator reads it."""

    first: Person
    second: Person
    score: int
    reasons: Sequence[Sentence]
    """As the first of the two, by name, reads them."""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Someone of a run for whom nobody was found."""

    person: Person
    why: Sentence


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """What a run found, without those who changed their minds since."""

    run: RunLine
    each: int
    lines: Sequence[Line]
    left_out: Sequence[Missing]
    gone: int
    """Pairs nobody sees, since one of the two does not take part any more."""


def gather(institute_id: UUID, *, each: int = EACH) -> Group:
    """Read who takes part, who agreed, and who has met whom before."""
    institute = facade.institute_with(institute_id)
    people = people_of(institute_id)
    past: dict[UUID, set[UUID]] = defaultdict(set)
    for first, second in _met():
        past[first].add(second)
        past[second].add(first)
    colleagues = colleagues_in(people, by_site=institute.by_site)
    return Group(
        institute_id=institute_id,
        participants=tuple(
            as_participant(person, past=past[id_], colleagues=colleagues[id_])
            for id_, person in people.items()
            if person.view.wants_peers
        ),
        rules=Rules(each=each, same_lea_allowed=institute.by_site),
    )


def search_peers(group: Group) -> Matching:
    """Find the peers; takes seconds for many people, so hold no lock meanwhile."""
    # numpy takes longer to load than the rest of the application; only this needs it.
    from cohorts.matching.domain.peers import find_peers  # noqa: PLC0415

    return find_peers(group.participants, group.rules)


def keep_draft(group: Group, matching: Matching, *, by: str) -> MatchRun:
    """Keep what was found as the institute's draft; an earlier draft goes.

    Raises ``Conflict`` when someone else keeps or publishes one meanwhile.
    """
    drafts = delete(MatchRun).where(
        MatchRun.institute_id == group.institute_id, MatchRun.published_at.is_(None)
    )
    db.session.execute(drafts)
    pairs = [(UUID(pair.first), UUID(pair.second)) for pair in matching.pairs]
    if not _met().isdisjoint(pairs):
        raise _ran_twice()
    run = MatchRun(
        institute_id=group.institute_id,
        ran_at=clock.now(),
        ran_by=by,
        each=group.rules.each,
        people=len(group.participants),
        left_out=[
            {"person": out.id, "template": out.why.template, "values": out.why.values}
            for out in matching.left_out
        ],
        matches=[
            PeerMatch(
                first_id=first, second_id=second, score=pair.score, reasons=stored(pair.reasons)
            )
            for (first, second), pair in zip(pairs, matching.pairs, strict=True)
        ],
    )
    db.session.add(run)
    with translating(ONE_DRAFT, into=_ran_twice()):
        db.session.flush()
    audit.record(
        "run_matching",
        f"match_run:{run.id}",
        by=by,
        after={"people": run.people, "pairs": len(run.matches), "left_out": len(run.left_out)},
    )
    return run


def run_matching(institute_id: UUID, by: str, *, each: int = EACH) -> MatchRun:
    """Find peers for everyone at the institute who agreed, as a draft that nobody sees yet.

    Pages take the three steps one by one, so that no lock is held during the search.
    """
    group = gather(institute_id, each=each)
    return keep_draft(group, search_peers(group), by=by)


def overview_of(institute_id: UUID) -> Overview:
    """Return how many people could be matched, the draft and the published runs."""
    people = people_of(institute_id)
    found = db.session.execute(_runs(institute_id)).all()
    runs = [_line(run, pairs) for run, pairs in found]
    return Overview(
        participants=len(people),
        agreed=sum(person.view.wants_peers for person in people.values()),
        draft_id=next((run.id for run in runs if run.published_at is None), None),
        published=[run for run in runs if run.published_at is not None],
    )


def run_page(institute_id: UUID, run_id: UUID) -> RunPage:
    """Return what this run found. Raises ``NotFound``."""
    run = get_run(institute_id, run_id)
    people = {
        id_: person for id_, person in people_of(institute_id).items() if person.view.wants_peers
    }
    lines = [
        _told(match, people)
        for match in run.matches
        if match.first_id in people and match.second_id in people
    ]
    return RunPage(
        run=_line(run, len(run.matches)),
        each=run.each,
        lines=sorted(lines, key=lambda line: (line.first.view.name, line.second.view.name)),
        left_out=[
            Missing(person=people[UUID(out["person"])], why=sentence_of(out))
            for out in run.left_out
            if UUID(out["person"]) in people
        ],
        gone=len(run.matches) - len(lines),
    )


def _told(match: PeerMatch, people: Mapping[UUID, Person]) -> Line:
    """Return the pair, the one whose name comes first as the first."""
    sides = ((Reader.FIRST, match.first_id), (Reader.SECOND, match.second_id))
    (reader, first), (_, second) = sorted(sides, key=lambda side: people[side[1]].view.name)
    return Line(
        first=people[first],
        second=people[second],
        score=match.score,
        reasons=told_to(reader, match.reasons),
    )


def get_run(institute_id: UUID, run_id: UUID) -> MatchRun:
    """Return a run of this institute with its pairs. Raises ``NotFound``."""
    run = db.session.scalar(
        select(MatchRun)
        .where(MatchRun.id == run_id, MatchRun.institute_id == institute_id)
        .options(selectinload(MatchRun.matches))
    )
    if run is None:
        raise no_such_run()
    return run


def no_such_run() -> NotFound:
    """Return the refusal of a run that is not there, or not any more."""
    return NotFound(say("There is no such run. A newer one may have replaced it."))


def _ran_twice() -> Conflict:
    return Conflict(
        say("Someone else ran the matching at the same moment. Reload the page to see the result.")
    )


def _met() -> set[tuple[UUID, UUID]]:
    """Return every pair published before, at any institute of the consortium."""
    statement = (
        select(PeerMatch.first_id, PeerMatch.second_id)
        .join(MatchRun, PeerMatch.run_id == MatchRun.id)
        .where(MatchRun.published_at.is_not(None))
    )
    return {(first, second) for first, second in db.session.execute(statement).all()}


def _runs(institute_id: UUID) -> Select[MatchRun, int]:
    pairs = (
        select(func.count(PeerMatch.id))
        .where(PeerMatch.run_id == MatchRun.id)
        .correlate(MatchRun)
        .scalar_subquery()
    )
    return (
        select(MatchRun, pairs)
        .where(MatchRun.institute_id == institute_id)
        .order_by(MatchRun.ran_at.desc(), MatchRun.id)
    )


def _line(run: MatchRun, pairs: int) -> RunLine:
    return RunLine(
        id=run.id,
        ran_at=run.ran_at,
        ran_by=run.ran_by,
        published_at=run.published_at,
        people=run.people,
        pairs=pairs,
        left_out=len(run.left_out),
    )
