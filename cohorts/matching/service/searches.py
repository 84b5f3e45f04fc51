"""Searches that coordinators ask for and a worker does: asked, taken, told how far, ended."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.searching import SearchKind, SearchState, Wish
from cohorts.matching.engine.question import Answer
from cohorts.matching.models import ONE_SEARCH, PeerSearch, TeamSearch
from cohorts.matching.service.gathering import Group, gather
from cohorts.matching.service.runs import keep_draft
from cohorts.matching.service.telling import kept, sentence_of
from consortium import clock, errands
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound, Refusal
from consortium.words import Sentence, say


@dataclass(frozen=True, kw_only=True)
class SearchView:
    """How far a search is."""

    id: UUID
    state: SearchState
    step: str
    share: int
    """Percent of the step that are done."""
    asked_at: datetime
    ended_at: datetime | None
    said: Sentence | None
    """Why it failed."""


def ask_search(institute_id: UUID, wish: Wish, by: str) -> PeerSearch:
    """Ask a worker for a search.

    Raises ``Refusal`` where it could not begin, and ``Conflict`` while another one of the
    institute has not ended.
    """
    gather(institute_id, wish)  # says now what the worker would say later
    search = PeerSearch(
        institute_id=institute_id,
        kind=wish.kind,
        wish=wish.as_kept(),
        asked_at=clock.now(),
        asked_by=by,
    )
    db.session.add(search)
    running = Conflict(say("A search is going on. Wait until it is done, then look at the result."))
    with translating(ONE_SEARCH, into=running):
        db.session.flush()
    audit.record(
        "ask_search", f"peer_search:{search.id}", by=by, after={"kind": wish.kind, **wish.as_kept()}
    )
    return search


def latest_search(institute_id: UUID, *kinds: SearchKind) -> SearchView | None:
    """Return how far the search of these kinds is that was asked for last."""
    search = latest_row(institute_id, *kinds)
    return view_of(search) if search else None


def view_of(search: PeerSearch | TeamSearch) -> SearchView:
    """Return how far a search is."""
    return SearchView(
        id=search.id,
        state=search.state,
        step=search.step,
        share=search.share,
        asked_at=search.asked_at,
        ended_at=search.ended_at,
        said=sentence_of(search.trouble) if search.trouble else None,
    )


def latest_row(institute_id: UUID, *kinds: SearchKind) -> PeerSearch | None:
    """Return the search of these kinds that was asked for last."""
    return db.session.scalar(
        select(PeerSearch)
        .where(PeerSearch.institute_id == institute_id, PeerSearch.kind.in_(kinds or SearchKind))
        .order_by(PeerSearch.asked_at.desc(), PeerSearch.id.desc())
        .limit(1)
    )


def get_search(institute_id: UUID, search_id: UUID) -> PeerSearch:
    """Return a search of this institute. Raises ``NotFound``."""
    found = db.session.scalar(
        select(PeerSearch).where(
            PeerSearch.id == search_id, PeerSearch.institute_id == institute_id
        )
    )
    if found is None:
        raise NotFound(say("There is no such search."))
    return found


def take_search(search_id: UUID) -> Group | None:
    """Take a search, so that no other worker does, and read what it needs.

    Returns ``None`` where another worker was first, or where it has failed for good.
    """

    def read(search: PeerSearch) -> Group:
        return gather(search.institute_id, Wish.kept(search.kind, search.wish))

    return errands.take(PeerSearch, search_id, read=read, fail=fail_search)


def settle_search(search_id: UUID, group: Group, answers: Sequence[Answer]) -> None:
    """Keep what a search found: a draft, or figures. What was ended meanwhile keeps nothing.

    Raises ``Conflict`` when someone published these pairs since the search began.
    """
    search = errands.held(PeerSearch, search_id)
    if search is None:
        return
    if group.wish.kind is SearchKind.WHAT_IF:
        search.found = compared(*answers)
    else:
        keep_draft(group, answers[0], by=search.asked_by)
    search.state, search.ended_at = SearchState.DONE, clock.now()
    db.session.flush()


def fail_search(search_id: UUID, why: Sequence[str]) -> None:
    """End a search that died, with the sentence that says why; it can be asked for again."""
    end_without(errands.held(PeerSearch, search_id), why)


def cancel_search(institute_id: UUID, search_id: UUID, by: str) -> SearchKind:
    """End a search that nobody wants any more; its worker stops within seconds.

    Returns what it was for. Raises ``NotFound``, or ``Refusal`` when it has ended already.
    """
    search = get_search(institute_id, search_id)
    stopped = kept(say("It was stopped before it had an answer."))
    if not errands.stop(PeerSearch, search.id, trouble=stopped):
        raise Refusal(say("This search has ended already."))
    audit.record("cancel_search", f"peer_search:{search_id}", by=by)
    return search.kind


def compared(now: Answer, then: Answer) -> dict[str, Any]:
    """Return what other rules change: figures of both, and whose peers stay, go or come."""
    before = {(match.one, match.other) for match in now.matches}
    after = {(match.one, match.other) for match in then.matches}
    return {
        "now": _figures(now),
        "then": _figures(then),
        "stay": len(before & after),
        "gone": [list(pair) for pair in sorted(before - after)],
        "new": [list(pair) for pair in sorted(after - before)],
    }


def _figures(answer: Answer) -> dict[str, Any]:
    return {
        "people": answer.people,
        "pairs": len(answer.matches),
        "peers": list(answer.peers),
        "weight": answer.weight,
        "bound": answer.bound,
        "worst": [asdict(served) for served in answer.worst],
    }


def end_without(search: PeerSearch | TeamSearch | None, why: Sequence[str]) -> None:
    """End a search without a result, with the sentence that says why; nothing if it has ended."""
    if search is None:
        return
    said, *_ = why
    search.trouble = kept(said if isinstance(said, Sentence) else say("%(why)s", why=said))
    search.state, search.ended_at = SearchState.FAILED, clock.now()
    db.session.flush()
