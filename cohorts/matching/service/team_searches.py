"""Searches for tables and partner teams that a worker does: asked for, taken, kept, ended."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from cohorts.matching.domain.grouping import GroupingKind, Terms
from cohorts.matching.domain.searching import SearchState
from cohorts.matching.models import ONE_TEAM_SEARCH, TeamSearch
from cohorts.matching.service.group_search import Question, found_in
from cohorts.matching.service.groupings import ask_for_groups, hold_groupings, keep_grouping
from cohorts.matching.service.searches import SearchView, end_without, view_of
from cohorts.matching.service.telling import kept
from consortium import clock, errands
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound, Refusal
from consortium.words import say

if TYPE_CHECKING:
    from cohorts.matching.engine.teams.partners import Pairing
    from cohorts.matching.engine.teams.values import Seating


def ask_team_search(institute_id: UUID, kind: GroupingKind, terms: Terms, *, by: str) -> TeamSearch:
    """Ask a worker for tables or partners, which become the draft of their kind.

    Raises ``Refusal`` when nobody comes or what was said of single teams contradicts itself, and
    ``Conflict`` while another search of the kind has not ended.
    """
    ask_for_groups(institute_id, kind, terms).refuse_impossible()
    search = TeamSearch(
        institute_id=institute_id,
        kind=kind,
        terms=terms.as_kept(),
        asked_at=clock.now(),
        asked_by=by,
    )
    db.session.add(search)
    running = Conflict(
        say("A search is going on. Wait until it is done, or stop it, then propose again.")
    )
    with translating(ONE_TEAM_SEARCH, into=running):
        db.session.flush()
    audit.record(
        "ask_team_search",
        f"team_search:{search.id}",
        by=by,
        after={"kind": kind.value, **terms.as_kept()},
    )
    return search


def latest_team_search(institute_id: UUID, kind: GroupingKind) -> SearchView | None:
    """Return how far the search of this kind is that was asked for last."""
    search = db.session.scalar(
        select(TeamSearch)
        .where(TeamSearch.institute_id == institute_id, TeamSearch.kind == kind)
        .order_by(TeamSearch.asked_at.desc(), TeamSearch.id.desc())
        .limit(1)
    )
    return view_of(search) if search else None


def get_team_search(institute_id: UUID, search_id: UUID) -> TeamSearch:
    """Return a search of this institute. Raises ``NotFound``."""
    found = db.session.scalar(
        select(TeamSearch).where(
            TeamSearch.id == search_id, TeamSearch.institute_id == institute_id
        )
    )
    if found is None:
        raise NotFound(say("There is no such search."))
    return found


def take_team_search(search_id: UUID) -> Question | None:
    """Take a search, so that no other worker does, and read what it needs.

    Returns ``None`` where another worker was first, or where it has failed for good.
    """
    return errands.take(TeamSearch, search_id, read=_question, fail=fail_team_search)


def settle_team_search(search_id: UUID, question: Question, answer: "Seating | Pairing") -> None:
    """Keep what was found as the draft of its kind. What was stopped meanwhile keeps nothing.

    Raises ``Refusal`` when hosts published, changed the draft or said something of single teams
    since the search began, or nobody comes any more.
    """
    search = errands.held(TeamSearch, search_id)
    if search is None:
        return
    hold_groupings(search.institute_id, search.kind)
    now = _question(search)
    if question.said != now.said:
        raise Conflict(
            say(
                "What is published, the draft, or what is said of single teams changed during the "
                "search. Propose again, so that it counts."
            )
        )
    keep_grouping(question, found_in(question, answer), by=search.asked_by)
    search.state, search.ended_at = SearchState.DONE, clock.now()
    db.session.flush()


def fail_team_search(search_id: UUID, why: Sequence[str]) -> None:
    """End a search that died, with the sentence that says why; it can be asked for again."""
    end_without(errands.held(TeamSearch, search_id), why)


def cancel_team_search(institute_id: UUID, search_id: UUID, *, by: str) -> None:
    """End a search that nobody wants any more; its worker stops within seconds.

    Raises ``NotFound``, or ``Refusal`` when it has ended already.
    """
    search = get_team_search(institute_id, search_id)
    stopped = kept(say("It was stopped before it had an answer."))
    if not errands.stop(TeamSearch, search.id, trouble=stopped):
        raise Refusal(say("This search has ended already."))
    audit.record("cancel_team_search", f"team_search:{search_id}", by=by)


def _question(search: TeamSearch) -> Question:
    question = ask_for_groups(search.institute_id, search.kind, Terms.kept(search.terms))
    question.refuse_nobody()
    return question
