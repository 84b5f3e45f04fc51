"""Tables and partners that a worker finds: asked for once, watched, stopped, never out of date."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from cohorts.matching.domain.grouping import GroupingKind, Start, Terms
from cohorts.matching.domain.searching import SearchState
from cohorts.matching.engine.teams.asking import Question, answer_to
from cohorts.matching.jobs import TeamSearches
from cohorts.matching.models import Grouping, TeamSearch
from cohorts.matching.service import grouping_acts as acts
from cohorts.matching.service import team_searches
from consortium import clock, errands
from consortium.database import db
from consortium.errors import Refusal
from events.institutes.models import Institute
from events.registration.models import Team, TeamStatus
from tests.browser import Browser
from tests.cohorts.matching.meeting import TeamsHere, bring_together
from tests.cohorts.matching.test_groups import (  # noqa: F401  (fixtures)
    BY,
    PAGE,
    come,
    group,
    staff,
    tables_of,
    ten,
)
from tests.events.cancelling.acts import cancel

ASKED = {"start": "anew", "smallest": "4", "largest": "6"}


class Silent(TeamsHere):
    """A search that never says anything, and never ends by itself."""

    killed = 0

    def __init__(self, question: Question) -> None:  # noqa: ARG002  (it never reads it)
        self._said = []

    def gone(self) -> bool:
        return False

    def kill(self) -> None:
        Silent.killed += 1


class Dead(Silent):
    """A search that died."""

    def gone(self) -> bool:
        return True


class Late(TeamsHere):
    """A search that has its answer at the second look."""

    def __init__(self, question: Question) -> None:
        self._said = []
        self._answer = answer_to(question)

    def heard(self) -> Sequence[tuple[Any, ...]]:
        return [self._answer]


def ask(institute: Institute, start: Start = Start.ANEW) -> TeamSearch:
    search = team_searches.ask_team_search(
        institute.id, GroupingKind.TABLES, Terms(start=start), by=BY
    )
    db.session.commit()
    return search


def ended(search: TeamSearch) -> tuple[SearchState, str]:
    db.session.refresh(search)
    view = team_searches.latest_team_search(search.institute_id, search.kind)
    assert view is not None
    assert view.id == search.id
    return view.state, str(view.said or "")


def drafts() -> int:
    return db.session.scalars(
        select(func.count(Grouping.id)).where(Grouping.published_at.is_(None))
    ).one()


def words(page: Any) -> str:
    return " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ").split())


def test_a_process_of_its_own_finds_tables(
    institute: Institute,
    ten: list[Team],  # noqa: F811
) -> None:
    search = ask(institute)
    searches = TeamSearches()

    while not (search.ended_at or (searches.step() and search.ended_at)):
        db.session.refresh(search)

    assert ended(search) == (SearchState.DONE, "")
    assert len(tables_of(institute)) == 10
    assert db.session.scalars(select(Grouping)).one().made_by == BY


def test_a_host_watches_a_search_and_stops_it(
    staff: Browser,  # noqa: F811
    institute: Institute,
    ten: list[Team],  # noqa: F811
) -> None:
    asked = staff.post(f"{PAGE}/tables", data={**ASKED, "action_key": "p"})
    assert asked.status_code == HTTPStatus.FOUND
    page = staff.get(f"{PAGE}/tables")
    assert "It begins as soon as the worker is free." in words(page)
    assert "Propose tables" not in words(page)
    twice = staff.post(f"{PAGE}/tables", data={**ASKED, "action_key": "q"})
    assert "Wait until it is done, or stop it" in twice.text
    other = staff.post(f"{PAGE}/partners", data={"start": "anew", "action_key": "r"})
    assert other.status_code == HTTPStatus.FOUND, "one search of each kind"

    search = db.session.scalars(
        select(TeamSearch).where(TeamSearch.kind == GroupingKind.TABLES)
    ).one()
    searches, before = TeamSearches(Silent), Silent.killed
    searches.step()
    errands.tell_progress(TeamSearch, search.id, "tables", 0.4)
    db.session.commit()
    assert "Seating teams: 40 %" in words(staff.get(f"{PAGE}/tables"))
    target = f"{PAGE}/searches/{search.id}/stop"
    assert staff.post(target, data={"action_key": "s"}).location.endswith("/tables")
    assert "It was stopped before it had an answer." in words(staff.get(f"{PAGE}/tables"))
    searches._running[0].told_at = 0.0
    searches.step()
    assert Silent.killed == before + 1
    again = staff.post(target, data={"action_key": "t"})
    assert "This search has ended already." in again.text
    assert drafts() == 0


@pytest.mark.parametrize(
    ("launch", "limits", "says"),
    [
        (Dead, {}, "The search ended without an answer. Try it again."),
        (Silent, {"limit": -1.0}, "The search took too long and was ended. Try it again."),
    ],
)
def test_a_search_that_dies_or_lasts_says_so_and_can_be_repeated(
    institute: Institute,
    ten: list[Team],  # noqa: F811
    launch: type[Silent],
    limits: dict[str, float],
    says: str,
) -> None:
    search = ask(institute)
    bring_together(launch, **limits)
    assert ended(search) == (SearchState.FAILED, says)
    ask(institute)
    bring_together()
    assert drafts() == 1


def test_a_dead_workers_search_is_taken_up_once_and_then_given_up(
    institute: Institute,
    ten: list[Team],  # noqa: F811
    frozen: Callable[..., object],
) -> None:
    search = ask(institute)
    for _ in range(errands.MOST_TRIES):
        assert team_searches.take_team_search(search.id) is not None
        db.session.commit()
        assert team_searches.take_team_search(search.id) is None, "the lease holds"
        frozen(clock.now() + 2 * errands.LEASE)
    assert team_searches.take_team_search(search.id) is None
    assert "twice" in ended(search)[1]


def publish(institute: Institute, draft: Grouping, _: list[Team]) -> None:
    acts.publish_grouping(institute.id, draft.id, BY)


def discard(institute: Institute, draft: Grouping, _: list[Team]) -> None:
    acts.discard_grouping(institute.id, draft.id, BY)


def keep(institute: Institute, _: Grouping, teams: list[Team]) -> None:
    acts.keep_team(institute.id, teams[0].id, BY, kept=True)


def part(institute: Institute, _: Grouping, teams: list[Team]) -> None:
    pair = teams[0].id, teams[1].id
    acts.add_wish(institute.id, GroupingKind.TABLES, pair, BY, apart=True)


@pytest.mark.parametrize("meanwhile", [publish, discard, keep, part])
def test_what_hosts_do_meanwhile_is_not_overwritten(
    institute: Institute,
    ten: list[Team],  # noqa: F811
    meanwhile: Callable[[Institute, Grouping, list[Team]], None],
) -> None:
    draft = group(institute)
    search = ask(institute, Start.NEAR)
    searches = TeamSearches(Late)
    searches.step()
    meanwhile(institute, draft, ten)
    db.session.commit()
    before = list(db.session.scalars(select(Grouping.id)))

    searches.step()

    assert ended(search)[0] is SearchState.FAILED
    assert "changed during the search. Propose again, so that it counts." in ended(search)[1]
    assert list(db.session.scalars(select(Grouping.id))) == before


def test_teams_that_come_and_go_meanwhile_are_named_beside_the_draft(
    staff: Browser,  # noqa: F811
    institute: Institute,
    ten: list[Team],  # noqa: F811
) -> None:
    search = ask(institute)
    searches = TeamSearches(Late)
    searches.step()
    ten[4].status = TeamStatus.WITHDRAWN
    come(institute, 11, "Reading")
    searches.step()

    assert ended(search) == (SearchState.DONE, "")
    text = words(staff.get(f"{PAGE}/tables"))
    assert "1 team registered since and is in none: District 11." in text
    assert "1 team does not come any more." in text


@pytest.mark.parametrize("begun", [False, True])
def test_nobody_is_seated_at_an_institute_that_is_cancelled_meanwhile(
    institute: Institute,
    ten: list[Team],  # noqa: F811
    begun: bool,
) -> None:
    search = ask(institute)
    searches = TeamSearches(Late)
    if begun:
        searches.step()
    cancel(institute)
    searches.step()

    assert ended(search) == (SearchState.FAILED, "No team is registered yet.")
    assert drafts() == 0
    with pytest.raises(Refusal, match="No team is registered yet"):
        ask(institute)


def test_wishes_that_only_seating_shows_to_contradict_are_named_on_the_page(
    staff: Browser,  # noqa: F811
    institute: Institute,
) -> None:
    teams = [come(institute, n, "Reading") for n in range(8)]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        pair = teams[one].id, teams[other].id
        acts.add_wish(institute.id, GroupingKind.TABLES, pair, BY, apart=True)
    db.session.commit()
    asked = staff.post(f"{PAGE}/tables", data={**ASKED, "action_key": "p"})
    assert asked.status_code == HTTPStatus.FOUND
    bring_together()

    text = words(staff.get(f"{PAGE}/tables"))
    assert "The last search has no result" in text
    assert "cannot all be kept apart. Let some of them sit together." in text
    assert "District 00, District 01" in text
    assert "Propose tables" in text


def test_partners_that_contradict_are_named_at_once(institute: Institute) -> None:
    teams = [come(institute, n, "Reading") for n in range(4)]
    for other in (1, 2):
        pair = teams[0].id, teams[other].id
        acts.add_wish(institute.id, GroupingKind.PARTNERS, pair, BY, apart=False)
    with pytest.raises(Refusal, match="District 00: each can have only one partner"):
        team_searches.ask_team_search(institute.id, GroupingKind.PARTNERS, Terms(), by=BY)
