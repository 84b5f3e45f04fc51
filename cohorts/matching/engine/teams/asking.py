"""Answer a whole question about teams: who sits where, or who works with whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cohorts.matching.domain.seating_words import contradiction
from cohorts.matching.engine.teams.items import CannotSeat, items_of
from cohorts.matching.engine.teams.pair_costs import Partner
from cohorts.matching.engine.teams.partners import PairWish, pair_up, pinned_pairs
from cohorts.matching.engine.teams.tables import seat
from cohorts.matching.engine.teams.values import Team, Wish
from consortium.answering import Tell, quiet
from consortium.words import Sentence

SECONDS = 20.0
"""How long the proof may take that no goals of tables are worth more."""


@dataclass(frozen=True, kw_only=True)
class TablesQuestion:
    """Teams that are to sit at tables; ``titles`` are their names by id."""

    teams: tuple[Team, ...]
    wish: Wish
    titles: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class PartnersQuestion:
    """Teams that are to have partners; ``titles`` are their names by id."""

    teams: tuple[Partner, ...]
    wish: PairWish
    titles: Mapping[str, str]


Question = TablesQuestion | PartnersQuestion


def clash_in(question: Question) -> Sentence | None:
    """Return what contradicts itself in what was said of single teams, as far as that is plain.

    Whether teams can be kept apart shows only when they are seated.
    """
    try:
        if isinstance(question, TablesQuestion):
            items_of(question.teams, question.wish)
        else:
            pinned_pairs(question.teams, question.wish)
    except CannotSeat as error:
        return _words(error, question)
    return None


def answer_to(question: Question, tell: Tell = quiet) -> tuple[str, Any]:
    """Return ``("done", found)``, or ``("none", sentences)`` where what was said cannot be kept."""
    try:
        if isinstance(question, TablesQuestion):
            return "done", seat(question.teams, question.wish, seconds=SECONDS, tell=tell)
        return "done", pair_up(question.teams, question.wish, tell)
    except CannotSeat as error:
        return "none", [_words(error, question)]


def _words(error: CannotSeat, question: Question) -> Sentence:
    named = ", ".join(sorted(question.titles.get(id_, id_) for id_ in error.teams))
    return contradiction(error.reason, named)
