"""Who came and for how long, what credit it gave, and who comes again the next year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from cohorts.learning.domain.school_years import school_year_in_words, school_year_of
from cohorts.reports.domain.ground import Attender, CreditGiven
from cohorts.reports.domain.reach import ALL, STATE, Crowd
from cohorts.reports.domain.tables import EVERYTHING, Block, Cell, Column, Line
from consortium.people.domain import SIDE_WORDS
from consortium.small_cells import Figure, is_small, protect_line, protect_most
from consortium.words import say

HOUR = Decimal(60)


def school_year(on: date) -> str:
    """Return the school year of a day in words: 2026–27."""
    return school_year_in_words(school_year_of(on))


def attendance_blocks(crowd: Crowd) -> list[Block]:
    """Return people who came and their hours, by state and side, and by institute."""
    return [_by_state(crowd), _by_side(crowd), _by_institute(crowd)]


def _by_state(crowd: Crowd) -> Block:
    return _came(
        crowd, "came_states", say("People who came and their hours, by state"), sides=False
    )


def _by_side(crowd: Crowd) -> Block:
    title = say("People who came and their hours, by side")
    return _came(crowd, "came_sides", title, sides=True)


def _came(crowd: Crowd, code: str, title: str, *, sides: bool) -> Block:
    """Return how many came of each state or side, and their hours together.

    Both tables come from one protected table of states and sides, so that neither tells what the
    other hides; and what is hidden of who takes part is hidden here, for mostly all of them came.
    Hours are hidden where the people are.
    """
    people: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    minutes: Counter[tuple[str, str]] = Counter()
    for one in crowd.ground.people:
        if one.minutes is not None:
            who = crowd.each[one.person_id]
            people[who.state, who.side].add(one.person_id)
            minutes[who.state, who.side] += one.minutes
    rows = [[len(people[state, side]) for side in crowd.sides] for state in crowd.states]
    shown, reach = protect_most(rows, least=crowd.least), crowd.shown
    counts = (
        _where_told(shown.column_totals, reach.group_totals)
        if sides
        else _where_told(shown.row_totals, reach.row_totals)
    )
    (whole,) = _where_told((shown.total,), (reach.total,))
    keys = list(crowd.sides) if sides else list(crowd.states)
    names = (
        [str(SIDE_WORDS[side]) for side in crowd.sides] if sides else list(map(crowd.name, keys))
    )
    at = 1 if sides else 0
    return Block(
        code=code,
        title=title,
        named=say("Side") if sides else STATE,
        columns=(
            Column(key="came", name=say("People who came"), people=True),
            Column(key="hours", name=say("Hours together")),
            Column(key="each", name=say("Hours each")),
        ),
        lines=tuple(
            Line(
                key=key,
                name=name,
                cells=_hours(count, sum(n for pair, n in minutes.items() if pair[at] == key)),
            )
            for key, name, count in zip(keys, names, counts, strict=True)
        ),
        total=Line(key=EVERYTHING, name=ALL, cells=_hours(whole, minutes.total())),
        note=say("Only live presence counts: recordings and homework do not."),
        nothing=say("Nobody came."),
    )


def _where_told(counts: Sequence[Figure], reach: Sequence[Figure]) -> list[Figure]:
    return [None if told is None else count for count, told in zip(counts, reach, strict=True)]


def _by_institute(crowd: Crowd) -> Block:
    came: dict[UUID, list[Attender]] = defaultdict(list)
    for one in crowd.ground.people:
        if one.minutes is not None:
            came[one.institute_id].append(one)
    held = crowd.ground.held
    counts = protect_line([len(came[one.id]) for one in held], least=crowd.least).counts
    return Block(
        code="institutes",
        title=say("Institutes and cohorts"),
        named=say("Institute or cohort"),
        columns=(
            Column(key="teams", name=say("Teams")),
            Column(key="came", name=say("People who came"), people=True),
            Column(key="hours", name=say("Hours together")),
            Column(key="each", name=say("Hours each")),
        ),
        lines=tuple(
            Line(
                key=str(one.id),
                name=one.title,
                cells=(
                    sum(
                        team.institute_id == one.id and not team.visitors
                        for team in crowd.ground.teams
                    ),
                    *_hours(count, sum(who.minutes or 0 for who in came[one.id])),
                ),
            )
            for one, count in zip(held, counts, strict=True)
        ),
        nothing=say("No institute or cohort met in this period."),
    )


def _hours(people: int | None, minutes: int) -> tuple[Cell, Cell, Cell]:
    if people is None:
        return None, None, None
    hours = (Decimal(minutes) / HOUR).quantize(Decimal("0.1"))
    each = (Decimal(minutes) / HOUR / people).quantize(Decimal("0.1")) if people else Decimal("0.0")
    return people, hours, each


def credit_blocks(crowd: Crowd) -> list[Block]:
    """Return the credit that certificates gave, by kind."""
    kinds: dict[tuple[str, str], list[CreditGiven]] = defaultdict(list)
    for one in crowd.ground.credits:
        kinds[one.name, one.unit].append(one)
    ordered = sorted(kinds)
    people = [len({one.person_id for one in kinds[kind]}) for kind in ordered]
    counts = protect_line(people, least=crowd.least).counts
    return [
        Block(
            code="credit",
            title=say("Credit given"),
            named=say("Kind of credit"),
            columns=(
                Column(key="people", name=say("People with a certificate"), people=True),
                Column(key="amount", name=say("Amount together")),
                Column(key="unit", name=say("Counted in")),
            ),
            lines=tuple(
                Line(
                    key=f"{name}:{unit}",
                    name=name,
                    cells=(count, _amount(count, kinds[name, unit]), unit),
                )
                for (name, unit), count in zip(ordered, counts, strict=True)
            ),
            nothing=say("No certificate with credit was issued."),
        )
    ]


def _amount(count: int | None, given: Iterable[CreditGiven]) -> Cell:
    return None if count is None else sum((one.amount for one in given), Decimal(0))


def retention_blocks(crowd: Crowd) -> list[Block]:
    """Return, of each school year, which LEAs and people came again in the next."""
    years = crowd.ground.years
    lines = []
    for before, after in pairwise(years):
        again, gone = len(before.people & after.people), len(before.people - after.people)
        people = protect_line([again, gone], least=crowd.least)
        leas = len(before.leas & after.leas)
        lines.append(
            Line(
                key=before.year,
                name=say("%(year)s to %(next)s", year=before.year, next=after.year),
                cells=(
                    len(before.leas),
                    leas,
                    _percent(leas, len(before.leas)),
                    people.total,
                    people.counts[0],
                    None
                    if people.counts[0] is None or people.total is None
                    else _percent(again, len(before.people)),
                    _new(len(after.people - before.people), crowd.least),
                ),
            )
        )
    return [
        Block(
            code="retention",
            title=say("Who came again the next school year"),
            named=say("Years"),
            columns=(
                Column(key="leas", name=say("LEAs")),
                Column(key="leas_again", name=say("LEAs that came again")),
                Column(key="leas_share", name=say("LEAs, percent")),
                Column(key="people", name=say("People"), people=True),
                Column(key="again", name=say("People who came again"), people=True),
                Column(key="share", name=say("People, percent")),
                Column(key="joined", name=say("People who joined"), people=True),
            ),
            lines=tuple(lines),
            note=say(
                "Of all institutes and cohorts of the consortium. A school year begins on July 1."
            ),
            nothing=say("There are no two school years to compare yet."),
        )
    ]


def _percent(part: int, whole: int) -> Cell:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else ""


def _new(joined: int, least: int) -> int | None:
    return None if is_small(joined, least=least) else joined
