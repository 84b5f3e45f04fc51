"""Keep what a search found as a draft, and find runs again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from cohorts.matching.domain.left_out import why_left_out
from cohorts.matching.domain.reasons import reasons_for
from cohorts.matching.domain.searching import EACH, SearchKind, Wish
from cohorts.matching.engine.question import Answer, Match, Pair
from cohorts.matching.models import ONE_DRAFT, MatchRun, PeerMatch
from cohorts.matching.service.gathering import Group, gather
from cohorts.matching.service.history import merged_away, met
from cohorts.matching.service.telling import kept, stored
from consortium import clock
from consortium.answering import Tell, quiet
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say


def search_peers(group: Group, said: Tell = quiet) -> Sequence[Answer]:
    """Find the peers; takes seconds for many people, so hold no lock meanwhile."""
    # The solvers take longer to load than the rest of the application; only this needs them.
    from cohorts.matching.engine.asking import answer  # noqa: PLC0415

    return [answer(question, said) for question in group.questions]


def keep_draft(group: Group, answer: Answer, *, by: str) -> MatchRun:
    """Keep what was found as the institute's draft; an earlier draft goes.

    Raises ``Conflict`` when someone else keeps or publishes one meanwhile.
    """
    matches = [match for match in answer.matches if _pair(match) not in group.accepted]
    drafts = delete(MatchRun).where(
        MatchRun.institute_id == group.institute_id, MatchRun.published_at.is_(None)
    )
    db.session.execute(drafts)
    if not met().isdisjoint((UUID(match.one), UUID(match.other)) for match in matches):
        raise _ran_twice()
    run = MatchRun(
        institute_id=group.institute_id,
        ran_at=clock.now(),
        ran_by=by,
        other_id=group.wish.other,
        own_group=group.wish.own_group,
        other_group=group.wish.other_group,
        each=group.wish.each,
        people=answer.people,
        late=group.late,
        weight=sum(match.weight for match in matches),
        bound=answer.bound,
        changes=_changes(group, [_pair(match) for match in matches]),
        left_out=[
            {"person": out.id, **kept(why_left_out(out.why, by_site=group.by_site))}
            for out in answer.alone
        ],
        matches=[_row(group, match) for match in matches],
    )
    db.session.add(run)
    with translating(ONE_DRAFT, into=_ran_twice()):
        db.session.flush()
    # Rows that name someone keep that person from being merged; before, it may have happened.
    named = {UUID(id_) for match in matches for id_ in _pair(match)}
    named |= {UUID(out.id) for out in answer.alone}
    if not merged_away().isdisjoint(named):
        raise _ran_twice()
    audit.record(
        "run_matching",
        f"match_run:{run.id}",
        by=by,
        after={"people": run.people, "pairs": len(run.matches), "left_out": len(run.left_out)},
    )
    return run


def run_matching(institute_id: UUID, by: str, *, each: int = EACH) -> MatchRun:
    """Find peers for everyone at the institute who agreed, as a draft that nobody sees yet.

    Pages ask a worker instead, so that no lock is held during the search.
    """
    group = gather(institute_id, Wish(each=each))
    return keep_draft(group, search_peers(group)[0], by=by)


def match_again(institute_id: UUID, by: str) -> MatchRun:
    """Make the draft anew by what was locked since; everything else stays as near as possible."""
    group = gather(institute_id, Wish(kind=SearchKind.AGAIN))
    return keep_draft(group, search_peers(group)[0], by=by)


def match_late(institute_id: UUID, by: str, *, each: int = EACH) -> MatchRun:
    """Find peers for those who agreed since the last run was published; its pairs stay."""
    group = gather(institute_id, Wish(kind=SearchKind.LATE, each=each))
    return keep_draft(group, search_peers(group)[0], by=by)


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


def _row(group: Group, match: Match) -> PeerMatch:
    faces = (group.faces[match.one], group.faces[match.other])
    return PeerMatch(
        first_id=UUID(match.one),
        second_id=UUID(match.other),
        score=match.weight,
        terms={name: worth for name, worth in match.terms._asdict().items() if worth},
        reasons=stored(reasons_for(match.reasons, *faces)),
    )


def _changes(group: Group, pairs: Sequence[Pair]) -> dict[str, object]:
    """Return what is other than in the former draft."""
    changes: dict[str, object] = {}
    if group.unkept:
        changes["unkept"] = [list(pair) for pair in group.unkept]
    if group.former is not None:
        now = set(pairs)
        changes["kept"] = len(group.former & now)
        changes["gone"] = [list(pair) for pair in sorted(group.former - now)]
        changes["new"] = [list(pair) for pair in sorted(now - group.former)]
    return changes


def _pair(match: Match) -> Pair:
    return match.one, match.other


def _ran_twice() -> Conflict:
    return Conflict(
        say(
            "Someone else ran the matching, or made two records one person, at the same moment. "
            "Reload the page to see what stands."
        )
    )
