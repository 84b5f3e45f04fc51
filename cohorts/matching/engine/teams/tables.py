"""Tables of teams with one shared goal each: both sides at every table, states mixed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from cohorts.matching.engine.teams.dealing import deal, roles_bound, state_bound, tables_for
from cohorts.matching.engine.teams.floor import Floor, House
from cohorts.matching.engine.teams.items import (
    FRESH,
    SEAT,
    STAY,
    CannotSeat,
    Item,
    apart_of,
    items_of,
    support,
)
from cohorts.matching.engine.teams.themes import Choice, choose_themes
from cohorts.matching.engine.teams.values import Figures, Seating, Table, Team, Unseated, Wish
from consortium.answering import Tell, quiet

REASONS = ("no_goals", "no_common_goal", "pin_without_goal", "too_few_share", "no_room")
"""Why a team has no table: it names no goal; teams kept together have none in common; the table
it is pinned to has another goal; too few teams have any of its goals; all would have to leave
others without a table."""


def seat(teams: Sequence[Team], wish: Wish, *, seconds: float = 45, tell: Tell = quiet) -> Seating:
    """Return tables for the teams.

    In this order: most teams seated; of a former result, most teams that keep their theme; the
    most that themes are worth to teams (their first goal 4, the fourth 1; a tenth of it where it
    was the theme of an earlier table of theirs), proven; every table
    with the required roles as far as enough teams have them; fewest teams at another table than
    before; no two who sat together in an earlier round; states mixed as evenly as can be; other
    roles spread. The same input and seed give the same tables, in whatever order the teams come.

    ``seconds`` is how long the proof may take. Raises ``CannotSeat`` when locks contradict.
    """
    tell("themes", 0.0)
    items = items_of(sorted(teams, key=lambda team: team.id), wish)
    apart = apart_of(items, wish)
    choice = choose_themes(items, apart, wish, seconds=seconds)
    of_theme: dict[str, dict[int, Item]] = defaultdict(dict)
    for i, theme in sorted(choice.themes.items()):
        of_theme[theme][i] = items[i]
    met = _pairs(items, wish.past)
    rows = {}
    for n, theme in enumerate(sorted(of_theme)):
        tell("tables", n / len(of_theme))
        rows[theme] = _deal(theme, of_theme[theme], apart, met, wish)
    tables = _named(rows, wish.former)
    return Seating(
        tables=tables,
        unseated=_unseated(items, choice.themes, wish),
        figures=_figures(items, choice, rows, tables, wish),
    )


def _deal(
    theme: str,
    items: Mapping[int, Item],
    apart: Collection[frozenset[int]],
    met: Mapping[int, frozenset[int]],
    wish: Wish,
) -> Floor:
    former = {
        id_: table.name for table in wish.former if table.theme == theme for id_ in table.teams
    }
    sat = {i: former[item.teams[0].id] for i, item in items.items() if item.teams[0].id in former}
    among = [each & frozenset(items) for each in apart]
    foes: dict[int, frozenset[int]] = {}
    for each in among:
        for i in each if len(each) > 1 else ():
            foes[i] = foes.get(i, frozenset()) | (each - {i})
    house = House(
        smallest=wish.smallest,
        largest=wish.largest,
        required=wish.required,
        apart=foes,
        met={i: met[i] & frozenset(items) for i in items if i in met},
        former=sat,
    )
    most_apart = max((len(each) for each in among), default=0)
    number = tables_for(items, house, apart=most_apart, former=len(set(sat.values())))
    floor = deal(items, house, number, seed=f"{wish.seed} {theme}")
    broken = floor.apart_broken()
    if broken:
        names = {items[i].teams[0].id for pair in broken for i in pair}
        raise CannotSeat("not_apart", names, theme)
    return floor


def _pairs(items: Sequence[Item], groups: Collection[frozenset[str]]) -> dict[int, frozenset[int]]:
    """Return which items have teams that stand together in one of these groups."""
    of_team = {team.id: i for i, item in enumerate(items) for team in item.teams}
    found: dict[int, frozenset[int]] = {}
    for group in groups:
        its = frozenset(of_team[id_] for id_ in group if id_ in of_team)
        for i in its:
            found[i] = found.get(i, frozenset()) | (its - {i})
    return found


def _named(rows: Mapping[str, Floor], former: Collection[Table]) -> tuple[Table, ...]:
    """Return the tables by their names: those of before keep them, new ones get free numbers."""
    taken = {name for floor in rows.values() for name in floor.names if name is not None}
    taken |= {table.name for table in former}
    free = (str(n) for n in range(1, 10**9) if str(n) not in taken)
    tables = []
    for theme, floor in rows.items():
        for name, its in zip(floor.names, floor.tables, strict=True):
            ids = sorted(team.id for i in its for team in floor.items[i].teams)
            tables.append(Table(name=name or next(free), theme=theme, teams=tuple(ids)))
    return tuple(sorted(tables, key=lambda table: (len(table.name), table.name)))


def _unseated(items: Sequence[Item], themes: Mapping[int, str], wish: Wish) -> tuple[Unseated, ...]:
    backed = support(items)
    found = []
    for i, item in enumerate(items):
        if i in themes:
            continue
        room = any(backed[theme] >= wish.smallest for theme in item.weights)
        why = item.lost or ("no_room" if room else "too_few_share")
        for team in item.teams:
            others = {
                goal: max(0, backed[goal] - (item.size if goal in item.weights else 0))
                for goal in team.goals
            }
            found.append(Unseated(team=team.id, why=why, support=others))
    return tuple(found)


def _figures(
    items: Sequence[Item],
    choice: Choice,
    rows: Mapping[str, Floor],
    tables: Sequence[Table],
    wish: Wish,
) -> Figures:
    value = sum(items[i].value_of(theme) for i, theme in choice.themes.items())
    now = {id_: (table.name, table.theme) for table in tables for id_ in table.teams}
    before = {id_: (table.name, table.theme) for table in wish.former for id_ in table.teams}
    known = {team.id for item in items for team in item.teams}
    together = {pair for table in tables for pair in combinations(table.teams, 2)}
    past = {pair for group in wish.past for pair in combinations(sorted(group), 2)}
    seated = sum(items[i].size for i in choice.themes)
    return Figures(
        value=value,
        bound=value + -(-((choice.bound - choice.worth) % SEAT) // FRESH),
        first_choices=4 * seated,
        proven=choice.bound == choice.worth,
        state_pairs=sum(floor.state_pairs() for floor in rows.values()),
        state_bound=sum(state_bound(floor.items, len(floor.tables)) for floor in rows.values()),
        roles_missing=sum(floor.roles_missing() for floor in rows.values()),
        roles_bound=sum(
            roles_bound(floor.items, wish.required, len(floor.tables)) for floor in rows.values()
        ),
        met_before=len(together & past),
        moved=sum(now.get(id_) != where for id_, where in before.items() if id_ in known),
    )


__all__ = ["REASONS", "SEAT", "STAY", "seat"]
