"""Searches that a worker does: asked for once, told how far they are, ended whatever happens."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.matching import service as matching
from cohorts.matching.domain.searching import SearchKind, SearchState, Wish
from cohorts.matching.engine.question import Question
from cohorts.matching.jobs import Searches
from cohorts.matching.models import MatchRun, PeerSearch
from consortium import clock
from consortium.database import db
from consortium.errors import Conflict, Refusal
from events.institutes.models import Institute
from tests.cohorts.matching.meeting import (
    COORDINATOR,
    bring,
    published,
    three_superintendents,
    work,
)


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, tenant: Any):
    with app.test_request_context():
        yield


class Silent:
    """A search that never says anything."""

    ended = False

    def __init__(self, _: Sequence[Question]) -> None:
        self.killed = False

    def heard(self) -> Sequence[tuple[Any, ...]]:
        return ()

    def gone(self) -> bool:
        return self.ended

    def kill(self) -> None:
        self.killed = True


class Dead(Silent):
    """A search that died."""

    ended = True


def ask(institute: Institute, kind: SearchKind = SearchKind.WHOLE, **wish: Any) -> PeerSearch:
    search = matching.ask_search(institute.id, Wish(kind=kind, **wish), by=COORDINATOR)
    db.session.commit()
    return search


def drafts() -> int:
    return db.session.scalars(select(func.count(MatchRun.id))).one()


def test_a_process_of_its_own_finds_the_draft(institute: Institute) -> None:
    three_superintendents(institute)
    search = ask(institute)
    searches = Searches()

    while not (search.ended_at or (searches.step() and search.ended_at)):
        db.session.refresh(search)

    assert search.state is SearchState.DONE
    assert (drafts(), len(db.session.scalars(select(MatchRun)).one().matches)) == (1, 3)


def test_two_searches_at_once_are_refused(institute: Institute) -> None:
    three_superintendents(institute)
    ask(institute)

    with pytest.raises(Conflict, match="A search is going on"):
        matching.ask_search(institute.id, Wish(each=1), by=COORDINATOR)


@pytest.mark.parametrize(
    ("launch", "limit", "says"),
    [
        (Dead, 60.0, "The search ended without an answer. Try it again."),
        (Silent, -1.0, "The search took too long and was ended. Try it again."),
    ],
)
def test_a_search_that_dies_or_lasts_says_so_and_can_be_repeated(
    institute: Institute, launch: Callable[..., Silent], limit: float, says: str
) -> None:
    three_superintendents(institute)
    ask(institute)
    searches = Searches(launch, limit=limit)

    searches.step()
    searches.step()

    ended = matching.latest_search(institute.id)
    assert ended is not None
    assert (ended.state, str(ended.said)) == (SearchState.FAILED, says)
    ask(institute)
    work()
    assert drafts() == 1


def test_a_search_is_stopped_and_its_process_with_it(institute: Institute) -> None:
    three_superintendents(institute)
    search = ask(institute)
    made: list[Silent] = []
    searches = Searches(lambda questions: made.append(Silent(questions)) or made[-1])
    searches.step()

    matching.cancel_search(institute.id, search.id, by=COORDINATOR)
    db.session.commit()
    searches.step()

    assert made[0].killed
    assert drafts() == 0
    with pytest.raises(Refusal, match="ended already"):
        matching.cancel_search(institute.id, search.id, by=COORDINATOR)


def test_a_dead_workers_search_is_taken_up_once_and_then_given_up(
    institute: Institute, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_superintendents(institute)
    ask(institute)
    now = clock.now()
    for minutes in range(3):
        monkeypatch.setattr(clock, "now", lambda m=minutes: now.replace(minute=m * 2))
        Searches(Silent).step()  # each worker dies with it

    ended = matching.latest_search(institute.id)
    assert ended is not None
    assert str(ended.said) == "It stopped without an answer, twice. Try it again."


def test_pairs_published_since_the_search_began_end_it(institute: Institute) -> None:
    three_superintendents(institute)
    ask(institute)
    work_later = Searches(Late)
    work_later.step()
    published(institute)
    work_later.step()

    ended = matching.latest_search(institute.id)
    assert ended is not None
    assert ended.state is SearchState.FAILED
    assert "at the same moment" in str(ended.said)


class Late(Silent):
    """A search that has its answer at the second look."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__(questions)
        from cohorts.matching.engine.asking import answer

        self.found = [answer(question) for question in questions]

    def heard(self) -> Sequence[tuple[Any, ...]]:
        return [("done", self.found)]


def test_what_if_keeps_figures_and_no_draft(institute: Institute) -> None:
    three_superintendents(institute)
    bring(institute, 4, {"pa@example.org": "parent"})
    ask(institute, SearchKind.WHAT_IF, each=1)
    work()

    tried = matching.tried_out(institute.id)

    assert drafts() == 0
    assert tried is not None
    assert tried.now is not None
    assert tried.then is not None
    assert (tried.now.people, tried.now.covered, tried.now.pairs) == (4, 2, 1)
    alone = {served.person.view.name for served in tried.now.worst if not served.peers}
    assert "Pa" in alone
    assert len(alone) == 2
    assert tried.now.percent == "100.00"


def test_what_if_shows_what_a_rule_costs(institute: Institute) -> None:
    three_superintendents(institute)
    ask(institute, SearchKind.WHAT_IF, each=3, other_states=True)
    work()

    tried = matching.tried_out(institute.id)

    assert tried is not None
    assert tried.now is not None
    assert tried.then is not None
    assert (tried.now.pairs, tried.then.pairs, tried.stay, len(tried.gone)) == (3, 0, 0, 3)
