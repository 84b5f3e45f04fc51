"""The engines for teams as a process of their own: what they say, and what pages know of it."""

import io
import pickle
from pathlib import Path

import pytest

from cohorts.matching.domain.grouping import Start, Terms
from cohorts.matching.engine.teams.asking import (
    PartnersQuestion,
    Question,
    TablesQuestion,
    answer_to,
    clash_in,
)
from cohorts.matching.engine.teams.pair_costs import Partner
from cohorts.matching.engine.teams.partners import PairWish
from cohorts.matching.engine.teams.values import Locks, Team, Wish
from consortium.answering import answer_over

pytestmark = pytest.mark.pure
IDS = "abcdefghijkl"
TITLES = {id_: f"District {id_.upper()}" for id_ in IDS}
TEAMS = tuple(Team(id=id_, goals=("Math",) if id_ < "i" else ("Art",)) for id_ in IDS)
PARTNERS = tuple(Partner(id=id_, enrollment=100 * n) for n, id_ in enumerate(IDS, start=1))


def tables(**locks: tuple[frozenset[str], ...]) -> TablesQuestion:
    return TablesQuestion(teams=TEAMS, wish=Wish(locks=Locks(**locks)), titles=TITLES)


def partners(*pinned: frozenset[str]) -> PartnersQuestion:
    wish = PairWish(other_state=False, pinned=pinned)
    return PartnersQuestion(teams=PARTNERS, wish=wish, titles=TITLES)


@pytest.mark.parametrize(
    ("question", "steps"),
    [
        (tables(), [("themes", 0.0), ("tables", 0.0), ("tables", 0.5)]),
        (partners(), [("most_pairs", 0.0), ("cheapest", 1.0)]),
    ],
)
def test_a_process_says_how_far_it_is_then_what_it_found(
    question: Question, steps: list[tuple[str, float]]
) -> None:
    answers = io.BytesIO()
    answer_over(io.BytesIO(pickle.dumps(question)), answers, answer_to)
    answers.seek(0)
    heard = []
    while answers.tell() < len(answers.getvalue()):
        heard.append(pickle.load(answers))

    assert heard == [*(("step", *step) for step in steps), answer_to(question)]
    labels = Path("templates/components/matching.html").read_text()
    assert all(f'"{name}": _(' in labels for name, _ in steps)


@pytest.mark.parametrize(
    ("question", "at_once", "says"),
    [
        (
            tables(together=(frozenset("ab"),), apart=(frozenset("ab"),)),
            True,
            "District A, District B are to sit together, and some of them apart.",
        ),
        (partners(frozenset("ab"), frozenset("bc")), True, "District B: each can have only one"),
        (
            tables(apart=(frozenset("ab"), frozenset("bc"), frozenset("ac"))),
            False,
            "cannot all be kept apart.",
        ),
    ],
)
def test_what_contradicts_itself_is_said_with_the_names(
    question: Question, at_once: bool, says: str
) -> None:
    kind, said = answer_to(question)
    assert (kind, says in str(said[0])) == ("none", True)
    assert (clash_in(question) is not None) is at_once


def test_terms_are_kept_as_they_were_asked_for() -> None:
    terms = Terms(start=Start.MEND, smallest=3, largest=5, other_state=True)
    assert Terms.kept(terms.as_kept()) == terms
