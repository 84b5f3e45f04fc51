"""Places by ranked choices are the best there are, as trying everything says."""

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.schedule.engine.places import Aim, allot
from events.schedule.engine.places_flow import weights_that_fit
from events.schedule.engine.places_model import Objective, Offer, Person, Question
from tests.events.schedule.engine.brute import as_places, every_legal, worth

pytestmark = pytest.mark.pure


@st.composite
def questions(draw: st.DrawFn, *, rounds: int = 1, picks: int = 1) -> Question:
    """Give small questions with everything in them that decides."""
    offers = []
    for round_ in range(rounds):
        for number in range(draw(st.integers(2, 3))):
            places = draw(st.sampled_from([0, 1, 1, 2, None]))
            content = draw(st.sampled_from(["", f"story {number}"]))
            offers.append(
                Offer(id=f"{round_}{number}", round=f"r{round_}", places=places, content=content)
            )
    ids = [offer.id for offer in offers]
    people = []
    for number in range(draw(st.integers(1, 4 if rounds == 1 else 3))):
        ranked = draw(st.lists(st.sampled_from(ids), unique=True))
        also = frozenset(ids) if draw(st.booleans()) else frozenset()
        fixed = (draw(st.sampled_from(ids)),) if draw(st.integers(0, 4)) == 0 else ()
        people.append(
            Person(
                id=f"p{number}",
                team=draw(st.sampled_from(["", "one", "other"])),
                wishes={session: rank + 1 for rank, session in enumerate(ranked)},
                also=also - set(ranked),
                fixed=fixed,
            )
        )
    return Question(
        offers=tuple(offers),
        people=tuple(people),
        picks={f"r{round_}": picks for round_ in range(rounds)},
        apart=(frozenset(ids[:2]),) if picks > 1 and draw(st.booleans()) else (),
    )


def _is_best(question: Question) -> None:
    found = allot(question)
    places = as_places(question, found)
    legal = list(every_legal(question))
    assert places in legal
    assert found.proven
    assert worth(question, places) == max(worth(question, one) for one in legal)


@settings(max_examples=80)
@given(question=questions())
def test_one_round_is_dealt_in_the_best_way(question: Question) -> None:
    _is_best(question)


@settings(max_examples=30)
@given(question=questions(rounds=2))
def test_rounds_that_share_contents_are_dealt_in_the_best_way(question: Question) -> None:
    _is_best(question)


@settings(max_examples=30)
@given(question=questions(picks=2))
def test_a_round_with_two_picks_is_dealt_in_the_best_way(question: Question) -> None:
    _is_best(question)


@settings(max_examples=30)
@given(question=questions())
def test_stage_by_stage_and_with_weights_the_same_is_found(question: Question) -> None:
    assert allot(question, Aim(largest=1)) == allot(question)


@settings(max_examples=30)
@given(question=questions(), objective=st.sampled_from(Objective), seed=st.integers(0, 3))
def test_the_order_of_a_file_decides_nothing(
    question: Question, objective: Objective, seed: int
) -> None:
    turned = replace(question, people=question.people[::-1], offers=question.offers[::-1])
    aim = Aim(objective=objective, seed=seed)
    assert allot(turned, aim) == allot(question, aim)


@settings(max_examples=30)
@given(question=questions())
def test_by_points_nothing_is_worth_more(question: Question) -> None:
    def points(places: tuple[frozenset[str], ...]) -> int:
        reached = {
            (person.team or person.id, session)
            for person, mine in zip(question.people, places, strict=True)
            for session in mine
        }
        return len(reached) + sum(
            max(0, 11 - person.wishes[session])
            for person, mine in zip(question.people, places, strict=True)
            for session in mine
            if session in person.wishes
        )

    found = allot(question, Aim(objective=Objective.POINTS, everyone_first=False))
    best = max(points(one) for one in every_legal(question))
    assert points(as_places(question, found)) == best


def test_equal_wishes_are_dealt_by_lot_and_not_by_the_alphabet() -> None:
    names = [f"p{number:02}" for number in range(40)]
    question = Question(
        offers=(Offer(id="a", places=20), Offer(id="b", places=20)),
        people=tuple(Person(id=name, wishes={"a": 1, "b": 2}) for name in names),
    )
    winners = [
        {one.person for one in allot(question, Aim(seed=seed)).given if one.session == "a"}
        for seed in range(30)
    ]
    early = sum(len(won & set(names[:20])) for won in winners)
    assert 240 < early < 360
    assert len({frozenset(won) for won in winners}) > 25


