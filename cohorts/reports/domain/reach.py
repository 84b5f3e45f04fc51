"""Who takes part: LEAs and people by state, side and role; new and returning; complete teams."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from cohorts.reports.domain.ground import Attender, CameTeam, Ground
from cohorts.reports.domain.tables import EVERYTHING, Block, Column, Line
from consortium.people.domain import SIDE_WORDS, Side
from consortium.small_cells import LEAST, Shown, protect, protect_most
from consortium.words import say

PEOPLE = say("People")
STATE = say("State")
ALL = say("All together")


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Everyone in the report, each counted once: by the latest institute they came to."""

    ground: Ground
    least: int = LEAST

    @cached_property
    def each(self) -> Mapping[UUID, Attender]:
        """One row for each person."""
        order = {one.id: (one.first_day, str(one.id)) for one in self.ground.held}
        ordered = sorted(self.ground.people, key=lambda one: order[one.institute_id])
        return {one.person_id: one for one in ordered}

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The states people or teams come from, by name."""
        codes = {one.state for one in self.each.values()} | {one.state for one in self.ground.teams}
        return tuple(sorted(codes, key=lambda code: (self.name(code), code)))

    @cached_property
    def roles(self) -> tuple[tuple[Side, str, str], ...]:
        """The roles in which people come: side, code and label, side by side."""
        order = list(Side)
        found = {(one.side, one.role_code): one.role for one in self.each.values()}
        ordered = sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[1]))
        return tuple((side, code, label) for (side, code), label in ordered)

    @cached_property
    def sides(self) -> tuple[Side, ...]:
        """The sides on which they sit."""
        return tuple(dict.fromkeys(side for side, _, _ in self.roles))

    @cached_property
    def shown(self) -> Shown:
        """People by state and role, with the sums by side: protected as one table."""
        counts = Counter((one.state, one.side, one.role_code) for one in self.each.values())
        rows = [
            [counts[state, side, code] for side, code, _ in self.roles] for state in self.states
        ]
        groups = [self.sides.index(side) for side, _, _ in self.roles]
        return protect_most(rows, groups=groups, least=self.least)

    def name(self, state: str) -> str:
        """Return what a state is called."""
        return self.ground.state_names.get(state, state or say("No state"))


def reach_blocks(crowd: Crowd) -> list[Block]:
    """Return LEAs, teams and people by state, then people by side, by role, new and returning."""
    return [by_state(crowd), by_side(crowd), by_role(crowd), newness(crowd)]


def by_state(crowd: Crowd) -> Block:
    """Return LEAs, teams and people of each state."""
    leas: dict[str, set[str]] = defaultdict(set)
    for team in crowd.ground.teams:
        if team.lea_id and not team.visitors:
            leas[team.state].add(team.lea_id)
    teams = Counter(team.state for team in crowd.ground.teams if not team.visitors)
    return Block(
        code="states",
        title=say("LEAs, teams and people by state"),
        named=STATE,
        columns=(
            Column(key="leas", name=say("LEAs")),
            Column(key="teams", name=say("Teams")),
            Column(key=EVERYTHING, name=PEOPLE, people=True),
        ),
        lines=tuple(
            Line(
                key=state,
                name=crowd.name(state),
                cells=(len(leas[state]), teams[state], crowd.shown.row_totals[place]),
            )
            for place, state in enumerate(crowd.states)
        ),
        total=Line(
            key=EVERYTHING,
            name=ALL,
            cells=(sum(map(len, leas.values())), teams.total(), crowd.shown.total),
        ),
        nothing=say("Nobody took part."),
    )


def by_side(crowd: Crowd) -> Block:
    """Return people by state and side."""
    shown = crowd.shown
    return Block(
        code="sides",
        title=say("People by state and side"),
        named=STATE,
        columns=(
            *(Column(key=side, name=SIDE_WORDS[side], people=True) for side in crowd.sides),
            Column(key=EVERYTHING, name=PEOPLE, people=True),
        ),
        lines=tuple(
            Line(
                key=state,
                name=crowd.name(state),
                cells=(*shown.groups[place], shown.row_totals[place]),
            )
            for place, state in enumerate(crowd.states)
            if shown.groups
        ),
        total=Line(key=EVERYTHING, name=ALL, cells=(*shown.group_totals, shown.total)),
        nothing=say("Nobody took part."),
    )


def by_role(crowd: Crowd) -> Block:
    """Return people by role, a column for each state; no person can be picked out."""
    shown = crowd.shown
    one_state = len(crowd.states) == 1
    return Block(
        code="roles",
        title=say("People by side, role and state"),
        named=say("Side and role"),
        columns=(
            *(
                Column(key=state, name=crowd.name(state), people=True)
                for state in crowd.states
                if not one_state
            ),
            Column(key=EVERYTHING, name=PEOPLE, people=True),
        ),
        lines=tuple(
            Line(
                key=f"{side}:{code}",
                name=say("%(side)s: %(role)s", side=SIDE_WORDS[side], role=label),
                cells=(
                    *(shown.rows[row][place] for row in range(len(crowd.states)) if not one_state),
                    shown.column_totals[place],
                ),
            )
            for place, (side, code, label) in enumerate(crowd.roles)
        ),
        nothing=say("Nobody took part."),
    )


def newness(crowd: Crowd) -> Block:
    """Return who takes part for the first time, and who came before, by state."""
    new = {one.person_id for one in crowd.ground.people if one.new}
    counts = Counter((one.state, one.person_id in new) for one in crowd.each.values())
    rows = [[counts[state, True], counts[state, False]] for state in crowd.states]
    totals = crowd.shown.row_totals
    unseen = {
        (place, column)
        for place in range(len(rows))
        for column in range(2)
        if totals[place] is None
    }
    shown = protect(rows, least=crowd.least, hide=unseen)
    whole = crowd.shown.total
    return Block(
        code="newness",
        title=say("New and returning people"),
        named=STATE,
        columns=(
            Column(key="new", name=say("For the first time"), people=True),
            Column(key="returning", name=say("Came before"), people=True),
        ),
        lines=_lines(crowd, shown.rows),
        total=Line(
            key=EVERYTHING,
            name=ALL,
            cells=shown.column_totals if whole is not None and rows else (None,) * 2,
        )
        if rows
        else None,
        nothing=say("Nobody took part."),
    )


def team_blocks(crowd: Crowd) -> list[Block]:
    """Return complete and incomplete teams, and visitors, by state. Teams are no persons."""
    counts = Counter((team.state, _kind(team)) for team in crowd.ground.teams)
    columns = (
        Column(key="complete", name=say("Complete teams")),
        Column(key="incomplete", name=say("Incomplete teams")),
        Column(key="visitors", name=say("Groups of visitors")),
    )
    states = [state for state in crowd.states if any(counts[state, one.key] for one in columns)]
    return [
        Block(
            code="teams",
            title=say("Complete and incomplete teams"),
            named=STATE,
            columns=columns,
            lines=tuple(
                Line(
                    key=state,
                    name=crowd.name(state),
                    cells=tuple(counts[state, one.key] for one in columns),
                )
                for state in states
            ),
            total=Line(
                key=EVERYTHING,
                name=ALL,
                cells=tuple(sum(counts[state, one.key] for state in states) for one in columns),
            ),
            note=say(
                "A team is complete when it has brought every role its institute asks of it. Each "
                "team counts once for each institute."
            ),
            nothing=say("No team took part."),
        )
    ]


def _kind(team: CameTeam) -> str:
    if team.visitors:
        return "visitors"
    return "complete" if team.complete else "incomplete"


def _lines(crowd: Crowd, rows: Sequence[Sequence[int | None]]) -> tuple[Line, ...]:
    return tuple(
        Line(key=state, name=crowd.name(state), cells=tuple(rows[place]))
        for place, state in enumerate(crowd.states)
    )
