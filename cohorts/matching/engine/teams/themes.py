"""Choose a theme for each team: most teams seated, then most worth, proven."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cohorts.matching.engine.teams.counts import always_fits_from, fits, most_tables
from cohorts.matching.engine.teams.items import SEAT, Item, support
from cohorts.matching.engine.teams.theme_model import Model, solve
from cohorts.matching.engine.teams.values import Wish

_SMALL = 2500
"""So many items are solved at once; among more, those that could never move are left out."""
_GUESS = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which theme each item has, by its place; items without a table are not named."""

    themes: Mapping[int, str]
    worth: int
    bound: int
    """The most that any choice is worth (with ``SEAT`` for each seated team)."""


@dataclass(frozen=True, kw_only=True)
class _Case:
    """What is asked, with what follows from it at once."""

    items: Sequence[Item]
    live: Mapping[int, Mapping[str, int]]
    """Item -> its themes that enough teams have to fill a table, and what they are worth."""
    favourites: Mapping[int, str]
    apart: Collection[frozenset[int]]
    wish: Wish

    def worth(self, themes: Mapping[int, str]) -> int:
        """Return what it is worth that these items have these themes."""
        return sum(self.live[i][theme] + SEAT * self.items[i].size for i, theme in themes.items())

    def teams(self, themes: Mapping[int, str]) -> Counter[str]:
        """Return how many teams each theme has."""
        count: Counter[str] = Counter()
        for i, theme in themes.items():
            count[theme] += self.items[i].size
        return count


def choose_themes(
    items: Sequence[Item],
    apart: Collection[frozenset[int]],
    wish: Wish,
    *,
    seconds: float = 45,
) -> Choice:
    """Give the items themes so that each theme has as many teams as fill its tables.

    The bound is everyone's favourite. Where the favourites fill tables as they are, they are the
    only best choice. Otherwise only few items have to give way, and among very many it is enough
    to ask those that give way most cheaply (see ``_could_move``).
    """
    backed = support(items)
    live = {
        i: {theme: worth for theme, worth in item.weights.items() if backed[theme] >= wish.smallest}
        for i, item in enumerate(items)
    }
    favourites = {
        i: min(options, key=lambda theme: (-options[theme], theme))
        for i, options in live.items()
        if options
    }
    case = _Case(items=items, live=live, favourites=favourites, apart=apart, wish=wish)
    if _comes_out(case):
        best = case.worth(favourites)
        return Choice(themes=favourites, worth=best, bound=best)
    if len(favourites) > _SMALL:
        return _choose_among_many(case, seconds)
    carriers = {
        role: frozenset(i for i in favourites if any(role in team.roles for team in items[i].teams))
        for role in wish.required
    }
    solved = solve(_model(case, set(favourites), (), carriers), seconds=seconds)
    return Choice(themes=solved.themes, worth=solved.worth, bound=solved.bound)


def _comes_out(case: _Case) -> bool:
    """Tell whether the favourites fill tables, enough of them for items to be kept apart."""
    smallest, largest = case.wish.smallest, case.wish.largest
    teams = case.teams(case.favourites)
    if not all(fits(number, smallest, largest) for number in teams.values()):
        return False
    for each in case.apart:
        among = Counter(case.favourites[i] for i in each if i in case.favourites)
        if any(most_tables(teams[theme], smallest) < n for theme, n in among.items()):
            return False
    return True


def _choose_among_many(case: _Case, seconds: float) -> Choice:
    """Solve for the items that could move in a best choice; all others have their favourite.

    A solution that is worth ``lost`` less than all favourites bounds how many items move in a
    best one: as many of the cheapest moves as ``lost`` pays for. When no more than that were
    allowed for when the items were picked, the solution is a best one.
    """
    cheapest = sorted(_moves(case, i)[0][0] for i in case.favourites)
    total = case.worth(case.favourites)
    movers = _GUESS
    while True:
        free, watched = _could_move(case, movers)
        solved = solve(_model(case, free, watched, {}), seconds=seconds)
        kept = {i: theme for i, theme in case.favourites.items() if i not in free}
        worth = case.worth(kept) + solved.worth
        needed = _payable(cheapest, total - worth)
        if needed <= movers or len(free) == len(case.favourites):
            bound = worth if solved.bound == solved.worth else total
            return Choice(themes={**kept, **solved.themes}, worth=worth, bound=bound)
        movers = needed


def _payable(costs: Sequence[int], lost: int) -> int:
    """Return how many of the cheapest moves so much pays for."""
    for number, cost in enumerate(costs):
        lost -= max(1, cost)
        if lost < 0:
            return number
    return len(costs)


def _moves(case: _Case, i: int) -> list[tuple[int, str | None]]:
    """Return what every other theme, and having no table, costs this item, cheapest first."""
    favourite = case.favourites[i]
    best = case.live[i][favourite]
    others = [(best - worth, theme) for theme, worth in case.live[i].items() if theme != favourite]
    return [*sorted(others), (best + SEAT * case.items[i].size, None)]


def _could_move(case: _Case, movers: int) -> tuple[set[int], set[str]]:
    """Return the items that may have to move if ``movers`` do, and themes that must be watched.

    Why the others need not: if a best choice moves an item that is not among them, one of the
    ``movers`` kept for the same step (from this theme to that one at this price) stays put in it
    and could go instead. And a step between two themes that are so large that they come out
    with ``movers`` teams more or fewer is never needed: undone, it is only better.
    """
    items, wish = case.items, case.wish
    special = {
        i for i in case.favourites if items[i].size > 1 or any(i in each for each in case.apart)
    }
    sway = movers + sum(items[i].size for i in special)
    enough = always_fits_from(wish.smallest, wish.largest)
    apart = max((len(each) for each in case.apart), default=0) * wish.smallest
    teams = case.teams(case.favourites)
    watched = {
        theme
        for options in case.live.values()
        for theme in options
        if enough is None or teams[theme] - sway < max(enough, apart)
    }
    steps: dict[tuple[str, str | None, int], list[int]] = defaultdict(list)
    for i, theme in case.favourites.items():
        if i in special:
            continue
        for cost, target in _moves(case, i):
            among = steps[theme, target, cost]
            if (theme in watched or target in watched) and len(among) < movers:
                among.append(i)
    return special.union(*steps.values()), watched


def _model(
    case: _Case,
    free: Collection[int],
    watched: Collection[str],
    carriers: Mapping[str, frozenset[int]],
) -> Model:
    """Return the question for the free items; all themes are watched where all are free."""
    everyone = len(free) == len(case.favourites)
    themes = {theme for i in free for theme in case.live[i]} if everyone else watched
    held = case.teams({i: theme for i, theme in case.favourites.items() if i not in free})
    return Model(
        options={i: case.live[i] for i in free},
        sizes={i: case.items[i].size for i in free},
        fixed={theme: held[theme] for theme in themes},
        smallest=case.wish.smallest,
        largest=case.wish.largest,
        apart=case.apart,
        carriers=carriers,
    )