def test_the_lots_of_others_stay_when_one_comes_late() -> None:
    def question(people: int) -> Question:
        return Question(
            offers=(Offer(id="a", places=20), Offer(id="b", places=40)),
            people=tuple(
                Person(id=f"p{number:02}", wishes={"a": 1, "b": 2}) for number in range(people)
            ),
        )

    before = {one for one in allot(question(40)).given if one.session == "a"}
    after = {one for one in allot(question(41)).given if one.session == "a"}
    assert len(before & after) >= 19


@pytest.mark.parametrize("rounds", [2, 3])
def test_the_same_stories_in_every_round_are_dealt_exactly(rounds: int) -> None:
    lots = Random(rounds)
    stories = [f"s{number}" for number in range(6)]
    people = tuple(
        Person(
            id=f"p{number:02}",
            wishes={
                f"{round_}{story}": rank + 1
                for rank, story in enumerate(lots.sample(stories, 4))
                for round_ in range(rounds)
            },
        )
        for number in range(30)
    )
    question = Question(
        offers=tuple(
            Offer(id=f"{round_}{story}", round=str(round_), content=story, places=5)
            for round_ in range(rounds)
            for story in stories
        ),
        people=people,
    )
    found = allot(question, left=lambda: 0)
    assert found.proven
    for person in people:
        mine = [one.session for one in found.given if one.person == person.id]
        assert len({session[1:] for session in mine}) == len(mine)
        assert len({session[0] for session in mine}) == len(mine)
    crowds = [one.session for one in found.given]
    assert max(crowds.count(session) for session in crowds) <= 5


def test_without_time_for_a_proof_places_are_legal_and_it_is_said() -> None:
    question = Question(
        offers=tuple(
            Offer(id=f"{round_}{story}", round=round_, content=story, places=places)
            for round_, places in (("a", 1), ("b", 2))
            for story in "xyz"
        ),
        people=tuple(
            Person(
                id=f"p{number}",
                wishes={f"{round_}{story}": rank + 1 for round_ in "ab" for rank, story in order},
            )
            for number, order in enumerate(
                list(enumerate(order)) for order in list(permutations("xyz"))[:3]
            )
        ),
    )
    in_a_hurry = allot(question, left=lambda: 0)
    assert not in_a_hurry.proven
    assert as_places(question, in_a_hurry) in list(every_legal(question))
    assert allot(question).proven


def test_weights_never_let_a_later_criterion_win_and_never_overflow() -> None:
    swings = [3_000] * 11
    weights = weights_that_fit(swings, 2**61 // 40_000)
    assert len(weights) > 1
    for position, weight in enumerate(weights):
        later = zip(weights[position + 1 :], swings[position + 1 :], strict=False)
        assert weight > sum(other * swing for other, swing in later)
    assert sum(one * 3_000 for one in weights) < 2**61 // 40_000
    assert weights_that_fit(swings, 1) == [1]


def test_thousands_with_ten_ranks_each_are_dealt_the_same_in_one_stage_or_many() -> None:
    lots = Random(5)
    sessions = [f"s{number}" for number in range(30)]
    question = Question(
        offers=tuple(Offer(id=session, places=34) for session in sessions),
        people=tuple(
            Person(
                id=f"p{number}",
                team=f"t{number // 5}",
                wishes={one: rank + 1 for rank, one in enumerate(lots.sample(sessions, 10))},
            )
            for number in range(1_000)
        ),
    )
    assert allot(question, Aim(largest=1)) == allot(question)


@pytest.mark.parametrize("seed", range(5))
def test_of_a_team_with_equal_wishes_one_hears_each(seed: int) -> None:
    people = tuple(
        Person(id=f"{team}{number}", team=team, wishes={"a": 1, "b": 2})
        for team in ("east", "west", "home")
        for number in range(2)
    )
    question = Question(offers=(Offer(id="a", places=3), Offer(id="b", places=3)), people=people)
    here = {one.person[:-1] for one in allot(question, Aim(seed=seed)).given if one.session == "a"}
    assert here == {"east", "west", "home"}


@pytest.mark.parametrize("seed", range(5))
def test_a_team_that_has_someone_there_already_goes_behind_others(seed: int) -> None:
    question = Question(
        offers=(Offer(id="a", places=2), Offer(id="b", places=2)),
        people=(
            Person(id="host", team="east", fixed=("a",)),
            Person(id="one", team="east", wishes={"a": 1, "b": 2}),
            Person(id="other", team="west", wishes={"a": 1, "b": 2}),
        ),
    )
    found = allot(question, Aim(seed=seed))
    assert {one.person for one in found.given if one.session == "a"} == {"host", "other"}
